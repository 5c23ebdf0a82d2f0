import { MIN_LOCKOUT_MS, RATINGS, type WirePress } from '@hymio/protocol';
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

/** How close the presses of a terminal have come of late, by its own time. Both UTC ms. */
export interface PressPace {
  /** Of the newest press. */
  at: number;
  /** When the presses so far would have been through at the fastest. */
  until: number;
}

export interface PressSuspicion {
  pace: PressPace | undefined;
  suspicion: Suspicion | undefined;
}

/**
 * Judges a press after those before it of the same terminal, as they came (a leaky bucket, GCRA, in the terminal's own
 * time, so that weeks of presses that arrive at once are as far apart as they were pressed). A guessed time says nothing.
 */
export function suspectPress(pace: PressPace | undefined, press: WirePress, receivedAt: number): PressSuspicion {
  const { at, clock } = press;
  if (clock === 'estimated') return { pace, suspicion: undefined };
  if (at > receivedAt + LATEST_AHEAD_MS) return { pace, suspicion: 'ahead' };
  // What comes from before is another clock, or a backlog: it begins anew.
  const before = pace === undefined || pace.at - at > SET_BACK_MS ? { at, until: at } : pace;
  // Time sync puts a clock back by less: presses meanwhile are as of the newest moment, for which the burst has room.
  const now = Math.max(before.at, at);
  const until = Math.max(before.until, now) + LEAST_STEP_MS;
  if (until - now > BURST * LEAST_STEP_MS) return { pace: { at: now, until: before.until }, suspicion: 'pace' };
  return { pace: { at: now, until }, suspicion: undefined };
}
