import { BUCKET_LENGTH_MS, bucketIndex, localBuckets } from '../calendar/local-buckets.js';
import { offsetSegments } from '../calendar/offset-segments.js';
import { type Satisfaction, satisfaction } from '../statistics/satisfaction.js';
import type { Counts, RollupCell, RollupQuery, Store } from '../store/store.js';
import { type AggregateQuery, checkSize, type Grouping } from './aggregate-query.js';
import { addCounts, noCounts } from './counts.js';
import { groupsOfServicePoints } from './group-tree.js';

/** Counts of one bucket; exactly one of terminal, servicePoint, group, or none of them for the total. */
export interface AggregateRow extends Counts, Satisfaction {
  /** Start of the bucket within the range: ISO 8601, UTC. */
  start: string;
  terminal?: string;
  servicePoint?: string;
  group?: string;
}

const ROLLUPS_BY: Record<Grouping, RollupQuery['by']> = {
  terminal: 'terminal',
  'service-point': 'servicePoint',
  group: 'servicePoint',
  total: 'total',
};
const KEY_NAME: Record<Exclude<Grouping, 'total'>, 'terminal' | 'servicePoint' | 'group'> = {
  terminal: 'terminal',
  'service-point': 'servicePoint',
  group: 'group',
};
const DAY_MS = BUCKET_LENGTH_MS.day;
const TOTAL = '';

/**
 * Counts by local bucket and grouping, in order of start, then id. The total has a row for every bucket, the other
 * groupings only where there was a press. Presses of unassigned terminals are in `terminal` and `total`.
 * Errors: HymioError `range-too-large`, and those of the store.
 */
export async function aggregate(store: Store, query: AggregateQuery, zone: string): Promise<AggregateRow[]> {
  const keysOf = await keyFinder(store, query);
  const starts = localBuckets(query.from, query.to, query.bucket, zone);
  const series = new Map<string, Counts[]>();
  if (query.group === 'total') series.set(TOTAL, []);
  // Weeks are added up from days: a week may hold a change of the clocks.
  const stepMs = Math.min(BUCKET_LENGTH_MS[query.bucket], DAY_MS);
  for (const { from, to, offsetMs } of offsetSegments(query.from, query.to, zone)) {
    const cells = await store.rollups({ from, to, step: { stepMs, offsetMs }, by: ROLLUPS_BY[query.group] });
    for (const cell of cells) {
      const index = bucketIndex(starts, Math.max(cell.start, from));
      for (const key of keysOf(cell)) addToSeries(series, key, index, cell);
    }
  }
  return rowsOf(series, starts, query.group);
}

/** Says to which rows a cell belongs; checks the size of the answer on the way. */
async function keyFinder(store: Store, query: AggregateQuery): Promise<(cell: RollupCell) => readonly string[]> {
  if (query.group === 'total') return () => [TOTAL];
  if (query.group === 'terminal') {
    checkSize(query, (await store.terminals(query.to)).length);
    return (cell) => (cell.terminal === undefined ? [] : [cell.terminal]);
  }
  const registry = await store.registry();
  if (query.group === 'service-point') {
    checkSize(query, registry.servicePoints.length);
    return (cell) => (cell.servicePoint === undefined ? [] : [cell.servicePoint]);
  }
  checkSize(query, registry.groups.length);
  const groups = groupsOfServicePoints(registry);
  return (cell) => groups.get(cell.servicePoint ?? '') ?? [];
}

function addToSeries(series: Map<string, Counts[]>, key: string, index: number, cell: Counts): void {
  let buckets = series.get(key);
  if (buckets === undefined) {
    buckets = [];
    series.set(key, buckets);
  }
  let counts = buckets[index];
  if (counts === undefined) {
    counts = noCounts();
    buckets[index] = counts;
  }
  addCounts(counts, cell);
}

function rowsOf(series: ReadonlyMap<string, Counts[]>, starts: readonly number[], group: Grouping): AggregateRow[] {
  const sorted = [...series].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows: AggregateRow[] = [];
  for (const [index, startMs] of starts.entries()) {
    const start = new Date(startMs).toISOString();
    for (const [key, buckets] of sorted) {
      const counts = buckets[index] ?? (group === 'total' ? noCounts() : undefined);
      if (counts === undefined) continue;
      const name = group === 'total' ? {} : { [KEY_NAME[group]]: key };
      const { n, happyIndex, satisfied } = satisfaction(counts.ratings);
      rows.push({ start, ...name, n, ...counts, happyIndex, satisfied });
    }
  }
  return rows;
}
