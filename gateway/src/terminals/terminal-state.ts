import type { Fault } from '@hymio/protocol';
import type { TerminalRecord } from '../store/store.js';

/** What staff need to know of a terminal, worst first; `since`: UTC ms. */
export type TerminalState =
  | { kind: 'never-seen' }
  | { kind: 'offline'; since: number; reason: 'said-so' | 'silent' }
  | { kind: 'faulty'; since: number; faults: readonly Fault[] }
  | { kind: 'working'; since: number };
export type TerminalStateKind = TerminalState['kind'];

/** Every kind, as the keys of a record: the compiler says which one is missing. */
const KINDS: Readonly<Record<TerminalStateKind, true>> = {
  'never-seen': true,
  offline: true,
  faulty: true,
  working: true,
};
export const TERMINAL_STATE_KINDS = Object.keys(KINDS) as readonly TerminalStateKind[];

/** A terminal that names no interval sends once a minute: after three minutes without a word it counts as offline. */
export const SILENT_AFTER_MS = 180_000;
/** One that sends more rarely may miss as many of its own heartbeats. */
const SILENT_HEARTBEATS = 3;

type Rule = (terminal: TerminalRecord, now: number) => TerminalState | undefined;

/** First match wins. */
const RULES: readonly Rule[] = [
  function neverSeen(terminal) {
    return terminal.firstSeenAt === undefined && terminal.lastSeenAt === undefined ? { kind: 'never-seen' } : undefined;
  },
  function saidOffline({ availability, availabilityAt, lastSeenAt }) {
    // A message after the will means that the will was an old connection's, delivered late.
    const since = availabilityAt ?? 0;
    const contradicted = lastSeenAt !== undefined && lastSeenAt > since;
    return availability === 'offline' && !contradicted ? { kind: 'offline', since, reason: 'said-so' } : undefined;
  },
  function silent({ lastSeenAt, firstSeenAt, status }, now) {
    const since = lastSeenAt ?? firstSeenAt ?? 0;
    const silentAfterMs = Math.max(SILENT_AFTER_MS, SILENT_HEARTBEATS * (status?.heartbeatIntervalMs ?? 0));
    return now - since > silentAfterMs ? { kind: 'offline', since, reason: 'silent' } : undefined;
  },
  function faulty({ status }) {
    const faults = status?.faults ?? [];
    const since = Math.min(...faults.map((fault) => fault.since));
    return faults.length > 0 ? { kind: 'faulty', since, faults } : undefined;
  },
];

/** The state of a terminal at `now` (UTC ms), by the first rule that applies. */
export function terminalState(terminal: TerminalRecord, now: number): TerminalState {
  for (const rule of RULES) {
    const state = rule(terminal, now);
    if (state !== undefined) return state;
  }
  return { kind: 'working', since: terminal.lastSeenAt ?? now };
}
