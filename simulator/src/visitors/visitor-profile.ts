import type { OpeningHours } from './opening-hours.js';

/** What happens at one terminal in an ordinary week. */
export interface VisitorProfile {
  /** IANA zone of the opening hours. */
  zone: string;
  openingHours: OpeningHours;
  /** Expected visits that end in a press, per ordinary week. */
  visitsPerWeek: number;
  /** How busy each local hour of the day is, relative to the others. */
  hourWeights: readonly number[];
  /** Share of visitors who press one of the two happy smileys, 0 … 1. */
  satisfaction: number;
  /** Added to `satisfaction` by local hour of the day. */
  hourMood: readonly number[];
  /** Share of visitors who press again within seconds, 0 … 1. */
  repeatShare: number;
  /** Expected bursts of a child hammering the buttons, per ordinary week. */
  childrenPerWeek: number;
}

/** A peak in the morning, one after lunch. */
const OFFICE_WEIGHTS = hours((hour) => 1 + 1.4 * bell(hour, 9.5, 1.3) + 0.9 * bell(hour, 13.5, 1.5));
/** Queues before noon and late in the afternoon spoil the mood a little. */
const OFFICE_MOOD = hours((hour) => 0.03 - 0.09 * bell(hour, 11.5, 0.9) - 0.12 * bell(hour, 15.5, 0.8));

/** A profile with realistic rest: about 11 visits a week at a quiet office, 108 a day at a busy clinic. */
export function visitorProfile(
  given: Pick<VisitorProfile, 'zone' | 'openingHours' | 'visitsPerWeek'> & Partial<VisitorProfile>,
): VisitorProfile {
  return {
    hourWeights: OFFICE_WEIGHTS,
    satisfaction: 0.82,
    hourMood: OFFICE_MOOD,
    repeatShare: 0.07,
    childrenPerWeek: Math.min(3, given.visitsPerWeek / 200),
    ...given,
  };
}

function hours(value: (hour: number) => number): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => value(hour + 0.5));
}

function bell(hour: number, peak: number, width: number): number {
  return Math.exp(-0.5 * ((hour - peak) / width) ** 2);
}
