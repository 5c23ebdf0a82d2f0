import { happyIndex, type RatingCounts, satisfiedOf, totalOf } from './happy-index.js';
import type { Interval } from './interval.js';
import { wilsonInterval } from './wilson-interval.js';

/** Below it no percentage is printed, only counts. */
export const MIN_PRINTED_N = 10;

/** Satisfied share with its Wilson 95 % interval, 0…1. */
export interface SatisfiedShare extends Interval {
  share: number;
}
/** What is said of a set of presses; null where there is none. */
export interface Satisfaction {
  n: number;
  happyIndex: number | null;
  satisfied: SatisfiedShare | null;
}

/** n, Happy Index and satisfied share of presses that count (no repeats). */
export function satisfaction(ratings: RatingCounts): Satisfaction {
  const n = totalOf(ratings);
  const successes = satisfiedOf(ratings);
  const interval = wilsonInterval(successes, n);
  return {
    n,
    happyIndex: happyIndex(ratings) ?? null,
    satisfied: interval === undefined ? null : { share: successes / n, ...interval },
  };
}

/** Whether a percentage of n presses may be printed. */
export function isPrintable(n: number): boolean {
  return n >= MIN_PRINTED_N;
}
