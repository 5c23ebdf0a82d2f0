import { RATING_NAMES, RATINGS, type Rating } from '@hymio/protocol';

/** A button is suspicious once the others were pressed this often since its own last press … */
export const SUSPICIOUS_PRESSES = 200;
/** … and the panel has worked this long since, ms. Both: a busy day is no sign, and neither is a quiet month. */
export const SUSPICIOUS_MS = 14 * 24 * 3_600_000;

/** Since each button's last press: presses of the others, and time the panel has worked, ms. */
export interface ButtonUsage {
  othersPressed: readonly number[];
  workedMs: readonly number[];
}

export const NO_USAGE: ButtonUsage = { othersPressed: [0, 0, 0, 0], workedMs: [0, 0, 0, 0] };

/** One press more. */
export function usedButton(usage: ButtonUsage, button: Rating): ButtonUsage {
  return {
    othersPressed: RATINGS.map((rating) => (rating === button ? 0 : (usage.othersPressed[rating] ?? 0) + 1)),
    workedMs: usage.workedMs.with(button, 0),
  };
}

/** The panel has worked `ms` more. */
export function workedOn(usage: ButtonUsage, ms: number): ButtonUsage {
  return { ...usage, workedMs: usage.workedMs.map((worked) => worked + ms) };
}

/** Detail of the fault `button-suspicious`; undefined where no button is. */
export function suspiciousDetail({ othersPressed, workedMs }: ButtonUsage): string | undefined {
  const names = RATINGS.filter(
    (rating) => (othersPressed[rating] ?? 0) >= SUSPICIOUS_PRESSES && (workedMs[rating] ?? 0) >= SUSPICIOUS_MS,
  ).map((rating) => `${RATING_NAMES[rating]} (${othersPressed[rating]} presses of the others since)`);
  return names.length === 0 ? undefined : `not pressed for more than two weeks: ${names.join(', ')}`;
}
