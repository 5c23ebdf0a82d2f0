import {
  bucketIndex,
  formatWeek,
  intersectSpans,
  lengthOfSpans,
  localBuckets,
  mergeSpans,
  offsetSegments,
  openingSpans,
  openingTimesOf,
  parseInstant,
  parseWeek,
  shiftWeek,
  weekOf,
  weekSpan,
} from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const HOUR_MS = 3_600_000;
const ZONE = 'Europe/Helsinki';
const utc = (text: string) => Date.parse(text);
const hoursOf = (week: string) => {
  const { from, to } = weekSpan(parseWeek(week), ZONE);
  return (to - from) / HOUR_MS;
};

describe('ISO weeks', () => {
  it('begin on Monday at local midnight', () => {
    const span = weekSpan(parseWeek('2026-W47'), ZONE);
    expect(new Date(span.from).toISOString()).toBe('2026-11-15T22:00:00.000Z');
    expect(new Date(span.to).toISOString()).toBe('2026-11-22T22:00:00.000Z');
    expect(span.id).toBe('2026-W47');
  });

  it.each([
    ['2026-W12', 168],
    ['2026-W13', 167],
    ['2026-W43', 169],
    ['2026-W44', 168],
    ['2026-W53', 168],
  ])('%s has %i hours in Helsinki', (week, hours) => {
    expect(hoursOf(week)).toBe(hours);
  });

  it.each([
    ['2026-12-31T12:00:00Z', '2026-W53'],
    ['2027-01-03T21:59:59Z', '2026-W53'],
    ['2027-01-03T22:00:00Z', '2027-W01'],
    ['2024-12-30T00:00:00Z', '2025-W01'],
    ['2023-01-01T12:00:00Z', '2022-W52'],
  ])('%s lies in %s', (at, week) => {
    expect(weekOf(utc(at), ZONE).id).toBe(week);
  });

  it('go on over the end of the year', () => {
    expect(formatWeek(shiftWeek(parseWeek('2026-W53'), 1))).toBe('2027-W01');
    expect(formatWeek(shiftWeek(parseWeek('2027-W01'), -1))).toBe('2026-W53');
    expect(formatWeek(shiftWeek(parseWeek('2026-W01'), -1))).toBe('2025-W52');
  });

  it.each([
    ['2026-47', 'malformed-week'],
    ['2026-W7', 'malformed-week'],
    ['2026-w47', 'malformed-week'],
    ['', 'malformed-week'],
    ['2026-W47; drop', 'malformed-week'],
    ['2026-W00', 'no-such-week'],
    ['2025-W53', 'no-such-week'],
    ['2026-W54', 'no-such-week'],
    ['1999-W01', 'no-such-week'],
  ])('refuses %j as %s', (text, code) => {
    expect(() => parseWeek(text)).toThrow(expect.objectContaining({ code }));
  });

  it('follow one another without gap or overlap, in any zone', () => {
    const zones = fc.constantFrom(ZONE, 'America/Santiago', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(fc.integer({ min: utc('2001-01-01'), max: utc('2190-01-01') }), zones, (at, zone) => {
        const week = weekOf(at, zone);
        expect(week.from <= at && at < week.to).toBe(true);
        expect(weekSpan(shiftWeek(week, 1), zone).from).toBe(week.to);
      }),
      { numRuns: 50 },
    );
  });
});

describe('stretches of one UTC offset', () => {
  it('are cut where the clocks change', () => {
    const { from, to } = weekSpan(parseWeek('2026-W43'), ZONE);
    expect(offsetSegments(from, to, ZONE)).toEqual([
      { from, to: utc('2026-10-25T01:00:00Z'), offsetMs: 3 * HOUR_MS },
      { from: utc('2026-10-25T01:00:00Z'), to, offsetMs: 2 * HOUR_MS },
    ]);
  });

  it('find both changes of a year, and none in the range before one', () => {
    expect(offsetSegments(utc('2026-01-01'), utc('2027-01-01'), ZONE)).toHaveLength(3);
    expect(offsetSegments(utc('2026-10-24'), utc('2026-10-25T01:00:00Z'), ZONE)).toHaveLength(1);
    expect(offsetSegments(utc('2026-10-25T01:00:00Z'), utc('2026-10-26'), ZONE)).toHaveLength(1);
  });
});

describe('local buckets', () => {
  const iso = (starts: number[]) => starts.map((start) => new Date(start).toISOString().slice(0, 16));

  it('clip the first to the range', () => {
    const from = utc('2026-11-16T10:15:00Z');
    expect(iso(localBuckets(from, utc('2026-11-18T00:00:00Z'), 'day', ZONE))).toEqual([
      '2026-11-16T10:15',
      '2026-11-16T22:00',
      '2026-11-17T22:00',
    ]);
  });

  it('count 23, 25 and 24 hours', () => {
    const day = (date: string) => {
      const [from = 0, to = 0] = localBuckets(
        utc(`${date}T12:00:00Z`),
        utc(`${date}T12:00:00Z`) + 48 * HOUR_MS,
        'day',
        ZONE,
      ).slice(1);
      return localBuckets(from, to, 'hour', ZONE).length;
    };
    expect(day('2026-03-28')).toBe(23);
    expect(day('2026-10-24')).toBe(25);
    expect(day('2026-11-20')).toBe(24);
  });

  it('begin weeks on Monday', () => {
    expect(iso(localBuckets(utc('2026-12-27T12:00:00Z'), utc('2027-01-05T00:00:00Z'), 'week', ZONE))).toEqual([
      '2026-12-27T12:00',
      '2026-12-27T22:00',
      '2027-01-03T22:00',
    ]);
  });

  it('find the bucket of an instant', () => {
    expect([9, 10, 19, 20, 99].map((at) => bucketIndex([10, 20, 30], at))).toEqual([-1, 0, 0, 1, 2]);
  });
});

describe('instants', () => {
  it.each([
    ['2026-11-16T00:00:00Z', '2026-11-16T00:00:00.000Z'],
    ['2026-11-16T00:00:00+02:00', '2026-11-15T22:00:00.000Z'],
    ['2026-11-16T00:00:00 02:00', '2026-11-15T22:00:00.000Z'],
    ['2026-11-16T00:00+0200', '2026-11-15T22:00:00.000Z'],
    ['2026-11-16T00:00:00.250Z', '2026-11-16T00:00:00.250Z'],
    ['20261116T000000Z', '2026-11-16T00:00:00.000Z'],
    ['2026-W47-1T08:00Z', '2026-11-16T08:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(new Date(parseInstant(text) ?? Number.NaN).toISOString()).toBe(expected);
  });

  it.each([
    '',
    'now',
    '2026-11-16',
    '2026-11-16T00:00:00',
    '2026-13-01T00:00:00Z',
    '1763251200000',
    '2026-11-16T25:00:00Z',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('opening hours', () => {
  const hours = { mon: [{ from: 480, to: 960 }], sat: [{ from: 1320, to: 1440 }], sun: [{ from: 0, to: 360 }] };
  const openHours = (week: string) => {
    const { from, to } = weekSpan(parseWeek(week), ZONE);
    return lengthOfSpans(openingSpans({ openingHours: hours }, from, to, ZONE)) / HOUR_MS;
  };

  it('follow the wall clock over both changes', () => {
    expect(openHours('2026-W47')).toBe(8 + 2 + 6);
    expect(openHours('2026-W13')).toBe(8 + 2 + 5);
    expect(openHours('2026-W43')).toBe(8 + 2 + 7);
  });

  it('join over midnight, and are clipped to the range', () => {
    const { from, to } = weekSpan(parseWeek('2026-W47'), ZONE);
    expect(openingSpans({ openingHours: hours }, from, to, ZONE)).toHaveLength(2);
    expect(openingSpans({ openingHours: hours }, from + 9 * HOUR_MS, from + 10 * HOUR_MS, ZONE)).toEqual([
      { from: from + 9 * HOUR_MS, to: from + 10 * HOUR_MS },
    ]);
  });

  it('are otherwise on the days that are named: closed, shorter, or open on a day that is closed by the week', () => {
    const { from, to } = weekSpan(parseWeek('2026-W47'), ZONE);
    const exceptions = [
      { date: '2026-11-16', spans: [] },
      { date: '2026-11-17', spans: [{ from: 600, to: 660 }] },
    ];
    const open = openingSpans({ openingHours: { mon: [{ from: 480, to: 960 }] }, exceptions }, from, to, ZONE);
    expect(open).toEqual([{ from: from + 34 * HOUR_MS, to: from + 35 * HOUR_MS }]);
    const closedOnce = openingSpans({ exceptions: [{ date: '2026-11-16', spans: [] }] }, from, to, ZONE);
    expect(closedOnce).toEqual([{ from: from + 24 * HOUR_MS, to }]);
  });

  it('of a service point: its own exception before that of the nearest group', () => {
    const named = (date: string, minute: number) => ({ date, spans: [{ from: minute, to: minute + 60 }] });
    const registry = {
      groups: [
        {
          id: 'city',
          name: { en: 'City' },
          exceptions: [named('2026-12-24', 1), named('2026-12-25', 1), named('2026-12-26', 1)],
        },
        {
          id: 'north',
          parent: 'city',
          name: { en: 'North' },
          exceptions: [named('2026-12-25', 2), named('2026-12-26', 2)],
        },
      ],
    };
    const point = {
      id: 'desk',
      group: 'north',
      name: { en: 'Desk' },
      repeatWindowMs: 0,
      exceptions: [named('2026-12-26', 3)],
    };
    expect(openingTimesOf(registry, point).exceptions?.map(({ spans }) => spans[0]?.from)).toEqual([1, 2, 3]);
  });

  it('not set: always open; set but empty: never', () => {
    expect(openingSpans({}, 0, 10, ZONE)).toEqual([{ from: 0, to: 10 }]);
    expect(openingSpans({ openingHours: {} }, 0, 7 * 24 * HOUR_MS, ZONE)).toEqual([]);
  });
});

describe('spans', () => {
  const span = fc.tuple(fc.nat(100), fc.nat(20)).map(([from, length]) => ({ from, to: from + length }));
  const holds = (spans: { from: number; to: number }[], at: number) =>
    spans.some((one) => one.from <= at && at < one.to);

  it('merge and intersect as sets of instants', () => {
    fc.assert(
      fc.property(fc.array(span), fc.array(span), (a, b) => {
        const both = intersectSpans(mergeSpans(a), mergeSpans(b));
        for (let at = 0; at < 125; at += 1) {
          expect(holds(mergeSpans(a), at)).toBe(holds(a, at));
          expect(holds(both, at)).toBe(holds(a, at) && holds(b, at));
        }
      }),
      { numRuns: 50 },
    );
  });
});
