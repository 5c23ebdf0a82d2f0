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

/** A version 4 UUID, for epochs and boot ids that a seed decides. */
export function drawUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => drawInteger(random, 0, 15).toString(16));
  hex[12] = '4';
  hex[16] = '89ab'.charAt(drawInteger(random, 0, 3));
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
