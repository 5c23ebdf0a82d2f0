import type { Cancel, Clock } from '@hymio/protocol';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Store } from '../store/store.js';

const DAY_MS = 24 * 3_600_000;
const FIRST_AFTER_MS = 60_000;

/** Removes raw presses that are older than the retention, once a day. Rollups stay. */
export class Retention {
  readonly #parts: { store: Store; clock: Clock; log: Log; retentionDays: number };
  #cancel: Cancel | undefined;

  constructor(parts: { store: Store; clock: Clock; log: Log; retentionDays: number }) {
    this.#parts = parts;
  }

  start(): void {
    this.#schedule(FIRST_AFTER_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #schedule(delayMs: number): void {
    this.#cancel = this.#parts.clock.after(delayMs, () => {
      this.#schedule(DAY_MS);
      void this.#prune();
    });
  }

  async #prune(): Promise<void> {
    const { store, clock, log, retentionDays } = this.#parts;
    try {
      const { pruned } = await store.prune(clock.now() - retentionDays * DAY_MS);
      if (pruned > 0) log.info('raw presses beyond the retention removed', { pruned, retentionDays });
    } catch (error) {
      log.error('prune failed; tried again tomorrow', errorFields(error));
    }
  }
}
