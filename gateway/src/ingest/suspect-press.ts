import type { WirePress } from '@hymio/protocol';
import { MIN_LOCKOUT_MS, RATINGS } from '@hymio/protocol/plain';
import { LATEST_AHEAD_MS } from './press-time.js';

/**
 * Why no panel can have sent a press as it came. `ahead`: a clock that is said to be right stands more than a day ahead.
 * `pace`: more presses at once than its contacts can make. Such a press is stored and counted as any other, and marked.
 */
export const SUSPICIONS = ['ahead', 'pace'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

/** Shortest time between two presses of a panel, all its buttons hammered at once with the least lockout, ms. */
const LEAST_STEP_MS = MIN_LOCKOUT_MS / RATINGS.length;
/** So many may come at one moment: clocks are read late, and in steps. */
const BURST = 50;
/** A clock that goes back by more than this was set, ms. */
const SET_BACK_MS = 1_000;

/** How close the presses of a terminal have come of late, by its own time. Both UTC ms; -Infinity: there was none yet. */
export interface PressPace {
  /** Of the newest press. */
  paceAt: number;
  /** When the presses so far would have been through at the fastest. */
  paceUntil: number;
}

export function noPace(): PressPace {
  return { paceAt: -Infinity, paceUntil: -Infinity };
}

/**
 * Judges a press after those before it of the same terminal, as they came (a leaky bucket, GCRA, in the terminal's own
 * time, so that weeks of presses that arrive at once are as far apart as they were pressed). A guessed time says nothing.
 * `pace` is moved on by it.
 */
export function suspectPress(pace: PressPace, press: WirePress, receivedAt: number): Suspicion | undefined {
  const { at, clock } = press;
  if (clock === 'estimated') return undefined;
  if (at > receivedAt + LATEST_AHEAD_MS) return 'ahead';
  // What comes from before is another clock, or a backlog: it begins anew.
  if (pace.paceAt - at > SET_BACK_MS) {
    pace.paceAt = at;
    pace.paceUntil = at;
  }
  // Time sync puts a clock back by less: presses meanwhile are as of the newest moment, for which the burst has room.
  pace.paceAt = Math.max(pace.paceAt, at);
  const until = Math.max(pace.paceUntil, pace.paceAt) + LEAST_STEP_MS;
  if (until - pace.paceAt > BURST * LEAST_STEP_MS) return 'pace';
  pace.paceUntil = until;
  return undefined;
}
