import { DateTime } from 'luxon';
import type { OpeningHours } from '../registry/registry.js';
import { WEEKDAYS } from '../registry/registry.js';
import { intersectSpans, mergeSpans, type Span } from './spans.js';

/** When a place with these hours is open within [from, to): merged spans. No hours set: always. */
export function openingSpans(hours: OpeningHours | undefined, from: number, to: number, zone: string): Span[] {
  if (from >= to) return [];
  if (hours === undefined) return [{ from, to }];
  const spans: Span[] = [];
  for (let day = DateTime.fromMillis(from, { zone }).startOf('day'); day.toMillis() < to; ) {
    const weekday = WEEKDAYS[day.weekday - 1];
    for (const open of (weekday === undefined ? undefined : hours[weekday]) ?? []) {
      spans.push({ from: atMinute(day, open.from), to: atMinute(day, open.to) });
    }
    day = day.plus({ days: 1 }).startOf('day');
  }
  return intersectSpans(mergeSpans(spans), [{ from, to }]);
}

/** `openingSpans` of many places in one range: those with the same hours are worked out once. */
export function openingCalendar(
  from: number,
  to: number,
  zone: string,
): (hours: OpeningHours | undefined) => readonly Span[] {
  const known = new Map<string, readonly Span[]>();
  return (hours) => {
    const key = JSON.stringify(hours ?? null);
    let spans = known.get(key);
    if (spans === undefined) {
      spans = openingSpans(hours, from, to, zone);
      known.set(key, spans);
    }
    return spans;
  };
}

/** The instant at which the wall clock shows so many minutes after midnight on that day. */
function atMinute(day: DateTime, minute: number): number {
  if (minute >= 1440) return day.plus({ days: 1 }).startOf('day').toMillis();
  return day.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis();
}
