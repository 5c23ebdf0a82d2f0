import type { Fault, StatusMessage } from '@hymio/protocol';
import type { Span } from '../calendar/spans.js';
import type { StatusBrief, TerminalBrief } from './terminal-brief.js';

/** A terminal that names no interval sends once a minute: after three minutes without a word it counts as offline. */
export const SILENT_AFTER_MS = 180_000;
/** One that sends more rarely may miss as many of its own heartbeats. */
const SILENT_HEARTBEATS = 3;
/** A status may be under way for as long as a broken connection goes unnoticed; beyond it, clocks differ. */
export const CLOCK_TOLERANCE_MS = 300_000;

/** Whether the terminal is heard, UTC ms. `connected.since`: when it last came online, where that is known. */
export type Contact =
  | { kind: 'never' }
  | { kind: 'lost'; since: number; reason: 'said-so' | 'silent' }
  | { kind: 'connected'; since?: number };

/** Where what is known of a terminal does not fit together. */
export type Contradiction =
  /** A will, or a good-bye, came and then something from the terminal: the will was an old connection's. */
  | 'heard-after-offline'
  /** It sends presses but no heartbeat. */
  | 'no-heartbeat'
  /** It says that its clock is synchronised, and the gateway's shows another time. */
  | 'clock-disagrees'
  /** It was taken out of use, and sends. */
  | 'heard-after-retired';

/** What is known of a terminal, put together from its messages, its will and the silence between them. */
export interface Evidence {
  contact: Contact;
  /** The newest status of the device that stands there now; a device that was replaced says nothing about its successor. */
  status?: StatusBrief;
  /** When that status was made by the gateway's clock, UTC ms; -Infinity where there is none. */
  statusAt: number;
  /** Faults of that status; `since` by the gateway's clock. */
  faults: readonly Fault[];
  /** Since when this firmware process takes presses as far as is known, UTC ms. */
  workingSince?: number;
  pending: number;
  /** By the gateway's clock, UTC ms. */
  oldestPendingAt?: number;
  /** How far the terminal's clock is ahead of the gateway's, ms; 0 within what a message may take. */
  clockAheadMs: number;
  contradictions: readonly Contradiction[];
}

/** How long a terminal may say nothing before it counts as offline, ms. */
export function silentAfterMs(status: Pick<StatusMessage, 'heartbeatIntervalMs'> | undefined): number {
  return Math.max(SILENT_AFTER_MS, SILENT_HEARTBEATS * (status?.heartbeatIntervalMs ?? 0));
}

/**
 * The one place where contradictory evidence is reconciled. `deaf`: the last stretch in which the gateway itself heard
 * nobody (it was stopped, or had no broker); silence in it says nothing about a terminal.
 */
export function evidence(terminal: TerminalBrief, now: number, deaf?: Span): Evidence {
  const known = forgetReplaced(terminal);
  const statusAt = Math.min(known.statusAt ?? -Infinity, now);
  const status = known.status;
  const clockAheadMs = status === undefined ? 0 : disagreement(status.sentAt - statusAt);
  const toGateway = (at: number) => Math.min(at - clockAheadMs, now);
  const contact = contactOf(known, now, deaf);
  return {
    contact,
    ...(status !== undefined && { status }),
    statusAt,
    faults: (status?.faults ?? []).map((fault) => ({ ...fault, since: toGateway(fault.since) })),
    ...(status !== undefined && {
      workingSince: Math.max(statusAt - status.uptimeMs, known.seenBlockedAt ?? -Infinity),
    }),
    pending: status === undefined ? 0 : (known.pendingPresses ?? status.pending),
    ...(status?.oldestPendingAt !== undefined && { oldestPendingAt: toGateway(status.oldestPendingAt) }),
    clockAheadMs,
    contradictions: contradictionsOf(known, contact, clockAheadMs),
  };
}

/** What was heard before the device was exchanged is not known of the one that stands there now. */
function forgetReplaced(terminal: TerminalBrief): TerminalBrief {
  const { replacedAt } = terminal;
  if (replacedAt === undefined) return terminal;
  const { firstSeenAt, lastSeenAt, status, statusAt, pendingPresses, availability, availabilityAt, ...rest } = terminal;
  return {
    ...rest,
    ...(lastSeenAt !== undefined && lastSeenAt > replacedAt && { firstSeenAt: replacedAt, lastSeenAt }),
    ...(status !== undefined &&
      statusAt !== undefined &&
      statusAt > replacedAt && { status, statusAt, ...(pendingPresses !== undefined && { pendingPresses }) }),
    // A good-bye after the exchange may be the old device's; it counts once the new one has been heard.
    ...(availability !== undefined &&
      availabilityAt !== undefined &&
      availabilityAt > replacedAt && { availability, availabilityAt }),
  };
}

function contactOf(terminal: TerminalBrief, now: number, deaf: Span | undefined): Contact {
  const { firstSeenAt, lastSeenAt, availability, availabilityAt = 0, status, statusAt } = terminal;
  if (firstSeenAt === undefined && lastSeenAt === undefined) return { kind: 'never' };
  // The clock of this computer may have been set back since.
  const heardAt = Math.min(lastSeenAt ?? statusAt ?? firstSeenAt ?? now, now);
  const patienceMs = silentAfterMs(status);
  if (availability === 'offline' && (lastSeenAt === undefined || lastSeenAt <= availabilityAt)) {
    // Said long after the last word (the gateway was away, or the connection hung): it is gone since that word.
    const since = availabilityAt - heardAt > patienceMs ? heardAt : Math.min(availabilityAt, now);
    return { kind: 'lost', since, reason: 'said-so' };
  }
  const awaitedFrom = lastSeenAt === undefined ? Math.max(heardAt, firstSeenAt ?? heardAt) : heardAt;
  if (now - awaitedFrom - overlapMs(deaf, awaitedFrom, now) > patienceMs) {
    return { kind: 'lost', since: heardAt, reason: 'silent' };
  }
  return { kind: 'connected', ...(availability === 'online' && { since: Math.min(availabilityAt, now) }) };
}

function overlapMs(span: Span | undefined, from: number, to: number): number {
  return span === undefined ? 0 : Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
}

function disagreement(aheadMs: number): number {
  return Math.abs(aheadMs) > CLOCK_TOLERANCE_MS ? aheadMs : 0;
}

function contradictionsOf(terminal: TerminalBrief, contact: Contact, clockAheadMs: number): Contradiction[] {
  const { availability, availabilityAt = 0, lastSeenAt = 0, firstSeenAt = 0, status, retiredAt = Infinity } = terminal;
  const statusAt = terminal.statusAt ?? firstSeenAt;
  const connected = contact.kind === 'connected';
  const found: Contradiction[] = [];
  if (connected && availability === 'offline' && lastSeenAt > availabilityAt) found.push('heard-after-offline');
  if (connected && lastSeenAt - statusAt > silentAfterMs(status)) found.push('no-heartbeat');
  if (status?.clock === 'synced' && clockAheadMs !== 0) found.push('clock-disagrees');
  if (connected && lastSeenAt > retiredAt) found.push('heard-after-retired');
  return found;
}
