import type { Cancel, Clock } from '@hymio/protocol';

/** Real time, some times faster, for what waits on a real network; can be silenced at once, like a machine that dies. */
export class NetworkClock implements Clock {
  readonly #factor: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  #powered = true;

  /** `factor` 20: a pause of one second lasts 50 ms. */
  constructor(factor: number) {
    this.#factor = factor;
  }

  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now() * this.#factor;
  }

  after(delayMs: number, run: () => void): Cancel {
    if (!this.#powered) return () => undefined;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs / this.#factor);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  powerOff(): void {
    this.#powered = false;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
