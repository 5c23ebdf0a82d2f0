import type { Cancel, Clock } from '@hymio/protocol';
import { headOf } from '../administration/audit-chain.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Store } from '../store/store.js';

const DAY_MS = 24 * 3_600_000;

/**
 * Notes the end of the log of changes in the program's own log, at the start and once a day: where that log is kept by
 * another machine, a log of changes that was cut off or written anew is found by `audit verify --head`.
 */
export class AuditWatch {
  readonly #parts: { store: Pick<Store, 'registryLog'>; clock: Clock; log: Log };
  #cancel: Cancel | undefined;

  constructor(parts: { store: Pick<Store, 'registryLog'>; clock: Clock; log: Log }) {
    this.#parts = parts;
  }

  start(): void {
    this.#cancel = this.#parts.clock.after(DAY_MS, () => this.start());
    void this.#note();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #note(): Promise<void> {
    const { store, log } = this.#parts;
    try {
      const [newest] = await store.registryLog({ limit: 1 });
      log.info('head of the log of changes', { ...headOf(newest) });
    } catch (error) {
      log.error('the head of the log of changes could not be read; tried again tomorrow', errorFields(error));
    }
  }
}
