import { closableSpan, isFullBlock, type PublicBlock, publicWeek, suppressSmallCells, weekSpan } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const HOUR = 3_600_000;
const ZONE = 'Europe/Helsinki';
type Ratings = PublicBlock['ratings'];
type Cells = readonly (number | null)[];
const HIDDEN = [null, null, null, null];

describe('a table that everybody may see', () => {
  it.each<[string, Ratings, [number, number], Cells]>([
    ['of fewer than ten answers says only how many', [1, 2, 3, 3], [0, 9], HIDDEN],
    ['of ten says how many were satisfied, if five were and five were not', [5, 0, 0, 5], [5, 5], HIDDEN],
    ['hides how few were not satisfied', [2, 2, 3, 9], [12, 16], HIDDEN],
    ['hides how few were satisfied', [9, 3, 2, 2], [0, 4], HIDDEN],
    ['shows what is five or more', [5, 5, 5, 5], [10, 10], [5, 5, 5, 5]],
    [
      'hides with a count below five the one beside it, among the satisfied',
      [5, 6, 4, 9],
      [13, 13],
      [5, 6, null, null],
    ],
    ['the same where it is the other', [5, 6, 9, 4], [13, 13], [5, 6, null, null]],
    ['and among those who were not', [4, 9, 5, 6], [11, 11], [null, null, 5, 6]],
    ['the same where it is the other one', [9, 4, 5, 6], [11, 11], [null, null, 5, 6]],
  ])('%s', (_name, ratings, [low, high], cells) => {
    const n = ratings.reduce((sum, count) => sum + count, 0);
    expect(suppressSmallCells(ratings)).toEqual({ n, satisfied: { low, high }, cells });
  });
});

describe('a week that everybody may see', () => {
  const WEEK = { id: '2026-W13', from: 100, to: 200 };
  const block = (from: number, to: number, ratings: Ratings): PublicBlock => ({ servicePoint: 's', from, to, ratings });
  const shown = { week: '2026-W13', from: 100, to: 200 };

  it('says how many answered from five on', () => {
    expect(publicWeek(WEEK, [], 4)).toEqual({ ...shown, answers: null, result: null });
    expect(publicWeek(WEEK, [], 5)).toEqual({ ...shown, answers: 5, result: null });
  });

  it('has a result once one of its own blocks has ten answers', () => {
    const others = [block(99, 150, [9, 9, 9, 9]), block(150, 201, [9, 9, 9, 9]), block(150, 200, [1, 2, 3, 3])];
    expect(publicWeek(WEEK, others, 80).result).toBeNull();
    expect(publicWeek(WEEK, [...others, block(100, 150, [5, 0, 0, 5])], 80).result).toEqual({
      n: 10,
      satisfied: { low: 5, high: 5 },
      cells: HIDDEN,
      upTo: 150,
    });
  });

  it('adds its blocks up as they are shown, until the end of the last', () => {
    const blocks = [block(150, 200, [5, 6, 7, 8]), block(100, 150, [6, 6, 4, 9])];
    for (const told of [blocks, blocks.toReversed()]) {
      expect(publicWeek(WEEK, told, 80).result).toEqual({
        n: 51,
        satisfied: { low: 28, high: 28 },
        cells: [11, 12, null, null],
        upTo: 200,
      });
    }
    const unsure = publicWeek(WEEK, [block(100, 150, [2, 2, 3, 9]), block(150, 200, [9, 3, 2, 2])], 80).result;
    expect(unsure).toMatchObject({ n: 32, satisfied: { low: 12, high: 20 } });
  });
});

describe('a block', () => {
  const week = weekSpan({ year: 2026, week: 13 }, ZONE);
  const tuesday = week.from + 24 * HOUR;
  const closable = (now: number, closedTo?: number) => closableSpan(week, closedTo, { now, zone: ZONE });

  it('reaches to the end of the last day that has been over for three hours', () => {
    expect(closable(tuesday + 3 * HOUR - 1)).toBeUndefined();
    expect(closable(tuesday + 3 * HOUR)).toEqual({ from: week.from, to: tuesday });
    expect(closable(week.to + 3 * HOUR)).toEqual({ from: week.from, to: week.to });
  });

  it('begins where the one before ended', () => {
    expect(closable(tuesday + 26 * HOUR, tuesday)).toBeUndefined();
    expect(closable(tuesday + 27 * HOUR, tuesday)).toEqual({ from: tuesday, to: tuesday + 24 * HOUR });
  });

  it('is closed with fifty answers, or with the week', () => {
    expect([49, 50, 51].map((n) => isFullBlock(n, tuesday, week))).toEqual([false, true, true]);
    expect(isFullBlock(0, week.to, week)).toBe(true);
  });
});
