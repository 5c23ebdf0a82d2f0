/** What turns contact changes into presses. Times in ms. */
export interface ButtonRules {
  /** After a change of the contact further ones are taken for bounce this long. */
  lockoutMs: number;
  /** A button down this long is stuck. */
  stuckMs: number;
  /** More changes than this in every second of `chatterSeconds` in a row: the contact chatters. */
  chatterEdgesPerSecond: number;
  chatterSeconds: number;
  /** Without such a second for this long it counts as well again. */
  chatterQuietMs: number;
}

/** A contact that changes bounces no longer than this, ms; what a lockout has above it is patience with late readings. */
export const LONGEST_BOUNCE_MS = 10;

export const DEFAULT_BUTTON_RULES: ButtonRules = {
  lockoutMs: 25,
  stuckMs: 60_000,
  chatterEdgesPerSecond: 20,
  chatterSeconds: 5,
  chatterQuietMs: 10 * 60_000,
};
