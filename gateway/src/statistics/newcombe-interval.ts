import { type Interval, Z_95 } from './interval.js';
import { wilsonInterval } from './wilson-interval.js';

/** Difference of two shares: a minus b. */
export interface Difference extends Interval {
  difference: number;
  /** The interval excludes 0. */
  clear: boolean;
}

/**
 * Newcombe's hybrid score interval for the difference of two independent proportions.
 * Source: R. G. Newcombe, Statist. Med. 17 (1998) 873–890, method 10. Undefined where either n is 0.
 */
export function newcombeInterval(
  a: { successes: number; n: number },
  b: { successes: number; n: number },
  z: number = Z_95,
): Difference | undefined {
  const ofA = wilsonInterval(a.successes, a.n, z);
  const ofB = wilsonInterval(b.successes, b.n, z);
  if (ofA === undefined || ofB === undefined) return undefined;
  const shareA = a.successes / a.n;
  const shareB = b.successes / b.n;
  const difference = shareA - shareB;
  const low = difference - Math.hypot(shareA - ofA.low, ofB.high - shareB);
  const high = difference + Math.hypot(ofA.high - shareA, shareB - ofB.low);
  return { difference, low, high, clear: low > 0 || high < 0 };
}
