import type { Cancel, Clock } from '@hymio/protocol';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Store } from '../store/store.js';
import { closeDueBlocks } from './close-due-blocks.js';

const EVERY_MS = 10 * 60_000;

/** Publishes results of the service points that have a public view, when they are due. */
export class Publisher {
  readonly #parts: { store: Store; clock: Clock; log: Log; zone: string };
  #cancel: Cancel | undefined;
  #work: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(parts: { store: Store; clock: Clock; log: Log; zone: string }) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopped = false;
    this.#next(0);
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#work;
  }

  #next(delayMs: number): void {
    this.#cancel = this.#parts.clock.after(delayMs, () => {
      this.#work = this.#publish().finally(() => {
        if (!this.#stopped) this.#next(EVERY_MS);
      });
    });
  }

  async #publish(): Promise<void> {
    const { store, clock, log, zone } = this.#parts;
    try {
      for (const { servicePoint, enabled } of await store.publicSettings()) {
        if (enabled && !this.#stopped) await closeDueBlocks(store, servicePoint, { now: clock.now(), zone });
      }
    } catch (error) {
      log.error('public results not brought up to date; tried again in ten minutes', errorFields(error));
    }
  }
}
