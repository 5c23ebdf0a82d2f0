import { poissonTail } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

describe('the Poisson tail', () => {
  it.each([
    [0, 1, Math.exp(-1)],
    [0, 6.907755, 0.001],
    [2, 3, Math.exp(-3) * (1 + 3 + 4.5)],
    [7, 20, 0.00077859],
  ])('P(X <= %i) at mean %f', (k, mean, expected) => {
    expect(poissonTail(k, mean)).toBeCloseTo(expected, expected < 0.0001 ? 6 : 7);
  });

  it('is the sum of its terms, also far out', () => {
    let term = Math.exp(-150);
    let sum = term;
    for (let k = 1; k <= 99; k += 1) {
      term *= 150 / k;
      sum += term;
    }
    expect(poissonTail(99, 150) / sum).toBeCloseTo(1, 9);
  });
});
