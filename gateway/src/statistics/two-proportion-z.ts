import type { Column } from './chi-square.js';

/**
 * z of the difference of two shares with the pooled variance (the square is Pearson's chi-square of the 2 × 2 table).
 * Undefined where either side is empty or all answers agree.
 */
export function twoProportionZ(a: Column, b: Column): number | undefined {
  const n = a.n + b.n;
  const pooled = (a.satisfied + b.satisfied) / n;
  if (a.n === 0 || b.n === 0 || pooled === 0 || pooled === 1) return undefined;
  return (a.satisfied / a.n - b.satisfied / b.n) / Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n));
}
