/** Sources that are remembered; beyond that all are forgotten, as they are then no rarity. */
const MOST_SOURCES = 1_000;

/** Lets a few lines through for a source (a terminal, an address) and interval. Times are ms of a monotonic clock. */
export class LogLimit {
  readonly #intervalMs: number;
  readonly #most: number;
  readonly #said = new Map<string, { since: number; lines: number }>();

  /** `most`: lines of a source and interval. */
  constructor(intervalMs: number, most = 1) {
    this.#intervalMs = intervalMs;
    this.#most = most;
  }

  allows(source: string, now: number): boolean {
    const said = this.#said.get(source);
    if (said !== undefined && now - said.since < this.#intervalMs) {
      said.lines += 1;
      return said.lines <= this.#most;
    }
    if (this.#said.size >= MOST_SOURCES) this.#said.clear();
    this.#said.set(source, { since: now, lines: 1 });
    return true;
  }
}
