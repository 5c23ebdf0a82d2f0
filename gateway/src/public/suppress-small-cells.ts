import type { RatingCounts } from '../statistics/happy-index.js';

/** Fewer than this is not published: it could be somebody. */
export const SMALLEST_CELL = 5;
/** Of fewer answers no share is published. */
export const SMALLEST_TOTAL = 10;

/** What may be published of a closed set of answers. */
export interface PublicTable {
  n: number;
  /** How many were satisfied, from `low` to `high`; the same where it is published exactly. */
  satisfied: { low: number; high: number };
  /** By rating, 0 … 3; null: hidden. */
  cells: readonly [number | null, number | null, number | null, number | null];
}

/**
 * Hides every count below 5 and, with it, the one that it could be worked out from. The counts form a tree: all = satisfied
 * + not satisfied, satisfied = very happy + happy, not satisfied = unhappy + very unhappy. Each sum whose parts include one
 * below 5 has both parts hidden; where satisfied and not satisfied are hidden, so is all below them.
 * Pure. For every hidden count there is another table with the same publication and another value there.
 */
export function suppressSmallCells(ratings: RatingCounts): PublicTable {
  const [c0, c1, c2, c3] = ratings;
  const [satisfied, others] = [c2 + c3, c0 + c1];
  const n = satisfied + others;
  const nothing = [null, null, null, null] as const;
  if (n < SMALLEST_TOTAL) return { n, satisfied: { low: 0, high: n }, cells: nothing };
  const most = SMALLEST_CELL - 1;
  if (others < SMALLEST_CELL) return { n, satisfied: { low: n - most, high: n }, cells: nothing };
  if (satisfied < SMALLEST_CELL) return { n, satisfied: { low: 0, high: most }, cells: nothing };
  const cells = [...pair(c0, c1), ...pair(c2, c3)] as const;
  return { n, satisfied: { low: satisfied, high: satisfied }, cells };
}

function pair(a: number, b: number): readonly [number, number] | readonly [null, null] {
  return a < SMALLEST_CELL || b < SMALLEST_CELL ? [null, null] : [a, b];
}
