import type { PanelFaultCode } from './driver/panel-driver.js';

/** Longest wait before the second attempt, ms; doubled with each further one that meets the same fault. */
const FIRST_MS = 250;
/** Longest wait of all, ms. */
export const RETRY_MOST_MS = 2_000;
/** The same where only a look at a folder is lost: an Uno takes four seconds to start, and 5 s are promised. */
export const REPLUG_MOST_MS = 700;
const COSTS_A_LOOK: readonly PanelFaultCode[] = ['panel-unplugged', 'panel-not-found', 'panel-several-found'];
/** A panel that worked so long, ms, is tried again as if it had never failed. */
export const STEADY_MS = 10_000;

/**
 * When a panel is tried again: exponential backoff, half of it random. It begins small because some faults last for
 * moments: a board that was just plugged in may not be opened before udev has given it to its group.
 */
export class RetrySchedule {
  #last: { code: PanelFaultCode; count: number } | undefined;

  /** The wait after a failure, ms. `workedMs`: how long the panel had worked before it. `random`: 0 … 1. */
  afterFailure(code: PanelFaultCode, workedMs: number, random: number): number {
    const before = this.#last?.code === code && workedMs < STEADY_MS ? this.#last.count : 0;
    this.#last = { code, count: before + 1 };
    const mostMs = COSTS_A_LOOK.includes(code) ? REPLUG_MOST_MS : RETRY_MOST_MS;
    const ceilingMs = Math.min(mostMs, FIRST_MS * 2 ** before);
    return (ceilingMs / 2) * (1 + random);
  }
}
