import type { Random } from '@hymio/protocol';
import { drawExponential } from '../random/draw.js';
import type { Scheduler } from './scheduler.js';

/** Faults that last: each ends by itself, or when everything is to heal. */
export class Episodes {
  readonly #scheduler: Scheduler;
  readonly #meanMs: number;
  readonly #open = new Set<() => void>();

  /** `meanMs`: how long a fault lasts on average. */
  constructor(scheduler: Scheduler, meanMs: number) {
    this.#scheduler = scheduler;
    this.#meanMs = meanMs;
  }

  /** Calls `end` once: after `lengthMs`, or a time drawn from `random`, or at `healAll`. */
  lasting(random: Random, end: () => void, lengthMs?: number): void {
    const drawn = lengthMs ?? drawExponential(random, this.#meanMs);
    const finish = (): void => {
      if (this.#open.delete(finish)) end();
    };
    this.#open.add(finish);
    this.#scheduler.after(drawn, finish);
  }

  healAll(): void {
    for (const finish of [...this.#open]) finish();
  }
}
