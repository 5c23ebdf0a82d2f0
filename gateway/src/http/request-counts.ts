/** Remembers so many who ask at most: whose time began longest ago goes first, and counts from 1 when it comes again. */
const REMEMBERED = 20_000;

interface Count {
  requests: number;
  sinceMs: number;
}

/** How often each of those who ask has asked since its first request, for a time of `windowMs`; then it begins anew. */
export class RequestCounts {
  readonly #windowMs: number;
  /** In the order in which their times began. */
  readonly #counts = new Map<string, Count>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** One more request. `now`: of a clock that only goes forward, ms. `leftMs`: until the count begins anew. */
  add(who: string, now: number): { requests: number; leftMs: number } {
    this.#forget(now);
    const count = this.#counts.get(who) ?? { requests: 0, sinceMs: now };
    count.requests += 1;
    this.#counts.set(who, count);
    return { requests: count.requests, leftMs: count.sinceMs + this.#windowMs - now };
  }

  #forget(now: number): void {
    for (const [who, { sinceMs }] of this.#counts) {
      if (now - sinceMs < this.#windowMs && this.#counts.size < REMEMBERED) break;
      this.#counts.delete(who);
    }
  }
}
