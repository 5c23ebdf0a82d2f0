import { HymioError } from '@hymio/protocol';
import { BUCKET_LENGTH_MS, type BucketSize } from '../calendar/local-buckets.js';
import { BUCKET_MS } from '../store/store.js';

export const GROUPINGS = ['terminal', 'service-point', 'group', 'total'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** from (inclusive) to (exclusive), UTC ms, multiples of 15 minutes. */
export interface AggregateQuery {
  from: number;
  to: number;
  bucket: BucketSize;
  group: Grouping;
}

/** Most buckets that one answer covers, and most rows that it could have. */
export const MAX_BUCKETS = 10_000;
export const MAX_ROWS = 250_000;
const DEFAULT_SPAN_MS = 7 * 24 * 3_600_000;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/**
 * Fills in what was left out (to: now; from: seven days before `to`; by day, in total) and widens to 15 minutes.
 * Errors: HymioError `bad-range`, `range-too-large`.
 */
export function planAggregate(
  wanted: { from?: number; to?: number; bucket?: BucketSize; group?: Grouping },
  now: number,
): AggregateQuery {
  const end = wanted.to ?? now;
  const start = wanted.from ?? end - DEFAULT_SPAN_MS;
  if (start >= end) throw new HymioError('bad-range', '`from` is not before `to`.', 'Choose a `to` after `from`.');
  if (start < EARLIEST || end > LATEST) {
    throw new HymioError(
      'bad-range',
      'The range reaches beyond the years 2000 to 2199.',
      'Choose a range within them.',
    );
  }
  const from = Math.floor(start / BUCKET_MS) * BUCKET_MS;
  const to = Math.ceil(end / BUCKET_MS) * BUCKET_MS;
  const query = { from, to, bucket: wanted.bucket ?? 'day', group: wanted.group ?? 'total' };
  checkSize(query, 1);
  return query;
}

/** Refuses an answer that could have too many rows, before anything is read. Error: HymioError `range-too-large`. */
export function checkSize(query: AggregateQuery, series: number): void {
  const buckets = Math.ceil((query.to - query.from) / BUCKET_LENGTH_MS[query.bucket]);
  if (buckets <= MAX_BUCKETS && buckets * series <= MAX_ROWS) return;
  throw new HymioError(
    'range-too-large',
    `The range has ${buckets} buckets of ${series} series; at most ${MAX_BUCKETS} buckets and ${MAX_ROWS} rows are answered at once.`,
    'Ask for a shorter range or a larger `bucket`.',
  );
}
