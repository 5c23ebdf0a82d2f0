import { comparePresses, type MarkedPress, markRepeats, replayRepeats } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const press = (countedAt: number, seq = 1, epoch = 'a') => ({ countedAt, epoch, seq });

describe('comparePresses', () => {
  it('orders by time, then by epoch, then by number, whatever order they come in', () => {
    const sorted = [press(1, 9, 'z'), press(2, 7, 'a'), press(2, 8, 'a'), press(2, 1, 'b'), press(2, 6, 'b'), press(3)];
    for (const turned of [[...sorted].reverse(), [3, 0, 5, 2, 4, 1].flatMap((n) => sorted[n] ?? [])]) {
      expect(turned.sort(comparePresses)).toEqual(sorted);
    }
    expect(comparePresses(press(2, 7), press(2, 7))).toBe(0);
  });
});

describe('replayRepeats', () => {
  it.each([
    { name: 'a lone press counts', at: [0], window: 5, repeats: [false] },
    { name: 'within the window of the one counted', at: [0, 4], window: 5, repeats: [false, true] },
    { name: 'at the window it counts again', at: [0, 5], window: 5, repeats: [false, false] },
    { name: 'a repeat does not begin a window', at: [0, 3, 6], window: 5, repeats: [false, true, false] },
    { name: 'no window, no repeats', at: [0, 0, 1], window: 0, repeats: [false, false, false] },
    {
      name: 'hammering counts once per window',
      at: [0, 1, 2, 3, 4, 5, 6],
      window: 3,
      repeats: [false, true, true, false, true, true, false],
    },
  ])('$name', ({ at, window, repeats }) => {
    expect(
      replayRepeats(
        at.map((time) => press(time)),
        () => window,
      ),
    ).toEqual(repeats);
  });

  it('uses the window in force at the press, whatever the one before', () => {
    expect(replayRepeats([press(0), press(4), press(8)], (at) => (at < 5 ? 2 : 6))).toEqual([false, false, true]);
  });
});

/** Holds presses the way a store does: inserts batches, flips what is told. */
class Held {
  readonly presses: MarkedPress[] = [];
  fetched = 0;

  insert(batch: ReturnType<typeof press>[], windowAt: (at: number) => number, maxWindowMs: number): void {
    const sorted = [...batch].sort(comparePresses);
    const { inserted, flipped } = markRepeats(sorted, {
      held: (from, to) => {
        const found = this.presses.filter(({ countedAt }) => countedAt >= from && countedAt < to).sort(comparePresses);
        this.fetched += found.length;
        return found;
      },
      windowAt,
      maxWindowMs,
    });
    for (const found of flipped) found.repeat = !found.repeat;
    this.presses.push(...sorted.map((one, index) => ({ ...one, repeat: inserted[index] ?? false })));
  }
}

describe('markRepeats', () => {
  it('gives what the full replay gives, in whatever order and batches the presses arrive', () => {
    const anyPress = fc.record({
      countedAt: fc.integer({ min: 0, max: 120 }),
      epoch: fc.constantFrom('a', 'b'),
      seq: fc.integer({ min: 1, max: 60 }),
    });
    const presses = fc.uniqueArray(anyPress, { selector: ({ epoch, seq }) => `${epoch}${seq}`, maxLength: 60 });
    const windows = fc.record({ early: fc.integer({ min: 0, max: 12 }), late: fc.integer({ min: 0, max: 12 }) });
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(presses, windows, cuts, (arriving, { early, late }, sizes) => {
        const windowAt = (at: number) => (at < 60 ? early : late);
        const store = new Held();
        let from = 0;
        for (let turn = 0; from < arriving.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          store.insert(arriving.slice(from, from + size), windowAt, Math.max(early, late));
          from += size;
          const sorted = [...store.presses].sort(comparePresses);
          expect(sorted.map(({ repeat }) => repeat)).toEqual(replayRepeats(sorted, windowAt));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('looks at the neighbourhood alone', () => {
    const store = new Held();
    const minute = 60_000;
    store.insert(
      Array.from({ length: 1_000 }, (_, index) => press(index * minute, index + 1)),
      () => 5_000,
      5_000,
    );
    store.fetched = 0;
    store.insert([press(500 * minute + 1, 1, 'b')], () => 5_000, 5_000);
    expect(store.fetched).toBeLessThan(5);
  });

  it('looks at the neighbourhood alone, also where a window was longer once', () => {
    const store = new Held();
    const presses = Array.from({ length: 1_000 }, (_, index) => press(index * 6_000, index + 1));
    store.insert(presses, () => 5_000, 10_000);
    store.fetched = 0;
    store.insert([press(500 * 6_000 + 1, 1, 'b')], () => 5_000, 10_000);
    expect(store.fetched).toBeLessThan(10);
  });
});
