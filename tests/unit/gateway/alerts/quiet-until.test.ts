import { quietUntil } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const ZONE = 'Europe/Helsinki';
const at = (text: string) => Date.parse(text);
const night = { from: 20 * 60, to: 7 * 60 };
const noon = { from: 12 * 60, to: 13 * 60 };

describe('a notice in quiet hours', () => {
  it.each([
    [night, '2026-11-20T19:59:59+02:00', '2026-11-20T19:59:59+02:00'],
    [night, '2026-11-20T20:00:00+02:00', '2026-11-21T07:00:00+02:00'],
    [night, '2026-11-21T03:00:00+02:00', '2026-11-21T07:00:00+02:00'],
    [night, '2026-11-21T07:00:00+02:00', '2026-11-21T07:00:00+02:00'],
    [noon, '2026-11-20T12:30:00+02:00', '2026-11-20T13:00:00+02:00'],
    [noon, '2026-11-20T13:00:00+02:00', '2026-11-20T13:00:00+02:00'],
    [undefined, '2026-11-20T03:00:00+02:00', '2026-11-20T03:00:00+02:00'],
    // The night in which an hour is left out, the one that has an hour twice, and an end that does not exist.
    [night, '2026-03-28T22:00:00+02:00', '2026-03-29T07:00:00+03:00'],
    [night, '2026-10-24T22:00:00+03:00', '2026-10-25T07:00:00+02:00'],
    [{ from: 120, to: 210 }, '2026-03-29T02:30:00+02:00', '2026-03-29T04:30:00+03:00'],
  ])('%j at %s goes at %s', (quiet, now, until) => {
    expect(new Date(quietUntil(quiet, at(now), ZONE)).toISOString()).toBe(new Date(at(until)).toISOString());
  });

  it('never waits longer than a day, nor goes into the past', () => {
    for (let minute = 0; minute < 3 * 24 * 60; minute += 7) {
      const now = at('2026-10-24T00:00:00+03:00') + minute * 60_000;
      for (const quiet of [night, noon, { from: 0, to: 1439 }, { from: 200, to: 199 }]) {
        const until = quietUntil(quiet, now, ZONE);
        expect(until).toBeGreaterThanOrEqual(now);
        expect(until - now).toBeLessThanOrEqual(25 * 3_600_000);
      }
    }
  });
});
