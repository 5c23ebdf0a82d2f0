import { DateTime } from 'luxon';
import type { OpeningException, OpeningHours } from '../registry/registry.js';
import { WEEKDAYS } from '../registry/registry.js';
import { KnownAnswers } from './known-answers.js';
import { intersectSpans, mergeSpans, type Span } from './spans.js';

/** When a place is open: by weekday (absent: always), and the days that are otherwise. */
export interface OpeningTimes {
  openingHours?: OpeningHours;
  exceptions?: readonly OpeningException[];
}

const ALL_DAY = [{ from: 0, to: 1440 }] as const;

/** When a place with these opening times is open within [from, to): merged spans. */
export function openingSpans(times: OpeningTimes, from: number, to: number, zone: string): Span[] {
  if (from >= to) return [];
  const { openingHours, exceptions = [] } = times;
  if (openingHours === undefined && exceptions.length === 0) return [{ from, to }];
  const special = new Map(exceptions.map(({ date, spans }) => [date, spans]));
  const spans: Span[] = [];
  for (let day = DateTime.fromMillis(from, { zone }).startOf('day'); day.toMillis() < to; ) {
    for (const open of special.get(day.toISODate() ?? '') ?? usualSpans(openingHours, day)) {
      spans.push({ from: atMinute(day, open.from), to: atMinute(day, open.to) });
    }
    day = day.plus({ days: 1 }).startOf('day');
  }
  return intersectSpans(mergeSpans(spans), [{ from, to }]);
}

function usualSpans(hours: OpeningHours | undefined, day: DateTime): readonly { from: number; to: number }[] {
  if (hours === undefined) return ALL_DAY;
  const weekday = WEEKDAYS[day.weekday - 1];
  return (weekday === undefined ? undefined : hours[weekday]) ?? [];
}

const calendars = new KnownAnswers<KnownAnswers<readonly Span[]>>(16);

/**
 * `openingSpans` of many places in one range: those with the same times are worked out once, also for who asks about the
 * same range next.
 */
export function openingCalendar(from: number, to: number, zone: string): (times: OpeningTimes) => readonly Span[] {
  const known = calendars.get(`${from} ${to} ${zone}`, () => new KnownAnswers(1_000));
  return ({ openingHours, exceptions = [] }) => {
    const key = JSON.stringify([openingHours ?? null, exceptions.map(({ date, spans }) => [date, spans])]);
    return known.get(key, () =>
      openingSpans({ ...(openingHours === undefined ? {} : { openingHours }), exceptions }, from, to, zone),
    );
  };
}

/** The instant at which the wall clock shows so many minutes after midnight on that day. */
function atMinute(day: DateTime, minute: number): number {
  if (minute >= 1440) return day.plus({ days: 1 }).startOf('day').toMillis();
  return day.set({ hour: Math.floor(minute / 60), minute: minute % 60 }).toMillis();
}
