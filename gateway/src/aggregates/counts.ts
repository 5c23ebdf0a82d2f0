import type { Counts } from '../store/store.js';

export function noCounts(): Counts {
  return { ratings: [0, 0, 0, 0], repeats: 0, estimated: 0, excluded: 0 };
}

/** Adds `more` to `sum`, in place. */
export function addCounts(sum: Counts, more: Counts): void {
  sum.ratings[0] += more.ratings[0];
  sum.ratings[1] += more.ratings[1];
  sum.ratings[2] += more.ratings[2];
  sum.ratings[3] += more.ratings[3];
  sum.repeats += more.repeats;
  sum.estimated += more.estimated;
  sum.excluded += more.excluded;
}

/** Takes `less` from `sum`, in place. */
export function subtractCounts(sum: Counts, less: Counts): void {
  sum.ratings[0] -= less.ratings[0];
  sum.ratings[1] -= less.ratings[1];
  sum.ratings[2] -= less.ratings[2];
  sum.ratings[3] -= less.ratings[3];
  sum.repeats -= less.repeats;
  sum.estimated -= less.estimated;
  sum.excluded -= less.excluded;
}

/** The sum of any number of counts. */
export function sumCounts(parts: Iterable<Counts>): Counts {
  const sum = noCounts();
  for (const part of parts) addCounts(sum, part);
  return sum;
}

export function sameCounts(a: Counts, b: Counts): boolean {
  if (a === b) return true;
  const same = a.repeats === b.repeats && a.estimated === b.estimated && a.excluded === b.excluded;
  return same && a.ratings.every((count, rating) => count === b.ratings[rating]);
}
