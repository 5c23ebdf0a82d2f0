import { DateTime } from 'luxon';
import { KnownAnswers } from './known-answers.js';
import { offsetSegments } from './offset-segments.js';

export const BUCKET_SIZES = ['15min', 'hour', 'day', 'week'] as const;
export type BucketSize = (typeof BUCKET_SIZES)[number];

/** How long one is, where no clock changes. */
export const BUCKET_LENGTH_MS: Record<BucketSize, number> = {
  '15min': 900_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/**
 * Starts (UTC ms, ascending) of the buckets of [from, to) in local time, the first clipped to `from`; a bucket ends
 * where the next begins, the last at `to`. Days have 23 or 25 hours where the clocks change; an hour that the clock
 * shows twice is two buckets.
 */
export function localBuckets(from: number, to: number, size: BucketSize, zone: string): number[] {
  return size === 'day' || size === 'week'
    ? calendarBuckets(from, to, size, zone)
    : clockBuckets(from, to, BUCKET_LENGTH_MS[size], zone);
}

const known = new KnownAnswers<readonly number[]>(200);

function calendarBuckets(from: number, to: number, size: 'day' | 'week', zone: string): number[] {
  return [...known.get(`${from} ${to} ${size} ${zone}`, () => reckonCalendar(from, to, size, zone))];
}

function reckonCalendar(from: number, to: number, size: 'day' | 'week', zone: string): number[] {
  const starts: number[] = [];
  for (let at = DateTime.fromMillis(from, { zone }).startOf(size); at.toMillis() < to; ) {
    starts.push(Math.max(at.toMillis(), from));
    at = at.plus(size === 'day' ? { days: 1 } : { weeks: 1 }).startOf(size);
  }
  return starts;
}

function clockBuckets(from: number, to: number, lengthMs: number, zone: string): number[] {
  const starts: number[] = [];
  for (const segment of offsetSegments(from, to, zone)) {
    starts.push(segment.from);
    const first = Math.floor((segment.from + segment.offsetMs) / lengthMs) + 1;
    for (let at = first * lengthMs - segment.offsetMs; at < segment.to; at += lengthMs) starts.push(at);
  }
  return starts;
}

/** Index of the bucket that holds `at`, by bisection; −1 before the first. */
export function bucketIndex(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
