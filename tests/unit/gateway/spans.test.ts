import { intersectSpans, lengthOfSpans, mergeSpans, subtractSpans } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const spansOf = (pairs: readonly (readonly [number, number])[]) => pairs.map(([from, to]) => ({ from, to }));

describe('spans', () => {
  it('that are empty are none, and those that touch are one', () => {
    expect(mergeSpans(spansOf([[5, 5]]))).toEqual([]);
    expect(mergeSpans(spansOf([[7, 4]]))).toEqual([]);
    expect(
      mergeSpans(
        spansOf([
          [3, 5],
          [1, 3],
          [6, 8],
          [7, 7],
        ]),
      ),
    ).toEqual(
      spansOf([
        [1, 5],
        [6, 8],
      ]),
    );
  });

  it('have nothing in common where they only touch', () => {
    expect(
      intersectSpans(
        spansOf([
          [0, 3],
          [5, 9],
        ]),
        spansOf([
          [3, 5],
          [9, 10],
        ]),
      ),
    ).toEqual([]);
    expect(
      intersectSpans(
        spansOf([[0, 9]]),
        spansOf([
          [1, 2],
          [4, 12],
        ]),
      ),
    ).toEqual(
      spansOf([
        [1, 2],
        [4, 9],
      ]),
    );
    expect(
      intersectSpans(
        spansOf([
          [0, 4],
          [6, 8],
        ]),
        spansOf([
          [2, 4],
          [5, 7],
        ]),
      ),
    ).toEqual(
      spansOf([
        [2, 4],
        [6, 7],
      ]),
    );
  });

  it.each<[string, [number, number][], [number, number][], [number, number][]]>([
    ['nothing', [[0, 9]], [], [[0, 9]]],
    ['all', [[2, 5]], [[0, 9]], []],
    ['exactly all', [[2, 5]], [[2, 5]], []],
    [
      'a hole',
      [[0, 9]],
      [[3, 4]],
      [
        [0, 3],
        [4, 9],
      ],
    ],
    [
      'two holes',
      [[0, 9]],
      [
        [1, 2],
        [5, 6],
      ],
      [
        [0, 1],
        [2, 5],
        [6, 9],
      ],
    ],
    [
      'beginning and end',
      [[2, 8]],
      [
        [0, 3],
        [7, 9],
      ],
      [[3, 7]],
    ],
    [
      'what only touches',
      [[2, 4]],
      [
        [0, 2],
        [4, 6],
      ],
      [[2, 4]],
    ],
    [
      'what lies before and behind',
      [[4, 5]],
      [
        [0, 1],
        [2, 3],
        [7, 9],
      ],
      [[4, 5]],
    ],
    [
      'one hole from two',
      [
        [0, 4],
        [6, 9],
      ],
      [[3, 7]],
      [
        [0, 3],
        [7, 9],
      ],
    ],
    [
      'many from many',
      [
        [0, 3],
        [4, 6],
        [8, 9],
      ],
      [
        [1, 2],
        [5, 8],
      ],
      [
        [0, 1],
        [2, 3],
        [4, 5],
        [8, 9],
      ],
    ],
  ])('without %s', (_name, a, b, left) => {
    expect(subtractSpans(spansOf(a), spansOf(b))).toEqual(spansOf(left));
    expect(lengthOfSpans(subtractSpans(spansOf(a), spansOf(b)))).toBe(left.reduce((sum, [x, y]) => sum + y - x, 0));
  });
});
