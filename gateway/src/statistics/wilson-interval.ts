import { type Interval, Z_95 } from './interval.js';

/**
 * Wilson's score interval for `successes` of `n`, without continuity correction.
 * Source: E. B. Wilson, JASA 22 (1927) 209–212; method 3 of R. G. Newcombe, Statist. Med. 17 (1998) 857–872.
 * Undefined at n = 0, where nothing is known. Throws RangeError on counts that cannot be.
 */
export function wilsonInterval(successes: number, n: number, z: number = Z_95): Interval | undefined {
  if (!(successes >= 0 && successes <= n)) throw new RangeError(`${successes} of ${n} is not a proportion`);
  if (n === 0) return undefined;
  const share = successes / n;
  const zz = z * z;
  const middle = share + zz / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + zz / (4 * n * n));
  const scale = 1 + zz / n;
  return {
    low: successes === 0 ? 0 : Math.max(0, (middle - reach) / scale),
    high: successes === n ? 1 : Math.min(1, (middle + reach) / scale),
  };
}
