import { upperGamma } from './incomplete-gamma.js';

/**
 * P(X ≤ k) of a Poisson variable with mean λ: Q(k + 1, λ), the regularised upper incomplete gamma function
 * (NIST DLMF 8.2.4, 8.4.10). 1 at λ = 0.
 */
export function poissonTail(k: number, mean: number): number {
  return upperGamma(k + 1, mean);
}
