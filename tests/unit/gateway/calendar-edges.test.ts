import {
  BUCKET_SIZES,
  endOfLocalDays,
  formatWeek,
  isZone,
  lastMonth,
  localBuckets,
  localHour,
  monthSpan,
  offsetSegments,
  openingCalendar,
  openingSpans,
  parseInstant,
  parseWeek,
  quietUntil,
  startOfLocalDay,
  weekSpan,
} from '@hymio/gateway';
import { explainError } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const ZONE = 'Europe/Helsinki';
const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();

/** What an error says to a person. */
function refusal(work: () => unknown): string {
  try {
    work();
    return 'nothing was refused';
  } catch (error) {
    return explainError(error);
  }
}

describe('days', () => {
  it('begin at local midnight, also where the clocks change', () => {
    expect(iso(startOfLocalDay(at('2026-03-29T21:00:00Z'), ZONE))).toBe('2026-03-29T21:00:00.000Z');
    expect(iso(startOfLocalDay(at('2026-03-29T20:59:59Z'), ZONE))).toBe('2026-03-28T22:00:00.000Z');
  });

  it('of a week are seven, and of a part of it those that are over', () => {
    const week = weekSpan({ year: 2026, week: 13 }, ZONE);
    expect(endOfLocalDays(week, ZONE).map(iso)).toEqual([
      ...[23, 24, 25, 26, 27, 28].map((day) => `2026-03-${day}T22:00:00.000Z`),
      '2026-03-29T21:00:00.000Z',
    ]);
    expect(endOfLocalDays({ from: week.from, to: week.from + 49 * HOUR }, ZONE)).toHaveLength(2);
    expect(endOfLocalDays({ from: week.from, to: week.from + 23 * HOUR }, ZONE)).toEqual([]);
  });

  it('have hours that the clock on the wall shows', () => {
    const { from, to } = weekSpan({ year: 2026, week: 13 }, ZONE);
    const hour = localHour(ZONE, from, to);
    const shown = ['2026-03-23T21:30Z', '2026-03-29T00:59Z', '2026-03-29T01:00Z', '2026-03-29T20:59Z'].map((text) =>
      hour(at(text)),
    );
    expect(shown).toEqual([23, 2, 4, 23]);
    // Behind the end of the range its last offset holds.
    expect(hour(to + HOUR)).toBe(1);
    const winter = weekSpan({ year: 2026, week: 48 }, ZONE);
    expect(localHour(ZONE, winter.from, winter.to)(winter.to + HOUR)).toBe(1);
  });
});

describe('months', () => {
  it('lie where the calendar says, in a zone', () => {
    const { id, from, to } = monthSpan('2026-10', ZONE);
    expect([id, iso(from), iso(to)]).toEqual(['2026-10', '2026-09-30T21:00:00.000Z', '2026-10-31T22:00:00.000Z']);
    expect([monthSpan('2000-01', ZONE).id, monthSpan('2199-12', ZONE).id]).toEqual(['2000-01', '2199-12']);
  });

  it('that are over: the one before', () => {
    expect(lastMonth(at('2026-10-31T21:59:59Z'), ZONE)).toEqual(monthSpan('2026-09', ZONE));
    expect(lastMonth(at('2026-10-31T22:00:00Z'), ZONE)).toEqual(monthSpan('2026-10', ZONE));
    expect(lastMonth(at('2026-03-31T12:00:00Z'), ZONE)).toEqual(monthSpan('2026-02', ZONE));
  });

  it.each(['2026-1', '26-10', 'x2026-10', '2026-10x', '2026/10', 'abcd-10', '2026-ab'])('are not %j', (text) => {
    const said = `${JSON.stringify(text)} is not a month. Write it as 2026-10.`;
    expect(refusal(() => monthSpan(text, ZONE))).toBe(`${said} [malformed-month]`);
  });

  it.each(['1999-12', '2200-01', '2026-00', '2026-13'])('do not include %s', (text) => {
    const said = `There is no month ${text}. Choose a year from 2000 to 2199 and a month from 01 to 12.`;
    expect(refusal(() => monthSpan(text, ZONE))).toBe(`${said} [no-such-month]`);
  });
});

describe('weeks', () => {
  it('are written with four digits and two, and read so', () => {
    expect(formatWeek({ year: 987, week: 3 })).toBe('0987-W03');
    expect([parseWeek('2000-W01'), parseWeek('2199-W52')].map(formatWeek)).toEqual(['2000-W01', '2199-W52']);
  });

  it('that are none are refused with what to write', () => {
    const malformed = '"x2026-W47" is not an ISO week. Write it as 2026-W47. [malformed-week]';
    expect(refusal(() => parseWeek('x2026-W47'))).toBe(malformed);
    for (const text of ['1999-W52', '2200-W01', '2026-W00', '2026-W54', '2025-W53']) {
      const said = `There is no week ${text}. Choose a year from 2000 to 2199 and a week that it has (01 to 52 or 53).`;
      expect(refusal(() => parseWeek(text))).toBe(`${said} [no-such-week]`);
    }
  });
});

describe('instants', () => {
  it.each(['+02', '+0200', '+02:00', ' 02', ' 0200', ' 02:00'])(
    'have an offset, in every way to write it: %j',
    (offset) => {
      expect(parseInstant(`2026-11-20T14:00:00${offset}`)).toBe(at('2026-11-20T12:00:00Z'));
    },
  );

  it.each(['2026-11-20T14:00:00Zulu', '2026-11-20T14:00:00+2', '2026-11-20 14:00:00+02:00'])('are not %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('stretches and buckets of local time', () => {
  it('know zones by their names', () => {
    expect([isZone('Europe/Helsinki'), isZone('Europe/Moon')]).toEqual([true, false]);
  });

  it('of no time are none', () => {
    expect(offsetSegments(5 * HOUR, 5 * HOUR, ZONE)).toEqual([]);
    expect(localBuckets(5 * HOUR, 5 * HOUR, 'hour', ZONE)).toEqual([]);
  });

  it('of a year are cut to the minute, also where its last minute is the first of another offset', () => {
    const [from, change, end] = [at('2026-01-01T00:00Z'), at('2026-03-29T01:00Z'), at('2026-06-01T00:00Z')];
    const winter = { from, to: change, offsetMs: 2 * HOUR };
    expect(offsetSegments(from, end, ZONE)).toEqual([winter, { from: change, to: end, offsetMs: 3 * HOUR }]);
    expect(offsetSegments(from, change, ZONE)).toEqual([winter]);
    const minute = { from: change, to: change + 60_000, offsetMs: 3 * HOUR };
    expect(offsetSegments(from, change + 60_000, ZONE)).toEqual([winter, minute]);
  });

  it('are of these sizes', () => {
    expect([...BUCKET_SIZES]).toEqual(['15min', 'hour', 'day', 'week']);
    const [from, to] = [at('2026-10-20T10:00Z'), at('2026-11-03T10:00Z')];
    const begins = { week: ['2026-10-20T10:00', '2026-10-25T22:00', '2026-11-01T22:00'] };
    expect(localBuckets(from, to, 'week', ZONE).map((one) => iso(one).slice(0, 16))).toEqual(begins.week);
    const days = localBuckets(from, to, 'day', ZONE).map((one) => iso(one).slice(0, 16));
    expect(days).toHaveLength(15);
    expect(localBuckets(from, at('2026-10-21T21:00Z'), 'day', ZONE)).toHaveLength(2);
    expect(days.slice(4, 8)).toEqual(['2026-10-23T21:00', '2026-10-24T21:00', '2026-10-25T22:00', '2026-10-26T22:00']);
  });
});

describe('opening times', () => {
  const [from, to] = [at('2026-10-24T21:00Z'), at('2026-10-26T22:00Z')];
  const closed = { exceptions: [{ date: '2026-10-25', spans: [] }] };
  const long = { openingHours: { sun: [{ from: 0, to: 1440 }], mon: [{ from: 600, to: 660 }] } };

  it('without hours of the week are all day, but on the days that are otherwise', () => {
    expect(openingSpans(closed, from, to, ZONE)).toEqual([{ from: at('2026-10-25T22:00Z'), to }]);
    expect(openingSpans({}, from, to, ZONE)).toEqual([{ from, to }]);
    expect(openingSpans({}, from, from, ZONE)).toEqual([]);
    expect(openingSpans(long, to, from, ZONE)).toEqual([]);
  });

  it('until midnight last as long as the day does', () => {
    expect(openingSpans(long, from, to, ZONE)).toEqual([
      { from, to: at('2026-10-25T22:00Z') },
      { from: at('2026-10-26T08:00Z'), to: at('2026-10-26T09:00Z') },
    ]);
  });

  it('of many places are each its own, asked for once or again', () => {
    const open = openingCalendar(from, to, ZONE);
    const otherwise = [
      { exceptions: [{ date: '2026-10-26', spans: [] }] },
      { exceptions: [{ date: '2026-10-26', spans: [{ from: 60, to: 120 }] }] },
    ];
    for (const times of [closed, long, {}, { ...long, ...closed }, ...otherwise, closed, long]) {
      expect(open(times)).toEqual(openingSpans(times, from, to, ZONE));
    }
    expect(openingCalendar(from, to - HOUR, ZONE)({})).toEqual([{ from, to: to - HOUR }]);
    expect(openingCalendar(from, to, 'UTC')(closed)).not.toEqual(open(closed));
  });
});

describe('quiet hours', () => {
  const noon = { from: 720, to: 780 };

  it.each([
    [noon, '2026-11-20T11:00:00+02:00', '2026-11-20T11:00:00+02:00'],
    [noon, '2026-11-20T12:00:00+02:00', '2026-11-20T13:00:00+02:00'],
    [noon, '2026-11-20T12:59:59+02:00', '2026-11-20T13:00:00+02:00'],
    [{ from: 720, to: 720 }, '2026-11-20T12:00:00+02:00', '2026-11-20T12:00:00+02:00'],
    [{ from: 720, to: 720 }, '2026-11-20T03:00:00+02:00', '2026-11-20T03:00:00+02:00'],
  ])('%j at %s end at %s', (quiet, now, until) => {
    expect(iso(quietUntil(quiet, at(now), ZONE))).toBe(iso(at(until)));
  });
});
