import type { Cancel, Clock } from '@hymio/protocol';

/** Real time that runs faster, so that tests need not wait out a firmware's patience. */
export class HastyClock implements Clock {
  readonly #factor: number;

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
    const timer = setTimeout(run, delayMs / this.#factor);
    return () => clearTimeout(timer);
  }
}
