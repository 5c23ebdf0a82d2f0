import type { Arrival, Outcome, Store } from '@hymio/gateway';
import { HymioError, type Random } from '@hymio/protocol';
import { drawBetween } from '../random/draw.js';
import type { Scheduler } from './scheduler.js';
import type { SimulatedProcess } from './simulated-process.js';

export interface SlowStoreParts {
  store: Store;
  scheduler: Scheduler;
  random: Random;
  process: SimulatedProcess;
  /** Longest time before and after a COMMIT, ms. */
  commitMs: number;
  /** What the next COMMIT fails with, if anything. */
  failure: () => Error | undefined;
  onCommit: (arrivals: readonly Arrival[], outcomes: readonly Outcome[]) => void;
  onThrow: (error: unknown) => void;
}

/** What ingest uses of a store. */
export type IngestStore = Pick<Store, 'commit' | 'terminal'>;

/** A store whose commits take time, fail, and may be the last thing that the gateway does. */
export class SlowStore implements IngestStore {
  readonly #parts: SlowStoreParts;

  constructor(parts: SlowStoreParts) {
    this.#parts = parts;
  }

  /** Never settles where the process dies under it. */
  commit(arrivals: readonly Arrival[]): Promise<Outcome[]> {
    return new Promise((resolve, reject) => {
      this.#later(() => {
        const { failure, process, store } = this.#parts;
        const error = failure();
        if (error) {
          reject(error);
          this.#parts.scheduler.promisesWait();
          return;
        }
        process.point();
        this.#settle(store.commit(arrivals), (outcomes) => {
          this.#parts.onCommit(arrivals, outcomes);
          this.#later(() => {
            process.point();
            resolve(outcomes);
            this.#parts.scheduler.promisesWait();
          });
        });
      });
    });
  }

  terminal(id: string, at: number): ReturnType<Store['terminal']> {
    return new Promise((resolve) => {
      this.#later(() =>
        this.#settle(this.#parts.store.terminal(id, at), (detail) => {
          resolve(detail);
          this.#parts.scheduler.promisesWait();
        }),
      );
    });
  }

  #later(act: () => void): void {
    const { scheduler, random, process, commitMs } = this.#parts;
    scheduler.after(drawBetween(random, 0, commitMs), () => process.run(act));
  }

  #settle<T>(promise: Promise<T>, act: (value: T) => void): void {
    promise.then(act).catch(this.#parts.onThrow);
    this.#parts.scheduler.promisesWait();
  }
}

export function storeFull(): HymioError {
  return new HymioError('store-full', 'The simulated disk is full.', 'End the simulated fault.');
}

export const STUMBLE = 'the simulated store stumbles';

/** A bug of the store, as far as ingest can tell. */
export function storeStumble(): Error {
  return new Error(STUMBLE);
}
