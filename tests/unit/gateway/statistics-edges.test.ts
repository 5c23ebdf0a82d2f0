import { hourTest, isPrintable, logGamma, twoProportionZ, upperGamma, wilsonInterval } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

describe('statistics of nearly nothing', () => {
  it('print a percentage from ten presses on', () => {
    expect([0, 9, 10, 11].map(isPrintable)).toEqual([false, false, true, true]);
  });

  it('end exactly at all, however many all are', () => {
    for (let n = 1; n <= 1_000; n += 1) {
      expect(wilsonInterval(n, n)?.high).toBe(1);
      expect(wilsonInterval(0, n)?.low).toBe(0);
    }
  });

  it('compare nothing with nothing, and nothing where all agree', () => {
    const some = { satisfied: 5, n: 10 };
    const none = { satisfied: 0, n: 0 };
    expect(twoProportionZ(none, some)).toBeUndefined();
    expect(twoProportionZ(some, none)).toBeUndefined();
    expect(twoProportionZ({ satisfied: 0, n: 4 }, { satisfied: 0, n: 9 })).toBeUndefined();
    expect(twoProportionZ({ satisfied: 4, n: 4 }, { satisfied: 9, n: 9 })).toBeUndefined();
  });

  it('tell hours in their order, however they come', () => {
    const hours = [17, 9, 12, 8].map((hour) => ({ hour, n: 10, satisfied: 5 }));
    expect(hourTest(hours).hours.map(({ hour }) => hour)).toEqual([8, 9, 12, 17]);
  });

  it.each([
    [0, 1],
    [-1, 1],
    [1, -1],
    [Number.NaN, 1],
    [1, Number.NaN],
  ])('refuse a gamma function of %d and %d, and say of what', (a, x) => {
    expect(() => upperGamma(a, x)).toThrow(`got ${a}, ${x}`);
  });

  it.each([0, -0.5, Number.NaN])('refuse the logarithm of a gamma function of %d, and say of what', (x) => {
    expect(() => logGamma(x)).toThrow(`got ${x}`);
  });

  it('refuse a proportion that is none, and say which', () => {
    expect(() => wilsonInterval(3, 2)).toThrow('3 of 2');
  });
});
