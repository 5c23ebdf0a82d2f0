/** Takes back what was scheduled; harmless when it has run already. */
export type Cancel = () => void;

/** Time as the production code sees it, passed in everywhere so that it can run under a fake clock. */
export interface Clock {
  /** Wall time: UTC milliseconds since 1970. May jump either way. */
  now(): number;
  /** Milliseconds that only ever grow, unaffected by changes of the wall clock (on Linux CLOCK_BOOTTIME). */
  monotonic(): number;
  /** Runs `run` once, `delayMs` of monotonic time from now. */
  after(delayMs: number, run: () => void): Cancel;
}

/** A number in [0, 1), as `Math.random`. */
export type Random = () => number;
