/** Remembers what `read` found for a while, so that many who ask cost one reading; who asks meanwhile waits for it. */
export class BriefMemory<T> {
  readonly #read: () => Promise<T>;
  readonly #keptMs: number;
  readonly #monotonic: () => number;
  #last: { at: number; found: Promise<T> } | undefined;

  /** `monotonic`: ms of a clock that does not jump. */
  constructor(read: () => Promise<T>, keptMs: number, monotonic: () => number) {
    this.#read = read;
    this.#keptMs = keptMs;
    this.#monotonic = monotonic;
  }

  /** At most `keptMs` old. Errors: those of `read`, which is then tried anew by the next who asks. */
  get(): Promise<T> {
    const now = this.#monotonic();
    if (this.#last !== undefined && now - this.#last.at < this.#keptMs) return this.#last.found;
    const last = { at: now, found: this.#read() };
    this.#last = last;
    last.found.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    return last.found;
  }
}
