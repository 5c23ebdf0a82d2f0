import { upperGamma } from './incomplete-gamma.js';

/** One column of a 2 × k table. */
export interface Column {
  satisfied: number;
  n: number;
}

export interface ChiSquareTest {
  statistic: number;
  degreesOfFreedom: number;
  p: number;
}

/** Probability that a chi-square variable exceeds `statistic`: Q(df / 2, statistic / 2), NIST DLMF 8.2.4. */
export function chiSquareTail(statistic: number, degreesOfFreedom: number): number {
  return upperGamma(degreesOfFreedom / 2, statistic / 2);
}

/**
 * Pearson's chi-square of the 2 × k table (satisfied, not satisfied), without correction. Empty columns are left out.
 * Undefined where fewer than two columns hold something or all answers agree: there is nothing to compare.
 */
export function chiSquareTest(columns: readonly Column[]): ChiSquareTest | undefined {
  const used = columns.filter((column) => column.n > 0);
  const n = used.reduce((sum, column) => sum + column.n, 0);
  const satisfied = used.reduce((sum, column) => sum + column.satisfied, 0);
  if (used.length < 2 || satisfied === 0 || satisfied === n) return undefined;
  const share = satisfied / n;
  // Both cells of a column miss by the same amount: (o−e)²/(n·p) + (o−e)²/(n·(1−p)) = (o−e)²/(n·p·(1−p)).
  const statistic = used.reduce(
    (sum, column) => sum + (column.satisfied - column.n * share) ** 2 / (column.n * share * (1 - share)),
    0,
  );
  const degreesOfFreedom = used.length - 1;
  return { statistic, degreesOfFreedom, p: chiSquareTail(statistic, degreesOfFreedom) };
}
