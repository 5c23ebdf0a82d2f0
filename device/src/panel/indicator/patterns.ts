import type { Signal } from '../driver/panel-driver.js';

/** Durations in ms, on and off in turn, beginning with on; off afterwards. */
export interface Pattern {
  light: readonly number[];
  beep: readonly number[];
}

/**
 * What light and beeper do for each signal; docs/operations.md shows them. None depends on the rating: a bystander must
 * not learn which button was pressed.
 */
export const PATTERNS: Readonly<Record<Signal, Pattern>> = {
  off: { light: [], beep: [] },
  /** Three short flashes: the terminal has started, or the panel is back. */
  starting: { light: [80, 120, 80, 120, 80], beep: [] },
  /** One calm light. */
  thanks: { light: [700], beep: [60] },
  /** Six hasty flashes for two seconds: please ask staff. Never more than three a second (WCAG 2.3.1). */
  'not-counted': { light: [170, 170, 170, 170, 170, 170, 170, 170, 170, 170, 170], beep: [300, 150, 300] },
  /** A single blip, once a minute: staff see it, customers do not mind it. */
  'no-contact': { light: [40], beep: [] },
  /** Once a second while somebody looks for this terminal: half a second on. */
  identify: { light: [500], beep: [] },
};

/** Between two blips of `no-contact`. */
export const NO_CONTACT_EVERY_MS = 60_000;
/** A light that is on already goes off for this long before it says the same again. */
export const DIP_MS = 40;
