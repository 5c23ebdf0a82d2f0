import { bucketIndex, localBuckets } from '../calendar/local-buckets.js';
import { localHour } from '../calendar/local-hour.js';
import type { Span } from '../calendar/spans.js';
import { satisfiedOf, totalOf } from '../statistics/happy-index.js';
import { holds, openingInScope } from './opening-in-scope.js';
import type { ReportHeatCell } from './report-document.js';
import type { ReportInput } from './report-input.js';

const QUARTER_MS = 900_000;

/**
 * Answers by weekday and local hour, within opening hours, in that order: one cell for each hour in which a service point
 * of the scope is open, and for each other hour with answers of terminals that stand nowhere. Where the clocks go back
 * the hour that comes twice is one cell.
 */
export function reportHeatMap(input: ReportInput): ReportHeatCell[] {
  const { week, zone, thisWeek } = input;
  const open = openingInScope(input);
  const days = localBuckets(week.from, week.to, 'day', zone);
  const hourOf = localHour(zone, week.from, week.to);
  const grid = new Map<number, ReportHeatCell>();
  const cellAt = (at: number): ReportHeatCell => {
    const weekday = bucketIndex(days, at) + 1;
    const hour = hourOf(at);
    const key = weekday * 24 + hour;
    const known = grid.get(key);
    if (known !== undefined) return known;
    const cell = { weekday, hour, n: 0, satisfied: 0, share: null };
    grid.set(key, cell);
    return cell;
  };
  for (const spans of new Set(open.values())) for (const at of quarters(spans)) cellAt(at);
  for (const cell of thisWeek) {
    const start = Math.max(cell.start, week.from);
    const spans = open.get(cell.servicePoint ?? '');
    const n = totalOf(cell.ratings);
    if (n === 0 || (spans !== undefined && !holds(spans, start))) continue;
    const place = cellAt(start);
    place.n += n;
    place.satisfied += satisfiedOf(cell.ratings);
    place.share = place.satisfied / place.n;
  }
  return [...grid].sort(([a], [b]) => a - b).map(([, cell]) => cell);
}

/** An instant of every quarter of an hour that the spans touch. */
function* quarters(spans: readonly Span[]): Generator<number> {
  for (const { from, to } of spans) {
    for (let at = from; at < to; at = (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS) yield at;
  }
}
