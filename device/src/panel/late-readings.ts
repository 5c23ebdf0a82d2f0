import { LONGEST_BOUNCE_MS } from './buttons/button-rules.js';
import type { ButtonEdge } from './driver/panel-driver.js';

/** What waited while a press was kept is read within this. */
const READ_WITHIN_MS = 10;

/**
 * A press is kept before anything else is done. What a panel sent meanwhile is read after that, and was perhaps sent at
 * its beginning: without this, bounce would be taken for another push where the disk is slow. Where the reading is late
 * by less than the lockout has to spare for that, there is no doubt: it would cost short pushes.
 */
export class LateReadings {
  /** When the last press was being kept, boot ms. */
  #keeping = { sinceMs: Number.NEGATIVE_INFINITY, untilMs: Number.NEGATIVE_INFINITY };

  /** A press was being kept between these, boot ms. */
  kept(sinceMs: number, untilMs: number): void {
    this.#keeping = { sinceMs, untilMs };
  }

  /** Since when a contact may have changed, where that is not known better. */
  doubt({ bootMs, exact }: ButtonEdge, lockoutMs: number): { earliestMs: number } | undefined {
    const { sinceMs, untilMs } = this.#keeping;
    if (bootMs - sinceMs <= lockoutMs - LONGEST_BOUNCE_MS) return undefined;
    return exact !== true && bootMs >= untilMs && bootMs < untilMs + READ_WITHIN_MS
      ? { earliestMs: sinceMs }
      : undefined;
  }
}
