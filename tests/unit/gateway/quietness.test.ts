import {
  addExposure,
  hourOfWeek,
  noUsualHours,
  quietness,
  type Span,
  type UsualHours,
  usualRates,
} from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday 2026-01-05, 00:00 UTC; these tests live in UTC. */
const MONDAY = Date.UTC(2026, 0, 5);

describe('the hour of the week', () => {
  it('begins on Monday, in local time', () => {
    expect(hourOfWeek(MONDAY, 0)).toBe(0);
    expect(hourOfWeek(MONDAY - 1, 0)).toBe(167);
    expect(hourOfWeek(MONDAY + 2 * DAY + 5 * HOUR, 2 * HOUR)).toBe(55);
    expect(hourOfWeek(MONDAY - HOUR, 2 * HOUR)).toBe(1);
  });
});

/** Open 8–16 on working days. */
function openOn(day: number): Span[] {
  const weekday = ((day % 7) + 7) % 7;
  return weekday > 4 ? [] : [{ from: MONDAY + day * DAY + 8 * HOUR, to: MONDAY + day * DAY + 16 * HOUR }];
}

function history(perHour: number, weeks: number): UsualHours {
  const hours = noUsualHours();
  for (let day = 0; day < 7 * weeks; day += 1) {
    const open = openOn(day);
    addExposure(hours, open, 0);
    for (const { from, to } of open) {
      for (let at = from; at < to; at += HOUR) hours.presses[hourOfWeek(at, 0)] = perHour * weeks;
    }
  }
  return hours;
}

describe('an unusually quiet terminal', () => {
  const rates = usualRates(history(10, 8), 8);
  const today = MONDAY + 56 * DAY;
  const at = (hour: number) => today + hour * HOUR;
  const worked = (from: number, to: number) => [{ from: at(from), to: at(to) }];
  const usual = { rates, since: 0, now: at(12), offsetMs: 0 };

  it('has a usual rate for each hour in which it was open and worked', () => {
    expect(rates.perHour[9]).toBe(10);
    expect(rates.perHour[20]).toBe(0);
    expect(rates).toMatchObject({ presses: 3_200, perWeek: 400 });
  });

  it.each([
    // 80 presses a day: a gap is improbable beyond ln(81 / 0.001) = 11.3 expected ones, and 1.2 for the rate: 76 minutes.
    [
      'a gap of an hour',
      { worked: worked(8, 12), lastPressAt: at(11), today: { from: today, presses: 30 } },
      undefined,
    ],
    [
      'a gap of 80 minutes',
      { worked: worked(8, 12), lastPressAt: at(12) - 80 * 60_000, today: { from: today, presses: 30 } },
      'since-last-press',
    ],
    [
      'the same while it is not known to have worked',
      { worked: worked(8, 11), lastPressAt: at(12) - 80 * 60_000, today: { from: today, presses: 30 } },
      undefined,
    ],
    [
      'a third of what is usual, the last a moment ago',
      { worked: worked(8, 12), lastPressAt: at(12) - 1, today: { from: today, presses: 14 } },
      'today',
    ],
    [
      'three quarters of what is usual',
      { worked: worked(8, 12), lastPressAt: at(12) - 1, today: { from: today, presses: 30 } },
      undefined,
    ],
    [
      'not one press since it was put here half an hour ago',
      { worked: worked(8, 12), since: at(11.5), lastPressAt: undefined, today: { from: today, presses: 0 } },
      undefined,
    ],
  ] as const)('%s', (_title, more, window) => {
    expect(quietness({ ...usual, ...more })?.window).toBe(window);
  });

  it('is not spoken of where the history is short', () => {
    const little = usualRates(history(10, 2), 2);
    expect(little.presses).toBe(0);
    const input = { worked: worked(8, 12), lastPressAt: undefined, today: { from: today, presses: 0 } };
    expect(quietness({ ...usual, ...input, rates: little })).toBeUndefined();
    expect(quietness({ ...usual, ...input })?.window).toBe('since-last-press');
  });
});

/** A seeded generator of numbers in [0, 1): mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Days with an alarm, a year, of a working terminal with Poisson visitors, looked at every five minutes: all false. */
function falseAlarms(perDay: number, years: number, seed: number): { gap: number; today: number } {
  const random = seeded(seed);
  const weeks = 8;
  const kept: UsualHours[] = [];
  const alarms = { gap: 0, today: 0 };
  let lastPressAt: number | undefined;
  let spans: Span[] = [];
  for (let week = 0; week < weeks + 52 * years; week += 1) {
    const own = noUsualHours();
    const sum = noUsualHours();
    for (const one of kept.slice(-weeks)) {
      one.presses.forEach((n, hour) => {
        sum.presses[hour] = (sum.presses[hour] ?? 0) + n;
        sum.exposureMs[hour] = (sum.exposureMs[hour] ?? 0) + (one.exposureMs[hour] ?? 0);
      });
    }
    const rates = usualRates(sum, weeks);
    for (let day = week * 7; day < week * 7 + 7; day += 1) {
      for (const open of openOn(day)) {
        let next = open.from - (Math.log(1 - random()) * 8 * HOUR) / perDay;
        let presses = 0;
        let alarmed = false;
        addExposure(own, [open], 0);
        for (let now = open.from; now <= open.to; now += 300_000) {
          while (next <= now && next < open.to) {
            own.presses[hourOfWeek(next, 0)] = (own.presses[hourOfWeek(next, 0)] ?? 0) + 1;
            lastPressAt = next;
            presses += 1;
            next -= (Math.log(1 - random()) * 8 * HOUR) / perDay;
          }
          if (week < weeks) continue;
          const worked = [...spans, { from: open.from, to: now }];
          const today = { from: open.from - 8 * HOUR, presses };
          const window = quietness({ rates, worked, since: 0, lastPressAt, today, now, offsetMs: 0 })?.window;
          if (window !== undefined && !alarmed) alarms[window === 'today' ? 'today' : 'gap'] += 1;
          alarmed ||= window !== undefined;
        }
        spans = [...spans, open].slice(-10);
      }
    }
    kept.push(own);
  }
  return { gap: alarms.gap / years, today: alarms.today / years };
}

describe('false alarms', () => {
  it.each([2.2, 20, 108, 400])('are on less than one day a year for a terminal with %d presses a day', (perDay) => {
    const { gap, today } = falseAlarms(perDay, Number(process.env['HYMIO_YEARS'] ?? 10), 7);
    if (process.env['HYMIO_YEARS'] !== undefined) process.stdout.write(`${perDay}: ${gap} ${today}\n`);
    expect(gap + today).toBeLessThan(1);
  });
});
