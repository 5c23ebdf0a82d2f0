import type { Random } from '@hymio/protocol';
import type { NoticeState } from '../alerts/alert.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** What came of an attempt to deliver. */
export type DeliveryOutcome =
  | { kind: 'delivered' }
  /** Not now: busy, greylisting. Tried again until it works. */
  | { kind: 'failed'; reason: string }
  /** The other end cannot be reached or used at all, whatever is sent. Tried again until it works. */
  | { kind: 'unreachable'; reason: string }
  /** The other end says that it will never take it. */
  | { kind: 'refused'; reason: string };

const FIRST_BACKOFF_MS = 10 * SECOND_MS;
const MOST_BACKOFF_MS = 30 * MINUTE_MS;
const LEAST_BACKOFF_MS = SECOND_MS;
/** After each refusal but the last: someone may correct an address or a receiver meanwhile. */
const AFTER_REFUSAL_MS = [15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS, 24 * HOUR_MS, 24 * HOUR_MS];

/** Pause after so many failures in a row, ms: exponential from 10 s to 30 min, full jitter. */
export function backoffMs(failures: number, random: Random): number {
  const ceiling = Math.min(MOST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures - 1, 30));
  return Math.max(LEAST_BACKOFF_MS, random() * ceiling);
}

/**
 * What becomes of a waiting notice after an attempt. Only a receiver that refused is given up: once more often than there
 * are pauses after a refusal (ms).
 */
export function nextAttempt(
  state: NoticeState & { kind: 'waiting' },
  outcome: DeliveryOutcome,
  now: number,
  random: Random,
  refusalPausesMs: readonly number[] = AFTER_REFUSAL_MS,
): NoticeState {
  const attempts = state.attempts + 1;
  switch (outcome.kind) {
    case 'delivered':
      return { kind: 'delivered', at: now, attempts };
    case 'failed':
    case 'unreachable': {
      const nextAt = now + Math.round(backoffMs(attempts - state.refusals, random));
      return { kind: 'waiting', nextAt, attempts, refusals: state.refusals, reason: outcome.reason };
    }
    case 'refused': {
      const pause = refusalPausesMs[state.refusals];
      if (pause === undefined) return { kind: 'given-up', at: now, attempts, reason: outcome.reason };
      return { kind: 'waiting', nextAt: now + pause, attempts, refusals: state.refusals + 1, reason: outcome.reason };
    }
  }
}
