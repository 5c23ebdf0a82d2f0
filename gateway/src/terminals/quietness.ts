/** Fewer presses than chance allows: `seen` where `expected` were usual from `from` (UTC ms) until now. */
export interface Quietness {
  window: 'since-last-press' | 'today';
  from: number;
  expected: number;
  seen: number;
  /** Of so few presses, at the terminal's usual rate. */
  probability: number;
}
