import { type ChiSquareTest, type Column, chiSquareTest } from './chi-square.js';
import { Z_95 } from './interval.js';
import { twoProportionZ } from './two-proportion-z.js';

/** Overall p below which an hour may stand out. */
export const HOUR_TEST_LEVEL = 0.05;

export interface HourCount extends Column {
  /** Hour of the day, 0…23, local. */
  hour: number;
}
export interface TestedHour extends HourCount {
  /** Against all other hours together; undefined where there is nothing to compare. */
  z: number | undefined;
  standsOut: boolean;
}
export interface HourTest {
  /** Undefined: fewer than two hours with presses, or all answers agree. */
  overall: ChiSquareTest | undefined;
  /** Hours with presses, in order. */
  hours: TestedHour[];
}

/** Does satisfaction differ by hour of day, and which hours stand out: |z| > 1.96 and overall p < 0.05. */
export function hourTest(counts: readonly HourCount[]): HourTest {
  const used = counts.filter((count) => count.n > 0).sort((a, b) => a.hour - b.hour);
  const overall = chiSquareTest(used);
  const all = used.reduce((sum, one) => ({ n: sum.n + one.n, satisfied: sum.satisfied + one.satisfied }), {
    n: 0,
    satisfied: 0,
  });
  const significant = overall !== undefined && overall.p < HOUR_TEST_LEVEL;
  const hours = used.map(({ hour, n, satisfied }) => {
    const z = twoProportionZ({ n, satisfied }, { n: all.n - n, satisfied: all.satisfied - satisfied });
    return { hour, n, satisfied, z, standsOut: significant && z !== undefined && Math.abs(z) > Z_95 };
  });
  return { overall, hours };
}
