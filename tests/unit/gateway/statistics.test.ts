import {
  chiSquareTail,
  chiSquareTest,
  happyIndex,
  hourTest,
  logGamma,
  newcombeInterval,
  type RatingCounts,
  satisfaction,
  shrunkenRanking,
  twoProportionZ,
  upperGamma,
  wilsonInterval,
} from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ratings = fc.tuple(fc.nat(500), fc.nat(500), fc.nat(500), fc.nat(500)) satisfies fc.Arbitrary<RatingCounts>;

describe('Wilson’s interval', () => {
  it.each([
    [10, 14, 0.4535, 0.8828],
    // Newcombe 1998, Statist. Med. 17, 857–872, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i of %i is %f to %f', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('of 90 of 100 is 0.826 to 0.945', () => {
    const interval = wilsonInterval(90, 100);
    expect(interval?.low).toBeCloseTo(0.826, 3);
    expect(interval?.high).toBeCloseTo(0.945, 3);
  });

  it('knows nothing at n = 0 and refuses what cannot be', () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
    expect(() => wilsonInterval(2, 1)).toThrow(RangeError);
    expect(() => wilsonInterval(-1, 1)).toThrow(RangeError);
  });

  it('holds the share and lies within 0 and 1; swapping sides mirrors it', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
        fc.pre(a + b > 0);
        const of = wilsonInterval(a, a + b) ?? { low: Number.NaN, high: Number.NaN };
        const mirrored = wilsonInterval(b, a + b) ?? { low: Number.NaN, high: Number.NaN };
        const share = a / (a + b);
        expect(of.low).toBeGreaterThanOrEqual(0);
        expect(of.low).toBeLessThanOrEqual(share);
        expect(of.high).toBeGreaterThanOrEqual(share);
        expect(of.high).toBeLessThanOrEqual(1);
        expect(of.low).toBeCloseTo(1 - mirrored.high, 12);
      }),
    );
  });
});

describe('Newcombe’s interval of a difference', () => {
  // Newcombe 1998, Statist. Med. 17, 873–890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i/%i − %i/%i is %f to %f', (a, m, b, n, low, high) => {
    const interval = newcombeInterval({ successes: a, n: m }, { successes: b, n });
    expect(interval?.difference).toBeCloseTo(a / m - b / n, 12);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
    expect(interval?.clear).toBe(low > 0);
  });

  it('is unknown where one side is empty', () => {
    expect(newcombeInterval({ successes: 0, n: 0 }, { successes: 1, n: 2 })).toBeUndefined();
    expect(newcombeInterval({ successes: 1, n: 2 }, { successes: 0, n: 0 })).toBeUndefined();
  });

  it('turns round with its sides', () => {
    const count = fc.nat(200);
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        fc.pre(a + b > 0 && c + d > 0);
        const one = newcombeInterval({ successes: a, n: a + b }, { successes: c, n: c + d });
        const other = newcombeInterval({ successes: c, n: c + d }, { successes: a, n: a + b });
        expect(one?.low).toBeCloseTo(-(other?.high ?? Number.NaN), 12);
        expect(one?.clear).toBe(other?.clear);
      }),
    );
  });
});

describe('the Happy Index', () => {
  it('of 126 very happy, 60, 16 and 17 very unhappy is 78.2', () => {
    expect(happyIndex([17, 16, 60, 126])).toBeCloseTo(78.2, 1);
  });

  it.each([
    [[0, 0, 0, 0], undefined],
    [[1, 0, 0, 0], 0],
    [[0, 0, 0, 9], 100],
    [[0, 5, 5, 0], 50],
  ] as const)('of %j is %s', (counts, expected) => {
    expect(happyIndex(counts)).toBe(expected);
  });

  it('of the whole is the mean of its parts, weighted by their n', () => {
    fc.assert(
      fc.property(ratings, ratings, (a, b) => {
        const sum: RatingCounts = [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
        const part = (one: RatingCounts) => (happyIndex(one) ?? 0) * satisfaction(one).n;
        expect((happyIndex(sum) ?? 0) * satisfaction(sum).n).toBeCloseTo(part(a) + part(b), 6);
      }),
    );
  });
});

describe('satisfaction', () => {
  it.each([
    [[0, 0, 0, 0], 0, null],
    [[0, 0, 1, 0], 1, 1],
    [[3, 0, 3, 3], 9, 6 / 9],
    [[0, 2, 4, 4], 10, 0.8],
  ] as const)('of %j: n = %i, share %s', (counts, n, share) => {
    const found = satisfaction(counts);
    expect(found.n).toBe(n);
    expect(found.satisfied?.share ?? null).toBe(share);
    expect(found.happyIndex === null).toBe(n === 0);
  });
});

describe('the incomplete gamma function', () => {
  it.each([
    [1, 0],
    [2, 0],
    [5, Math.log(24)],
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [0.25, 1.2880225246980774],
    [101, 363.73937555556347],
  ])('ln Γ(%f) is %f', (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 10);
  });

  it('with a = 1 is the exponential tail', () => {
    for (const x of [0, 0.1, 1, 2, 5, 40]) expect(upperGamma(1, x)).toBeCloseTo(Math.exp(-x), 12);
  });
});

describe('chi-square', () => {
  // Upper 5 %, 1 % and 0.1 % points as printed in statistical tables (for instance NIST/SEMATECH e-Handbook 1.3.6.7.4).
  it.each([
    [3.841, 1, 0.05],
    [6.635, 1, 0.01],
    [10.828, 1, 0.001],
    [5.991, 2, 0.05],
    [11.07, 5, 0.05],
    [18.307, 10, 0.05],
    [23.209, 10, 0.01],
    [35.172, 23, 0.05],
    [2.706, 1, 0.1],
    [0.004, 1, 0.95],
    [3.94, 10, 0.95],
    [124.342, 100, 0.05],
  ])('exceeds %f with %i degrees of freedom with probability %f', (statistic, degreesOfFreedom, p) => {
    expect(chiSquareTail(statistic, degreesOfFreedom)).toBeCloseTo(p, 3);
  });

  it('of a table worked out by hand', () => {
    // 30 of 50 and 20 of 50: all expected 25, 4 · 5² / 25 = 4.
    const test = chiSquareTest([
      { satisfied: 30, n: 50 },
      { satisfied: 20, n: 50 },
    ]);
    expect(test?.statistic).toBeCloseTo(4, 12);
    expect(test?.degreesOfFreedom).toBe(1);
    expect(test?.p).toBeCloseTo(0.0455, 4);
  });

  it('leaves out empty columns and says nothing where there is nothing to compare', () => {
    const column = { satisfied: 3, n: 5 };
    const other = { satisfied: 1, n: 9 };
    expect(chiSquareTest([column, { satisfied: 0, n: 0 }, other])).toEqual(chiSquareTest([column, other]));
    expect(chiSquareTest([])).toBeUndefined();
    expect(chiSquareTest([column])).toBeUndefined();
    expect(
      chiSquareTest([
        { satisfied: 5, n: 5 },
        { satisfied: 2, n: 2 },
      ]),
    ).toBeUndefined();
    expect(
      chiSquareTest([
        { satisfied: 0, n: 5 },
        { satisfied: 0, n: 2 },
      ]),
    ).toBeUndefined();
  });

  it('of two columns is the square of z', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99), (a, b, c, d) => {
        const columns = [
          { satisfied: a, n: a + b },
          { satisfied: c, n: c + d },
        ] as const;
        const z = twoProportionZ(...columns);
        const test = chiSquareTest(columns);
        expect(z === undefined).toBe(test === undefined);
        if (z !== undefined && test !== undefined) expect(z * z).toBeCloseTo(test.statistic, 6);
      }),
    );
  });
});

describe('the hour test', () => {
  const even = Array.from({ length: 8 }, (_, index) => ({ hour: 8 + index, n: 50, satisfied: 40 }));

  it('finds the hour in which it goes wrong', () => {
    const { overall, hours } = hourTest([...even, { hour: 16, n: 50, satisfied: 15 }]);
    expect(overall?.degreesOfFreedom).toBe(8);
    expect(overall?.p).toBeLessThan(0.001);
    expect(hours.filter((hour) => hour.standsOut).map((hour) => hour.hour)).toEqual([16]);
    expect(hours.at(-1)?.z).toBeLessThan(-1.96);
  });

  it('lets no hour stand out where the table as a whole does not differ', () => {
    // One hour has |z| > 1.96, but among nine hours that is to be expected.
    const { overall, hours } = hourTest([...even, { hour: 16, n: 50, satisfied: 33 }]);
    expect(Math.abs(hours.at(-1)?.z ?? 0)).toBeGreaterThan(1.96);
    expect(overall?.p).toBeGreaterThan(0.05);
    expect(hours.some((hour) => hour.standsOut)).toBe(false);
  });

  it('says nothing of a single hour', () => {
    const { overall, hours } = hourTest([
      { hour: 9, n: 4, satisfied: 1 },
      { hour: 10, n: 0, satisfied: 0 },
    ]);
    expect(overall).toBeUndefined();
    expect(hours).toEqual([{ hour: 9, n: 4, satisfied: 1, z: undefined, standsOut: false }]);
  });
});

describe('the shrunken ranking', () => {
  it('draws small n towards the mean', () => {
    const ranked = shrunkenRanking([
      { id: 'tiny', n: 1, satisfied: 1 },
      { id: 'good', n: 200, satisfied: 180 },
      { id: 'poor', n: 99, satisfied: 50 },
      { id: 'shut', n: 0, satisfied: 0 },
    ]);
    expect(ranked.map(({ item, rank }) => [item.id, rank])).toEqual([
      ['good', 1],
      ['tiny', 2],
      ['poor', 3],
    ]);
    // W = 100, mean = 231/300: (100 · 0.77 + 1) / 101.
    expect(ranked[1]?.shrunken).toBeCloseTo(78 / 101, 12);
  });

  it('gives equals an equal rank, and ranks nothing where there is nothing', () => {
    const same = { n: 10, satisfied: 5 };
    expect(shrunkenRanking([same, same, { n: 10, satisfied: 1 }]).map((one) => one.rank)).toEqual([1, 1, 3]);
    expect(shrunkenRanking([])).toEqual([]);
  });
});
