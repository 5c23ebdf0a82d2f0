import type { LostRange } from '../store/store.js';

/** Ranges of one epoch that touch become one, as of when the first of them was recorded. */
export function joinLostRanges(ranges: readonly LostRange[]): LostRange[] {
  const joined: LostRange[] = [];
  const newest = new Map<string, LostRange>();
  for (const range of ranges) {
    const key = JSON.stringify([range.terminal, range.epoch]);
    const before = newest.get(key);
    if (before !== undefined && range.from === before.to + 1) {
      before.to = range.to;
      continue;
    }
    const own = { ...range };
    newest.set(key, own);
    joined.push(own);
  }
  return joined;
}
