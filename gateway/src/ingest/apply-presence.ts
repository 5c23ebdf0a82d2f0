import type { StatusMessage } from '@hymio/protocol';
import { isBlockingFault } from '../terminals/fault-kinds.js';
import { EARLIEST_PRESS_MS } from './press-time.js';

/** A span that ended at most this long ago is extended: two heartbeats and a half where one is a minute. */
export const PRESENCE_JOIN_MS = 150_000;
/** The same for a terminal that sends more rarely. */
const PRESENCE_JOIN_HEARTBEATS = 2.5;

/** What is remembered of a terminal between two statuses. */
export interface PresenceState {
  /** No span reaches back before it (UTC ms): the terminal was seen not working then. */
  floorAt: number;
  /** The newest status had a fault that stops it from taking presses. */
  faulty: boolean;
}

/** from..to inclusive, UTC ms. */
export interface WorkedSpan {
  from: number;
  to: number;
}

export interface PresenceChange {
  state: PresenceState;
  /** Spans that `span` takes the place of. */
  replaced: WorkedSpan[];
  span?: WorkedSpan;
}

/** True where a status says that presses are being taken. */
export function isWorking(status: StatusMessage): boolean {
  return !status.faults.some(({ code }) => isBlockingFault(code));
}

/** How far back a status that arrived at `receivedAt` proves work, UTC ms. */
export function provenFrom(state: PresenceState, status: StatusMessage, receivedAt: number): number {
  const floorAt = state.faulty ? receivedAt : state.floorAt;
  return Math.min(receivedAt, Math.max(receivedAt - status.uptimeMs, floorAt, EARLIEST_PRESS_MS));
}

/** What two statuses tell is joined where they are at most so far apart, ms. */
export function joinMs(status: Pick<StatusMessage, 'heartbeatIntervalMs'>): number {
  return Math.max(PRESENCE_JOIN_MS, PRESENCE_JOIN_HEARTBEATS * (status.heartbeatIntervalMs ?? 0));
}

/** Spans that end from here on may have to be joined, UTC ms. */
export function joinsFrom(state: PresenceState, status: StatusMessage, receivedAt: number): number {
  const floorAt = state.faulty ? receivedAt : state.floorAt;
  const joined = Math.ceil(receivedAt - joinMs(status));
  return Math.max(floorAt, Math.min(provenFrom(state, status, receivedAt), joined));
}

/**
 * What a status that is not stale adds to the spans in which the terminal is known to have worked. `uptimeMs` says since
 * when this firmware process takes presses, so a terminal that was only out of reach counts as having worked.
 * `spans`: those of this terminal that end at or after `joinsFrom`.
 */
export function applyPresence(
  state: PresenceState,
  spans: readonly WorkedSpan[],
  status: StatusMessage,
  receivedAt: number,
): PresenceChange {
  if (!isWorking(status))
    return { state: { floorAt: Math.max(state.floorAt, receivedAt), faulty: true }, replaced: [] };
  const floorAt = state.faulty ? Math.max(state.floorAt, receivedAt) : state.floorAt;
  const replaced = spans.filter((span) => span.to >= joinsFrom(state, status, receivedAt));
  const from = Math.min(provenFrom(state, status, receivedAt), ...replaced.map((span) => span.from));
  const to = Math.max(receivedAt, ...replaced.map((span) => span.to));
  return { state: { floorAt, faulty: false }, replaced, span: { from, to } };
}
