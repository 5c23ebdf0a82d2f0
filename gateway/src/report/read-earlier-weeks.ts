import { noCounts, sumCounts } from '../aggregates/counts.js';
import type { WeekSpan } from '../calendar/iso-week.js';
import { offsetSegments } from '../calendar/offset-segments.js';
import type { RollupQuery, Store } from '../store/store.js';
import type { WeekCounts } from './report-input.js';

const DAY_MS = 86_400_000;
/** Cells are counted from the first of January 1970, a Thursday; weeks begin three days before. */
const MONDAY_MS = 3 * DAY_MS;

/**
 * What was counted in each of some weeks that follow each other, oldest first: one question to the store for all of them,
 * or two where the clocks were changed between.
 */
export async function readEarlierWeeks(
  store: Store,
  weeks: readonly WeekSpan[],
  zone: string,
  only: Pick<RollupQuery, 'servicePoints'>,
): Promise<WeekCounts[]> {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const sums = new Map(weeks.map((week) => [week, noCounts()]));
  for (const { from, to, offsetMs } of offsetSegments(first.from, last.to, zone)) {
    const step = { stepMs: 7 * DAY_MS, offsetMs: offsetMs + MONDAY_MS };
    for (const cell of await store.rollups({ from, to, step, by: 'total', ...only })) {
      const at = Math.max(cell.start, from);
      const week = weeks.find((one) => one.from <= at && at < one.to);
      if (week !== undefined) sums.set(week, sumCounts([sums.get(week) ?? noCounts(), cell]));
    }
  }
  return weeks.map((week) => ({ week, counts: sums.get(week) ?? noCounts() }));
}
