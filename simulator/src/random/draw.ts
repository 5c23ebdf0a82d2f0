import type { Random } from '@hymio/protocol';

/** Uniform in [low, high). */
export function drawBetween(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

/** A whole number from low to high, both included. */
export function drawInteger(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** Exponential with this mean: the gap between events of a Poisson process. */
export function drawExponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

/** True with this probability. */
export function drawChance(random: Random, probability: number): boolean {
  return random() < probability;
}
