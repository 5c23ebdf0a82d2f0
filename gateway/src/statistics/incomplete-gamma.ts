const MAX_STEPS = 10_000;
const PRECISION = 1e-15;
const TINY = 1e-300;

/** Coefficients of the Lanczos approximation with g = 7 and nine terms; relative error below 1e-14. */
const LANCZOS: readonly number[] = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0 by the Lanczos approximation (Numerical Recipes, 3rd ed., §6.1; reflection: NIST DLMF 5.5.3). */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma needs x > 0, got ${x}`);
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const t = shifted + 7.5;
  // Without a beginning of its own the sum begins with the first coefficient, and the index with the second.
  const series = LANCZOS.reduce((sum, coefficient, index) => sum + coefficient / (shifted + index));
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series);
}

/**
 * Q(a, x) = Γ(a, x) / Γ(a), the regularised upper incomplete gamma function (NIST DLMF 8.2.4), for a > 0, x ≥ 0:
 * below x = a + 1 as 1 − P by the series DLMF 8.7.1 (Numerical Recipes 6.2.5), above by the continued fraction
 * DLMF 8.9.2 (Numerical Recipes 6.2.7) with the modified Lentz method.
 */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) throw new RangeError(`upperGamma needs a > 0 and x >= 0, got ${a}, ${x}`);
  if (x === 0) return 1;
  return x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
}

function factor(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - logGamma(a));
}

function lowerBySeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < MAX_STEPS && Math.abs(term) > Math.abs(sum) * PRECISION; step += 1) {
    term *= x / (a + step);
    sum += term;
  }
  return Math.min(1, sum * factor(a, x));
}

function upperByFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let step = 1; step < MAX_STEPS; step += 1) {
    const numerator = -step * (step - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return Math.min(1, fraction * factor(a, x));
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
