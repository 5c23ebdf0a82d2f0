/** How many of the last events a failure shows. */
const REMEMBERED = 60;

/** Everything that happens, in order: a hash to tell two runs apart, and the last events for a failure. */
export class Trace {
  readonly #now: () => number;
  readonly #startMs: number;
  readonly #onLine: ((line: string) => void) | undefined;
  readonly #last: { atMs: number; text: string }[] = [];
  #hash = 0x811c9dc5;
  #other = 0x1b873593;

  /** `now`: true time, UTC ms. `onLine` hears of every event. */
  constructor(now: () => number, onLine?: (line: string) => void) {
    this.#now = now;
    this.#startMs = now();
    this.#onLine = onLine;
  }

  /** `unseen` counts for the hash, and is too long to be shown. */
  note(text: string, unseen = ''): void {
    const atMs = this.#now() - this.#startMs;
    this.#mix(`${atMs} ${text}${unseen}`);
    this.#last.push({ atMs, text });
    if (this.#last.length > 2 * REMEMBERED) this.#last.splice(0, REMEMBERED);
    this.#onLine?.(describe(atMs, text));
  }

  /** 16 hexadecimal digits; equal for equal runs. */
  hash(): string {
    return [this.#hash, this.#other].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }

  lastLines(): string[] {
    return this.#last.slice(-REMEMBERED).map(({ atMs, text }) => describe(atMs, text));
  }

  /** FNV-1a twice, with different starts and multipliers. */
  #mix(text: string): void {
    let hash = this.#hash;
    let other = this.#other;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      hash = Math.imul(hash ^ unit, 0x01000193);
      other = Math.imul(other ^ unit, 0x5bd1e995) ^ (other >>> 15);
    }
    this.#hash = hash;
    this.#other = other;
  }
}

function describe(atMs: number, text: string): string {
  return `${(atMs / 1000).toFixed(3).padStart(12)} s  ${text}`;
}
