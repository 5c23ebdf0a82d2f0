import type { Fault } from '@hymio/protocol';
import type { Span } from '../calendar/spans.js';
import { type Evidence, evidence } from './evidence.js';
import { isBlockingFault, isStorageFault } from './fault-kinds.js';
import { type OpeningContext, openMsBetween, openState } from './opening-context.js';
import type { Quietness } from './quietness.js';
import type { TerminalBrief } from './terminal-brief.js';

/** What a terminal that stayed offline after opening is given before it alarms, ms of opening time. */
export const OPENING_GRACE_MS = 900_000;
/** How long a boot may wait for the time before its clock counts as uncertain (the firmware then sends estimates). */
export const CLOCK_WAIT_MS = 600_000;
/** Connected so long, a terminal has delivered all that it held. */
export const BACKLOG_AFTER_MS = 900_000;
/** So many wait only where nothing is taken: a full batch. */
const BACKLOG_PRESSES = 500;
/** Below it the system of a terminal soon stops writing, bytes. */
export const LOW_DISK_BYTES = 100_000_000;

/** What staff need to know of a terminal; `since`: UTC ms. */
export type TerminalState =
  /** Taken out of use. `stillSends`: nobody has told the device. */
  | { kind: 'retired'; since: number; stillSends: boolean }
  /** Announced, not heard of. `since`: where its device was exchanged. */
  | { kind: 'never-seen'; since?: number }
  | { kind: 'offline'; since: number; reason: 'said-so' | 'silent' }
  /** The place is closed, or has just opened: not alarming. `opensAt`: while it is closed, where known. */
  | { kind: 'offline-closed'; since: number; reason: 'said-so' | 'silent'; opensAt?: number }
  /** What presses are kept on. `freeDiskBytes`: where little is left. */
  | { kind: 'storage-problem'; since: number; faults: readonly Fault[]; freeDiskBytes?: number }
  | { kind: 'faulty'; since: number; faults: readonly Fault[] }
  /** Not synchronised for longer than a boot may take, or far from the gateway's clock (`aheadMs`). */
  | { kind: 'clock-uncertain'; since: number; aheadMs?: number }
  | { kind: 'backlog-growing'; since: number; pending: number }
  | { kind: 'unusually-quiet'; since: number; quiet: Quietness }
  | { kind: 'working'; since: number };
export type TerminalStateKind = TerminalState['kind'];

/** All kinds, in the order of the rules. */
export const TERMINAL_STATE_KINDS = [
  'retired',
  'never-seen',
  'offline',
  'offline-closed',
  'storage-problem',
  'faulty',
  'clock-uncertain',
  'backlog-growing',
  'unusually-quiet',
  'working',
] as const satisfies readonly TerminalStateKind[];

/** All that a state follows from. */
export interface StateInput {
  terminal: TerminalBrief;
  /** UTC ms. */
  now: number;
  /** Absent: open always. */
  opening?: OpeningContext | undefined;
  /** Set where so few presses are improbable. */
  quiet?: Quietness | undefined;
  /** When the gateway itself last heard nobody. */
  deaf?: Span | undefined;
}

type Rule = (known: Evidence, input: StateInput) => TerminalState | undefined;

/** First match wins. */
const RULES: readonly Rule[] = [
  function retired({ contradictions }, { terminal: { retiredAt }, now }) {
    if (retiredAt === undefined || retiredAt > now) return undefined;
    return { kind: 'retired', since: retiredAt, stillSends: contradictions.includes('heard-after-retired') };
  },
  function neverSeen({ contact }, { terminal: { replacedAt } }) {
    if (contact.kind !== 'never') return undefined;
    return { kind: 'never-seen', ...(replacedAt !== undefined && { since: replacedAt }) };
  },
  function offline({ contact }, { opening, now }) {
    if (contact.kind !== 'lost' || !isAlarming(contact.since, opening, now)) return undefined;
    return { kind: 'offline', since: contact.since, reason: contact.reason };
  },
  function offlineClosed({ contact }, { opening, now }) {
    if (contact.kind !== 'lost') return undefined;
    const { open, until } = openState(opening, now);
    const opensAt = open || until === undefined ? {} : { opensAt: until };
    return { kind: 'offline-closed', since: contact.since, reason: contact.reason, ...opensAt };
  },
  function storageProblem({ faults, status, statusAt }) {
    const found = faults.filter(({ code }) => isStorageFault(code));
    const free = status?.hardware.freeDiskBytes;
    const low = free !== undefined && free < LOW_DISK_BYTES;
    if (found.length === 0 && !low) return undefined;
    const since = found.length === 0 ? statusAt : earliest(found);
    return { kind: 'storage-problem', since, faults, ...(low && { freeDiskBytes: free }) };
  },
  function faulty({ faults }) {
    return faults.length === 0 ? undefined : { kind: 'faulty', since: earliest(faults), faults };
  },
  function clockUncertain({ status, statusAt, clockAheadMs, contradictions }, { now }) {
    if (status === undefined) return undefined;
    const unsynced = status.clock === 'unsynced' && now - (statusAt - status.uptimeMs) > CLOCK_WAIT_MS;
    if (unsynced) return { kind: 'clock-uncertain', since: statusAt - status.uptimeMs };
    if (!contradictions.includes('clock-disagrees')) return undefined;
    return { kind: 'clock-uncertain', since: statusAt, aheadMs: clockAheadMs };
  },
  function backlogGrowing({ contact, pending, oldestPendingAt, statusAt, workingSince = -Infinity }, { now }) {
    if (contact.kind !== 'connected' || pending === 0) return undefined;
    const connectedSince = Math.max(contact.since ?? workingSince, workingSince);
    const old = oldestPendingAt !== undefined && statusAt - oldestPendingAt > BACKLOG_AFTER_MS;
    if (now - connectedSince <= BACKLOG_AFTER_MS || !(old || pending >= BACKLOG_PRESSES)) return undefined;
    return { kind: 'backlog-growing', since: Math.max(oldestPendingAt ?? statusAt, connectedSince), pending };
  },
  function unusuallyQuiet(_known, { quiet, terminal: { lastPressAt = -Infinity } }) {
    if (quiet === undefined) return undefined;
    // It was judged a while ago: a press has come since.
    if (quiet.window === 'since-last-press' && lastPressAt > quiet.from) return undefined;
    return { kind: 'unusually-quiet', since: quiet.from, quiet };
  },
];

/** The state of a terminal, by the first rule that applies. */
export function terminalState(input: StateInput): TerminalState {
  const known = evidence(input.terminal, input.now, input.deaf);
  for (const rule of RULES) {
    const state = rule(known, input);
    if (state !== undefined) return state;
  }
  const heardAt = input.terminal.lastSeenAt ?? input.now;
  return { kind: 'working', since: Math.min(known.workingSince ?? heardAt, input.now) };
}

/**
 * Offline alarms at once where it happened while the place is open. What went offline in closed hours, or shortly before
 * them, alarms once it has missed so much opening time; it does not stop alarming when the place closes again.
 */
function isAlarming(since: number, opening: OpeningContext | undefined, now: number): boolean {
  const openedThen = openState(opening, since).open && openState(opening, now).open;
  const sameOpening = openMsBetween(opening, since, now) === now - since;
  return (openedThen && sameOpening) || openMsBetween(opening, since, now) >= OPENING_GRACE_MS;
}

function earliest(faults: readonly Fault[]): number {
  return Math.min(...faults.map(({ since }) => since));
}

/**
 * Where a rule only sees that something is so now, it is so since it was first seen: `before` is what the terminal's
 * state was a moment ago.
 */
export function keepSince(before: TerminalState | undefined, state: TerminalState): TerminalState {
  if (before?.since === undefined || state.since === undefined || before.kind !== state.kind) return state;
  const seenOnly =
    (state.kind === 'storage-problem' && !state.faults.some(({ code }) => isStorageFault(code))) ||
    (state.kind === 'clock-uncertain' && state.aheadMs !== undefined) ||
    state.kind === 'backlog-growing' ||
    state.kind === 'unusually-quiet';
  return seenOnly ? { ...state, since: Math.min(before.since, state.since) } : state;
}

/** How much a state asks of staff: `now`: answers are being missed; `soon`: they may be; `none`. */
export type Attention = 'now' | 'soon' | 'none';

/** Whether someone has to do something about it. */
export function attentionOf(state: TerminalState): Attention {
  switch (state.kind) {
    case 'offline':
      return 'now';
    case 'storage-problem':
    case 'faulty':
      return state.faults.some(({ code }) => isBlockingFault(code)) ? 'now' : 'soon';
    case 'retired':
      return state.stillSends ? 'soon' : 'none';
    case 'never-seen':
    case 'clock-uncertain':
    case 'backlog-growing':
    case 'unusually-quiet':
      return 'soon';
    case 'offline-closed':
    case 'working':
      return 'none';
  }
}
