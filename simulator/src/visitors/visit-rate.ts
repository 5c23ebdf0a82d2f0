import { LocalTime } from '../time/local-time.js';
import { isOpen, type OpeningHours } from './opening-hours.js';
import type { VisitorProfile } from './visitor-profile.js';

const MINUTE_MS = 60_000;

/** How the expected events of a week lie in it. */
export interface VisitRate {
  /** Share of the week's events per millisecond at an instant (UTC ms); 0 where it is closed. */
  at(utcMs: number): number;
  /** Its greatest value. */
  peak: number;
  /** First instant after this one at which it may be open, looked for in quarters of an hour. */
  skipClosed(utcMs: number): number;
}

/** The rate follows the local clock: opening hours and how busy each hour is. */
export function visitRate(
  profile: Pick<VisitorProfile, 'zone' | 'openingHours' | 'hourWeights'>,
  local = new LocalTime(profile.zone),
): VisitRate {
  const { openingHours, hourWeights } = profile;
  const weightOf = (minute: number): number => hourWeights[Math.floor(minute / 60)] ?? 0;
  const weekWeightMs = weightOfWeek(openingHours, weightOf) * MINUTE_MS;
  const open = (utcMs: number): boolean => {
    const { weekday, minute } = local.at(utcMs);
    return isOpen(openingHours, weekday, minute);
  };
  return {
    at: (utcMs) => (open(utcMs) ? weightOf(local.at(utcMs).minute) / weekWeightMs : 0),
    peak: weekWeightMs === 0 ? 0 : Math.max(0, ...hourWeights) / weekWeightMs,
    skipClosed: (utcMs) => {
      if (open(utcMs)) return utcMs;
      const quarter = 15 * MINUTE_MS;
      const next = Math.floor(utcMs / quarter) * quarter + quarter;
      return open(next - 1) ? utcMs : next;
    },
  };
}

function weightOfWeek(openingHours: OpeningHours, weightOf: (minute: number) => number): number {
  let sum = 0;
  for (const spans of Object.values(openingHours)) {
    for (const { from, to } of spans) for (let minute = from; minute < to; minute += 1) sum += weightOf(minute);
  }
  return sum;
}
