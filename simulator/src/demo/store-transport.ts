import type { Publication, Transport, TransportListener } from '@hymio/device';
import type { Arrival, Store } from '@hymio/gateway';
import {
  decodeJson,
  type PressesMessage,
  pressesMessageSchema,
  type StatusMessage,
  statusMessageSchema,
  validate,
} from '@hymio/protocol';

/**
 * A way from a terminal straight into a store, as if a gateway had been there at the terminal's own time: how the demo
 * gets a past. Only for a store that no gateway serves.
 */
export class StoreTransport implements Transport {
  readonly #store: Store;
  readonly #terminal: string;
  readonly #now: () => number;
  #listener: TransportListener | undefined;
  #work: Promise<void> = Promise.resolve();

  /** `now`: true time, UTC ms. */
  constructor(store: Store, terminal: string, now: () => number) {
    this.#store = store;
    this.#terminal = terminal;
    this.#now = now;
  }

  start(listener: TransportListener): void {
    this.#listener = listener;
    this.#commit({ ...this.#arrived(), kind: 'availability', retained: false, availability: 'online' });
    listener.connected();
  }

  publish({ kind, payload }: Publication): void {
    const json = decodeJson(Buffer.from(payload));
    if (!json.ok) throw new Error(json.reason);
    if (kind === 'presses') {
      const batch = validate<PressesMessage>(pressesMessageSchema, json.message);
      if (!batch.ok) throw new Error(batch.reason);
      this.#commit({ ...this.#arrived(), kind, message: batch.message });
    } else if (kind === 'status') {
      const status = validate<StatusMessage>(statusMessageSchema, json.message);
      if (!status.ok) throw new Error(status.reason);
      this.#commit({ ...this.#arrived(), kind, retained: false, message: status.message });
    }
  }

  /** Resolves once nothing is on its way any more, in either direction. Errors: the store's. */
  async idle(): Promise<void> {
    for (let work: Promise<void> | undefined; work !== this.#work; await work) work = this.#work;
  }

  async stop(): Promise<void> {
    this.#listener = undefined;
    this.#commit({ ...this.#arrived(), kind: 'availability', retained: false, availability: 'offline' });
    await this.idle();
  }

  #arrived(): { terminal: string; receivedAt: number } {
    return { terminal: this.#terminal, receivedAt: this.#now() };
  }

  #commit(arrival: Arrival): void {
    this.#work = this.#work.then(async () => {
      const [outcome] = await this.#store.commit([arrival]);
      for (const ack of outcome?.acks ?? []) this.#listener?.message('ack', Buffer.from(JSON.stringify(ack)));
    });
    // Whoever waits for `idle` hears of the error; until then it is not unheard.
    this.#work.catch(() => undefined);
  }
}
