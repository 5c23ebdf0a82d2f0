import { offsetSegments } from './offset-segments.js';

const HOUR_MS = 3_600_000;

/** Tells the local hour of day, 0…23, of instants in [from, to), UTC ms. */
export function localHour(zone: string, from: number, to: number): (at: number) => number {
  const segments = offsetSegments(from, to, zone);
  return (at) => {
    const segment = segments.find((one) => at < one.to) ?? segments.at(-1);
    return Math.floor((at + (segment?.offsetMs ?? 0)) / HOUR_MS) % 24;
  };
}
