/** Sources that are remembered; beyond that all are forgotten, as they are then no rarity. */
const MOST_SOURCES = 1_000;

/** Lets one line through for a source (a terminal, an address) and interval. Times are ms of a monotonic clock. */
export class LogLimit {
  readonly #intervalMs: number;
  readonly #at = new Map<string, number>();

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  allows(source: string, now: number): boolean {
    if (now - (this.#at.get(source) ?? -Infinity) < this.#intervalMs) return false;
    if (this.#at.size >= MOST_SOURCES) this.#at.clear();
    this.#at.set(source, now);
    return true;
  }
}
