import type { StatusMessage } from '@hymio/protocol';
import { joinMs } from './apply-presence.js';

/** A stretch in which a terminal said that it had a fault: from..to inclusive, UTC ms by the gateway's clock. */
export interface FaultStretch {
  code: string;
  from: number;
  to: number;
  /** The newest status has the fault still. */
  open: boolean;
}

export interface FaultChange {
  /** Stretches that are to be forgotten, as they were given. */
  removed: FaultStretch[];
  /** What takes their place, and what is new. */
  added: FaultStretch[];
}

/** Stretches that end from here on may go on or be joined by a status that arrived at `receivedAt`, UTC ms. */
export function faultsJoinFrom(status: StatusMessage, receivedAt: number): number {
  return receivedAt - status.uptimeMs - joinMs(status);
}

/**
 * What a status that is not stale says about the history of faults. A fault that it has lasts since it says, though not
 * since before this firmware process; a stretch that ended a heartbeat or two before it, or a fault that comes and goes,
 * is one stretch. A fault that it has no more lasted until now where the status before was just as recent; else nobody
 * knows, and the stretch ends where it was last told. `spans`: those of this terminal that are open or end at or after
 * `faultsJoinFrom`.
 */
export function applyFaults(spans: readonly FaultStretch[], status: StatusMessage, receivedAt: number): FaultChange {
  const aheadMs = status.sentAt - receivedAt;
  const startedAt = receivedAt - status.uptimeMs;
  const removed: FaultStretch[] = [];
  const added: FaultStretch[] = [];
  const told = new Map<string, number>();
  for (const { code, since } of status.faults) {
    const from = Math.min(receivedAt, Math.max(since - aheadMs, startedAt));
    told.set(code, Math.min(from, told.get(code) ?? from));
  }
  for (const [code, since] of told) {
    const joined = spans.filter((span) => span.code === code && span.to >= since - joinMs(status));
    const from = Math.min(since, ...joined.map((span) => span.from));
    const to = Math.max(receivedAt, ...joined.map((span) => span.to));
    removed.push(...joined);
    added.push({ code, from, to, open: true });
  }
  for (const span of spans) {
    if (!span.open || removed.includes(span)) continue;
    // Told of again, but as something that began later: what was before it has ended unnoticed.
    const seenEnding = !told.has(span.code) && receivedAt - span.to <= joinMs(status);
    removed.push(span);
    added.push({ ...span, to: seenEnding ? Math.max(span.to, receivedAt) : span.to, open: false });
  }
  return { removed, added };
}
