import type { Cancel, Clock } from '@hymio/protocol';
import type { Scheduler } from './scheduler.js';

/** Unwinds the production code of a process that has just died; nothing that it does afterwards has an effect. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';

  constructor() {
    // Thousands die in a run, and nobody reads where: the stack is what an error costs.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super();
    Error.stackTraceLimit = limit;
  }
}

/** A process that can be killed at any event, and between any two effects of one event. */
export class SimulatedProcess {
  readonly #onDeath: () => void;
  #alive = true;
  #pointsLeft = Number.POSITIVE_INFINITY;

  constructor(onDeath: () => void) {
    this.#onDeath = onDeath;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Dies at the n-th effect from now; 0 is the next. */
  dieAfter(points: number): void {
    this.#pointsLeft = points;
  }

  kill(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#onDeath();
  }

  /** Stands before and after every effect. Throws ProcessDied where the process ends here or has ended. */
  point(): void {
    if (!this.survives()) throw new ProcessDied();
  }

  /** As `point`, for code within promises, where what is thrown is not sure to unwind: false where it ends here. */
  survives(): boolean {
    if (!this.#alive) return false;
    this.#pointsLeft -= 1;
    if (this.#pointsLeft < 0) this.kill();
    return this.#alive;
  }

  /** Runs code of the process; nothing where it has died. */
  run(act: () => void): void {
    if (!this.#alive) return;
    try {
      act();
    } catch (error) {
      if (!(error instanceof ProcessDied)) throw error;
    }
  }
}

/** Timers of a process die with it. */
export function processTimer(scheduler: Scheduler, process: SimulatedProcess): Clock['after'] {
  return (delayMs: number, run: () => void): Cancel => {
    if (!process.survives()) return () => undefined;
    return scheduler.after(delayMs, () => process.run(run));
  };
}
