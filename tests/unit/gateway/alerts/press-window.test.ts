import { cellWidthMs, lateAfterMs, PressWindow } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const S = 1_000;
const MINUTE = 60 * S;
const DAY = 24 * 60 * MINUTE;
const T = Date.UTC(2026, 10, 20, 12);

describe('a window of presses', () => {
  it.each([
    [MINUTE, S],
    [15 * MINUTE, 15 * S],
    [60 * MINUTE, MINUTE],
    [DAY, 30 * MINUTE],
    [7 * DAY, 180 * MINUTE],
    [30 * DAY, 180 * MINUTE],
  ])('of %d ms has cells of %d ms', (windowMs, cellMs) => {
    expect(cellWidthMs(windowMs)).toBe(cellMs);
  });

  it('takes presses for late after ten minutes, of long windows later', () => {
    expect([MINUTE, DAY, 7 * DAY].map(lateAfterMs)).toEqual([10 * MINUTE, 10 * MINUTE, 70 * MINUTE]);
  });

  it('lets go of all that one moment held', () => {
    const window = new PressWindow(MINUTE);
    for (const rating of [3, 3, 0, undefined]) window.add(T, rating);
    window.add(T + 30 * S, 1);
    expect(window.counts(T + 30 * S)).toMatchObject({ fresh: [1, 1, 0, 2], all: 5 });
    expect(window.counts(T + 70 * S)).toMatchObject({ fresh: [0, 1, 0, 0], all: 1 });
    window.add(T + 100 * S, 2);
    expect(window.counts(T + 110 * S)).toMatchObject({ fresh: [0, 0, 1, 0], all: 1 });
  });

  it('counts exactly what a plain list would count, with the bounds of its cells', () => {
    const press = fc.record({ after: fc.nat(3 * MINUTE), rating: fc.nat(3), late: fc.boolean() });
    fc.assert(
      fc.property(
        fc.constantFrom(MINUTE, 5 * MINUTE, 90 * S),
        fc.array(fc.oneof(press, fc.record({ wait: fc.nat(4 * MINUTE) })), { maxLength: 60 }),
        (windowMs, steps) => {
          const window = new PressWindow(windowMs);
          const cell = cellWidthMs(windowMs);
          const cells = Math.ceil(windowMs / cell) + 1;
          const list: { at: number; rating: number; late: boolean }[] = [];
          let now = T;
          let head = Number.NEGATIVE_INFINITY;
          for (const step of steps) {
            if ('wait' in step) now += step.wait;
            else {
              const at = now - step.after;
              head = Math.max(head, Math.floor(at / cell));
              window.add(at, step.late ? undefined : step.rating);
              list.push({ at, rating: step.rating, late: step.late });
            }
            const counts = window.counts(now);
            head = Math.max(head, Math.floor(now / cell));
            const inside = list.filter(({ at }) => Math.floor(at / cell) > head - cells);
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
