import { cellWidthMs, lateAfterMs, PressWindows } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const S = 1_000;
const MINUTE = 60 * S;
const DAY = 24 * 60 * MINUTE;
const T = Date.UTC(2026, 10, 20, 12);

describe('windows of presses', () => {
  it.each([
    [MINUTE, S],
    [15 * MINUTE, 15 * S],
    [60 * MINUTE, MINUTE],
    [DAY, 30 * MINUTE],
    [7 * DAY, 180 * MINUTE],
    [30 * DAY, 180 * MINUTE],
  ])('of %d ms have cells of %d ms', (windowMs, cellMs) => {
    expect(cellWidthMs(windowMs)).toBe(cellMs);
  });

  it('take presses for late after ten minutes, those that are long later', () => {
    expect([MINUTE, DAY, 7 * DAY].map(lateAfterMs)).toEqual([10 * MINUTE, 10 * MINUTE, 70 * MINUTE]);
  });

  it('let go of all that one moment held', () => {
    const windows = new PressWindows(MINUTE);
    for (const rating of [3, 3, 0, undefined]) windows.add(0, T, rating);
    windows.add(0, T + 30 * S, 1);
    expect(windows.counts(0, T + 30 * S)).toMatchObject({ fresh: [1, 1, 0, 2], all: 5 });
    expect(windows.counts(0, T + 70 * S)).toMatchObject({ fresh: [0, 1, 0, 0], all: 1 });
    windows.add(0, T + 100 * S, 2);
    expect(windows.counts(0, T + 110 * S)).toMatchObject({ fresh: [0, 0, 1, 0], all: 1 });
  });

  it('know nothing of a place that nothing was said of, nor of one that is forgotten', () => {
    const windows = new PressWindows(MINUTE);
    expect(windows.counts(7, T)).toBeUndefined();
    windows.forget(7);
    for (const rating of [0, 1, 2, 3, undefined]) windows.add(7, T, rating);
    windows.add(0, T, 2);
    windows.add(8, T, 1);
    expect(windows.counts(6, T)).toBeUndefined();
    expect(windows.counts(9, T)).toBeUndefined();
    windows.forget(7);
    expect(windows.counts(7, T)).toBeUndefined();
    expect(windows.counts(0, T)).toMatchObject({ fresh: [0, 0, 1, 0], all: 1 });
    expect(windows.counts(8, T)).toMatchObject({ fresh: [0, 1, 0, 0], all: 1 });
    // Nothing of the place that had the number before: also what is older counts.
    windows.add(7, T - 3 * MINUTE, 0);
    expect(windows.counts(7, T - 3 * MINUTE)).toMatchObject({ fresh: [1, 0, 0, 0], all: 1 });
    windows.add(7, T + 10 * S, 2);
    expect(windows.counts(7, T + 65 * S)).toMatchObject({ fresh: [0, 0, 1, 0], all: 1 });
  });

  it('count of whole cells by rating, and those that came late as well', () => {
    const windows = new PressWindows(7 * DAY);
    const cell = Math.floor(T / cellWidthMs(7 * DAY));
    windows.addCell(0, cell, [1, 20, 300, 40_000, 40_330]);
    windows.addCell(0, cell - 56, [0, 0, 0, 5, 5]);
    windows.addCell(0, cell - 57, [9, 9, 9, 9, 99]);
    expect(windows.counts(0, T)).toMatchObject({ fresh: [1, 20, 300, 40_005], all: 40_335 });
    expect(windows.counts(0, T + cellWidthMs(7 * DAY))).toMatchObject({ fresh: [1, 20, 300, 40_000], all: 40_330 });
    expect(windows.counts(0, T + 8 * DAY)).toMatchObject({ fresh: [0, 0, 0, 0], all: 0 });
  });

  it('go on where the clock is set back', () => {
    const windows = new PressWindows(MINUTE);
    windows.add(0, T, 3);
    const { from } = windows.counts(0, T + 30 * S) ?? {};
    expect(windows.counts(0, T - DAY)).toEqual({ fresh: [0, 0, 0, 1], all: 1, from });
    windows.add(0, T - DAY, 2);
    expect(windows.counts(0, T - DAY)).toEqual({ fresh: [0, 0, 0, 1], all: 1, from });
  });

  it('count before 1970, too', () => {
    const windows = new PressWindows(MINUTE);
    for (const at of [-90, -70, -50, -10]) windows.add(0, at * S, 1);
    expect(windows.counts(0, -10 * S)).toEqual({ fresh: [0, 3, 0, 0], all: 3, from: -70 * S });
    expect(windows.counts(0, 20 * S)).toMatchObject({ fresh: [0, 1, 0, 0], all: 1 });
  });

  it('hold many places apart, more than there was room for', () => {
    const windows = new PressWindows(15 * MINUTE);
    const places = [...Array(3_000).keys()];
    for (const minute of [0, 5, 10]) {
      for (const place of places) {
        for (let press = 0; press <= place % 7; press += 1) windows.add(place, T + minute * MINUTE, place % 4);
      }
    }
    const holds = (times: number) => (place: number) => {
      const fresh = [0, 0, 0, 0];
      fresh[place % 4] = times * ((place % 7) + 1);
      return fresh;
    };
    expect(places.map((place) => windows.counts(place, T + 10 * MINUTE)?.fresh)).toEqual(places.map(holds(3)));
    expect(places.map((place) => windows.counts(place, T + 18 * MINUTE)?.fresh)).toEqual(places.map(holds(2)));
    expect(places.map((place) => windows.counts(place, T + 30 * MINUTE)?.all)).toEqual(places.map(() => 0));
  });

  it('count exactly what plain lists would count, with the bounds of their cells', () => {
    const place = fc.nat(2);
    const press = fc.record({ place, after: fc.nat(3 * MINUTE), rating: fc.nat(3), late: fc.boolean() });
    fc.assert(
      fc.property(
        fc.constantFrom(MINUTE, 5 * MINUTE, 90 * S),
        fc.array(fc.oneof(press, fc.record({ place, wait: fc.nat(4 * MINUTE) })), { maxLength: 60 }),
        (windowMs, steps) => {
          const windows = new PressWindows(windowMs);
          const cell = cellWidthMs(windowMs);
          const cells = Math.ceil(windowMs / cell) + 1;
          const lists = [0, 1, 2].map(() => ({
            head: Number.NEGATIVE_INFINITY,
            presses: [] as { at: number; rating: number; late: boolean }[],
          }));
          let now = T;
          for (const step of steps) {
            const list = lists[step.place];
            if (list === undefined) throw new Error('there are three places');
            if ('wait' in step) now += step.wait;
            else {
              const at = now - step.after;
              list.head = Math.max(list.head, Math.floor(at / cell));
              windows.add(step.place, at, step.late ? undefined : step.rating);
              list.presses.push({ at, rating: step.rating, late: step.late });
            }
            const counts = windows.counts(step.place, now);
            expect(counts === undefined).toBe(list.presses.length === 0);
            if (counts === undefined) continue;
            list.head = Math.max(list.head, Math.floor(now / cell));
            const inside = list.presses.filter(({ at }) => Math.floor(at / cell) > list.head - cells);
            const expected = [0, 1, 2, 3].map(
              (rating) => inside.filter((one) => !one.late && one.rating === rating).length,
            );
            expect(counts.fresh).toEqual(expected);
            expect(counts.all).toBe(inside.length);
            expect(now - counts.from).toBeGreaterThanOrEqual(windowMs);
            expect(now - counts.from).toBeLessThan(windowMs + 2 * cell);
          }
        },
      ),
    );
  });
});
