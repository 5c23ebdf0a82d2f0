import type { Column } from './chi-square.js';

export interface Ranked<T> {
  item: T;
  /** (W·mean + n·own) / (W + n), a share. */
  shrunken: number;
  /** From 1; equal shares have an equal rank. */
  rank: number;
}

/**
 * Ranks by satisfied share, small n shrunk towards the mean: (W·mean + n·own) / (W + n), where `mean` is the share of
 * all presses together and W the mean n of those that have presses. Those without are not ranked.
 */
export function shrunkenRanking<T extends Column>(items: readonly T[]): Ranked<T>[] {
  const used = items.filter((item) => item.n > 0);
  const n = used.reduce((sum, item) => sum + item.n, 0);
  const mean = used.reduce((sum, item) => sum + item.satisfied, 0) / n;
  const weight = n / used.length;
  const sorted = used
    .map((item) => ({ item, shrunken: (weight * mean + item.satisfied) / (weight + item.n) }))
    .sort((a, b) => b.shrunken - a.shrunken);
  const ranked: Ranked<T>[] = [];
  for (const [index, entry] of sorted.entries()) {
    const before = ranked.at(-1);
    const rank = before !== undefined && before.shrunken === entry.shrunken ? before.rank : index + 1;
    ranked.push({ ...entry, rank });
  }
  return ranked;
}
