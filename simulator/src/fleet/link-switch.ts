import type { Publication, Transport, TransportListener } from '@hymio/device';

type SwitchState = { kind: 'down' } | { kind: 'up'; transport: Transport; connected: boolean };

/** The network cable of a terminal: starts unplugged; every time it is plugged in, `open` makes a new transport. */
export class LinkSwitch implements Transport {
  readonly #open: () => Transport;
  #listener: TransportListener | undefined;
  #wanted = false;
  #state: SwitchState = { kind: 'down' };

  constructor(open: () => Transport) {
    this.#open = open;
  }

  start(listener: TransportListener): void {
    this.#listener = listener;
    if (this.#wanted) this.#plugIn(listener);
  }

  publish(publication: Publication): void {
    if (this.#state.kind === 'up') this.#state.transport.publish(publication);
  }

  async stop(): Promise<void> {
    this.#listener = undefined;
    const state = this.#state;
    this.#state = { kind: 'down' };
    if (state.kind === 'up') await state.transport.stop();
  }

  up(): void {
    this.#wanted = true;
    if (this.#state.kind === 'down' && this.#listener !== undefined) this.#plugIn(this.#listener);
  }

  /** The listener hears of the end at once; the transport is given up in the background. */
  async down(): Promise<void> {
    this.#wanted = false;
    const state = this.#state;
    if (state.kind === 'down') return;
    this.#state = { kind: 'down' };
    if (state.connected) this.#listener?.disconnected();
    await state.transport.stop();
  }

  #plugIn(listener: TransportListener): void {
    const state = { kind: 'up', transport: this.#open(), connected: false } as const satisfies SwitchState;
    const mine: SwitchState = { ...state };
    this.#state = mine;
    const current = (): boolean => this.#state === mine;
    mine.transport.start({
      connected: () => {
        if (!current()) return;
        mine.connected = true;
        listener.connected();
      },
      disconnected: () => {
        if (!current()) return;
        mine.connected = false;
        listener.disconnected();
      },
      message: (kind, payload) => {
        if (current()) listener.message(kind, payload);
      },
      fault: (code, detail) => {
        if (current()) listener.fault(code, detail);
      },
    });
  }
}
