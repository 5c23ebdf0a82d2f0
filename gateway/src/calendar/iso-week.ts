import { HymioError } from '@hymio/protocol';
import { DateTime } from 'luxon';
import { KnownAnswers } from './known-answers.js';

/** An ISO 8601 week: weeks begin on Monday, week 1 holds the year's first Thursday. */
export interface IsoWeek {
  /** ISO week year, which differs from the calendar year around New Year. */
  year: number;
  /** 1…53. */
  week: number;
}
/** An ISO week in a zone: from (inclusive) to (exclusive), UTC ms; 167 or 169 hours where the clocks change. */
export interface WeekSpan extends IsoWeek {
  id: string;
  from: number;
  to: number;
}

const EARLIEST_YEAR = 2000;
const LATEST_YEAR = 2199;

/** `2026-W47`. */
export function formatWeek({ year, week }: IsoWeek): string {
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}

/** Reads `2026-W47`. Errors: HymioError `malformed-week`; `no-such-week` for a week that the year does not have. */
export function parseWeek(text: string): IsoWeek {
  const match = /^(\d{4})-W(\d{2})$/.exec(text);
  const year = Number(match?.[1]);
  const week = Number(match?.[2]);
  if (match === null) {
    throw new HymioError('malformed-week', `${JSON.stringify(text)} is not an ISO week.`, 'Write it as 2026-W47.');
  }
  if (year < EARLIEST_YEAR || year > LATEST_YEAR || week < 1 || week > weeksOf(year)) {
    throw new HymioError(
      'no-such-week',
      `There is no week ${text}.`,
      `Choose a year from ${EARLIEST_YEAR} to ${LATEST_YEAR} and a week that it has (01 to 52 or 53).`,
    );
  }
  return { year, week };
}

function weeksOf(year: number): number {
  return DateTime.fromObject({ weekYear: year, weekNumber: 1, weekday: 1 }, { zone: 'utc' }).weeksInWeekYear;
}

/** Asked for again and again, and each costs a dozen questions to the rules of the zone. */
const spans = new KnownAnswers<Readonly<WeekSpan>>(500);
const shifts = new KnownAnswers<Readonly<IsoWeek>>(500);

/** Where the week lies in time, in an IANA zone. */
export function weekSpan(week: IsoWeek, zone: string): WeekSpan {
  return { ...spans.get(`${formatWeek(week)} ${zone}`, () => reckonSpan(week, zone)) };
}

function reckonSpan({ year, week }: IsoWeek, zone: string): WeekSpan {
  const monday = DateTime.fromObject({ weekYear: year, weekNumber: week, weekday: 1 }, { zone }).startOf('day');
  const next = monday.plus({ weeks: 1 }).startOf('day');
  return { year, week, id: formatWeek({ year, week }), from: monday.toMillis(), to: next.toMillis() };
}

/** The week in which an instant (UTC ms) lies, in an IANA zone. */
export function weekOf(at: number, zone: string): WeekSpan {
  const local = DateTime.fromMillis(at, { zone });
  return weekSpan({ year: local.weekYear, week: local.weekNumber }, zone);
}

/** The week `count` weeks later; negative: earlier. */
export function shiftWeek(week: IsoWeek, count: number): IsoWeek {
  return { ...shifts.get(`${formatWeek(week)} ${count}`, () => reckonShift(week, count)) };
}

function reckonShift({ year, week }: IsoWeek, count: number): IsoWeek {
  const monday = DateTime.fromObject({ weekYear: year, weekNumber: week, weekday: 1 }, { zone: 'utc' });
  const shifted = monday.plus({ weeks: count });
  return { year: shifted.weekYear, week: shifted.weekNumber };
}
