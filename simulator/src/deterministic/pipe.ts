import type { Scheduler } from './scheduler.js';

interface Parcel {
  dueMs: number;
  run: () => void;
}

/** One direction of a connection: keeps the order, takes its time, can be blocked. */
export class Pipe {
  readonly #scheduler: Scheduler;
  readonly #delayMs: () => number;
  readonly #blocked: () => boolean;
  #queue: Parcel[] = [];
  #lastDueMs = 0;

  constructor(scheduler: Scheduler, delayMs: () => number, blocked: () => boolean) {
    this.#scheduler = scheduler;
    this.#delayMs = delayMs;
    this.#blocked = blocked;
  }

  send(run: () => void): void {
    const dueMs = Math.max(this.#lastDueMs, this.#scheduler.now() + this.#delayMs());
    this.#lastDueMs = dueMs;
    this.#queue.push({ dueMs, run });
    this.#scheduler.at(dueMs, () => this.pump());
  }

  /** Delivers what is due; to be called when a block ends. */
  pump(): void {
    while (!this.#blocked()) {
      const head = this.#queue[0];
      if (head === undefined || head.dueMs > this.#scheduler.now()) return;
      this.#queue.shift();
      head.run();
    }
  }

  /** What is under way still arrives, at once. */
  flush(): void {
    const parcels = this.#queue;
    this.#queue = [];
    for (const { run } of parcels) run();
  }

  drop(): void {
    this.#queue = [];
  }
}
