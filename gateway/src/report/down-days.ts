import { localBuckets } from '../calendar/local-buckets.js';
import { intersectSpans, lengthOfSpans, type Span } from '../calendar/spans.js';
import type { TimelineKind, TimelineSegment } from '../terminals/terminal-timeline.js';
import type { ReportDownDay } from './report-document.js';

/** Less than this on a day is not told: a terminal that is switched on a few minutes late in the morning. */
export const MIN_DOWN_MS = 15 * 60_000;

/** Open, and not known to have taken presses. */
const DOWN_KINDS: readonly TimelineKind[] = ['offline', 'faulty', 'unknown'];

/**
 * Finds the local days of [from, to), UTC ms, on which a terminal was not known to work for a quarter of an hour of opening
 * time or more: what its coverage lacks, by day.
 */
export function downDayFinder(
  from: number,
  to: number,
  zone: string,
): (timeline: readonly TimelineSegment[]) => ReportDownDay[] {
  let days: Day[] | undefined;
  return (timeline) => {
    const down = timeline.filter(({ kind }) => DOWN_KINDS.includes(kind));
    if (down.length === 0) return [];
    // Most terminals were never down: days are made for the first that was.
    days ??= daysOf(from, to, zone);
    return days.flatMap(({ date, span }) => {
      const downMs = lengthOfSpans(intersectSpans(down, span));
      return downMs < MIN_DOWN_MS ? [] : [{ date, downMs }];
    });
  };
}

interface Day {
  /** 2026-11-18 */
  date: string;
  span: readonly Span[];
}

function daysOf(from: number, to: number, zone: string): Day[] {
  const dateOf = new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  const starts = from < to ? localBuckets(from, to, 'day', zone) : [];
  return starts.map((start, index) => {
    return { date: dateOf.format(start), span: [{ from: start, to: starts[index + 1] ?? to }] };
  });
}
