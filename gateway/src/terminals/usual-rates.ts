import type { Span } from '../calendar/spans.js';

export const HOURS_OF_WEEK = 168;
const HOUR_MS = 3_600_000;
/** 1 January 1970 was a Thursday: hour 72 of a week that begins on Monday. */
const FIRST_HOUR = 72;
/** An hour of the week has a rate once it was open and worked for so long in all, ms. */
const LEAST_EXPOSURE_MS = 3 * HOUR_MS;

/** Hour of the week, 0 (Monday 0–1) … 167, by local time; `offsetMs`: local time minus UTC. */
export function hourOfWeek(at: number, offsetMs: number): number {
  return (Math.floor((at + offsetMs) / HOUR_MS) + FIRST_HOUR) % HOURS_OF_WEEK;
}

/** Presses of a terminal by hour of the week, and for how long it was open and known to work then, ms. */
export interface UsualHours {
  presses: number[];
  exposureMs: number[];
}

export function noUsualHours(): UsualHours {
  return { presses: Array(HOURS_OF_WEEK).fill(0), exposureMs: Array(HOURS_OF_WEEK).fill(0) };
}

/** Adds the time of `worked` (UTC ms, one UTC offset throughout), in place. */
export function addExposure({ exposureMs }: UsualHours, worked: readonly Span[], offsetMs: number): void {
  for (const span of worked) {
    for (let at = span.from; at < span.to; ) {
      const next = Math.min(span.to, (Math.floor((at + offsetMs) / HOUR_MS) + 1) * HOUR_MS - offsetMs);
      const hour = hourOfWeek(at, offsetMs);
      exposureMs[hour] = (exposureMs[hour] ?? 0) + next - at;
      at = next;
    }
  }
}

/** What is usual for a terminal. */
export interface UsualRates {
  /** Presses per hour that it is open and works, by hour of the week; 0 where there is too little history. */
  perHour: readonly number[];
  /** Presses that the rates are made of. */
  presses: number;
  /** Expected in a week of which every hour with a rate is as long as it usually is. */
  perWeek: number;
  /** How many weeks they are made of. */
  weeks: number;
}

/** Rates of hours in which the terminal has been open and working for three hours in all. `weeks`: how many were added up. */
export function usualRates({ presses, exposureMs }: UsualHours, weeks: number): UsualRates {
  const known = (hour: number) => (exposureMs[hour] ?? 0) >= LEAST_EXPOSURE_MS;
  const perHour = presses.map((n, hour) => (known(hour) ? n / ((exposureMs[hour] ?? 0) / HOUR_MS) : 0));
  const counted = presses.reduce((sum, n, hour) => (known(hour) ? sum + n : sum), 0);
  return { perHour, presses: counted, perWeek: weeks === 0 ? 0 : counted / weeks, weeks };
}

/** Usual presses of a day on which it is open; a week has five at least. */
export function usualPerDay({ perWeek }: UsualRates): number {
  return perWeek / 5;
}
