import type { Span } from '../calendar/spans.js';
import { poissonTail } from '../statistics/poisson-tail.js';
import { hourOfWeek, type UsualRates, usualPerDay } from './usual-rates.js';

/** So few presses that chance brings them in one day of a thousand. */
export const QUIET_BELOW = 0.001;
/** A day's running count is looked at all day: that is like so many looks (worked out by simulation). */
const LOOKS_AT_TODAY = 6;
/** Of a history with fewer presses nothing is said. */
const LEAST_HISTORY = 30;
const HOUR_MS = 3_600_000;

/** Fewer presses than chance allows: `seen` where `expected` were usual from `from` (UTC ms) until now. */
export interface Quietness {
  window: 'since-last-press' | 'today';
  from: number;
  expected: number;
  seen: number;
  /** Of so few presses at some moment of a day, at the terminal's usual rate. */
  probability: number;
}

/** All that the statement follows from; times UTC ms. */
export interface QuietInput {
  rates: UsualRates;
  /** When it was open and the terminal is known to have worked, in order, up to now. */
  worked: readonly Span[];
  /** Nothing before it counts: since then it has stood where the rates are from. */
  since: number;
  lastPressAt: number | undefined;
  /** Presses of today, and when today began. */
  today: { from: number; presses: number };
  now: number;
  /** Local time minus UTC, ms. */
  offsetMs: number;
}

/**
 * Whether a terminal is improbably quiet, by the Poisson tail at its own usual rate per hour of the week. Two windows:
 * since its last press (none seen), and today so far. A page looks all the time, and a day has as many gaps as presses:
 * the probability is that of such a sight at any moment of a usual day, by Bonferroni, times 1 + usual presses per day for
 * the first window and times 6 for the second, with one standard error of the rate taken off it. Undefined: nothing improbable, or too little history to say.
 */
export function quietness(input: QuietInput): Quietness | undefined {
  const { rates, lastPressAt, today, now, since } = input;
  if (!hasHistory(rates)) return undefined;
  const gapFrom = Math.max(since, lastPressAt ?? since);
  const gap = expectedPresses(input, gapFrom, now);
  const gapProbability = poissonTail(0, atLeast(gap, rates)) * (1 + usualPerDay(rates));
  if (gapProbability < QUIET_BELOW) {
    return { window: 'since-last-press', from: gapFrom, expected: gap, seen: 0, probability: gapProbability };
  }
  const from = Math.max(since, today.from);
  const expected = expectedPresses(input, from, now);
  const probability = poissonTail(today.presses, atLeast(expected, rates)) * LOOKS_AT_TODAY;
  if (probability >= QUIET_BELOW) return undefined;
  return { window: 'today', from, expected, seen: today.presses, probability };
}

/** Whether there is enough of a past to say anything. */
export function hasHistory({ presses }: Pick<UsualRates, 'presses'>): boolean {
  return presses >= LEAST_HISTORY;
}

/** The rate is itself an estimate from so many weeks: one standard error less than expected. */
function atLeast(expected: number, { weeks }: UsualRates): number {
  return weeks === 0 ? 0 : Math.max(0, expected - Math.sqrt(expected / weeks));
}

/** Usual presses in from…to, over the time that was open and worked. */
function expectedPresses({ rates, worked, offsetMs }: QuietInput, from: number, to: number): number {
  let expected = 0;
  for (let i = worked.length - 1; i >= 0; i -= 1) {
    const span = worked[i];
    if (span === undefined || span.to <= from) break;
    const end = Math.min(span.to, to);
    for (let at = Math.max(span.from, from); at < end; ) {
      const next = Math.min(end, (Math.floor((at + offsetMs) / HOUR_MS) + 1) * HOUR_MS - offsetMs);
      expected += (rates.perHour[hourOfWeek(at, offsetMs)] ?? 0) * ((next - at) / HOUR_MS);
      at = next;
    }
  }
  return expected;
}
