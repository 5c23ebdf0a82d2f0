/** How many messages may come at once, and how many a second for long. */
export interface RateLimits {
  burst: number;
  perSecond: number;
}

/** A token bucket. Times are ms of a monotonic clock. */
export class MessageRate {
  readonly #limits: RateLimits;
  #left: number;
  #at: number;

  constructor(limits: RateLimits, now: number) {
    this.#limits = limits;
    this.#left = limits.burst;
    this.#at = now;
  }

  /** Counts one message; false where it is one too many. */
  allows(now: number): boolean {
    const { burst, perSecond } = this.#limits;
    this.#left = Math.min(burst, this.#left + ((now - this.#at) * perSecond) / 1_000);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
