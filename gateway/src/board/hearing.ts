import type { Cancel, Clock } from '@hymio/protocol';

/** How often the connection to the broker is looked at, ms. */
const LOOK_MS = 2_000;

/** When the gateway heard nobody, UTC ms. `from` undefined: since before it started. */
export interface Deafness {
  from?: number;
  to: number;
}

/** Remembers when the gateway itself last had no broker: silence in that time says nothing about a terminal. */
export class Hearing {
  readonly #clock: Clock;
  readonly #connected: () => boolean;
  #state: { kind: 'deaf'; since?: number } | { kind: 'hearing'; last: Deafness } = { kind: 'deaf' };
  #cancel: Cancel | undefined;

  constructor(clock: Clock, connected: () => boolean) {
    this.#clock = clock;
    this.#connected = connected;
  }

  start(): void {
    this.#look();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** The last stretch without a broker; it goes on while there is none. */
  deafness(): Deafness {
    return this.#state.kind === 'hearing' ? this.#state.last : { ...fromOf(this.#state), to: this.#clock.now() };
  }

  #look(): void {
    const now = this.#clock.now();
    if (this.#connected()) {
      if (this.#state.kind === 'deaf') this.#state = { kind: 'hearing', last: { ...fromOf(this.#state), to: now } };
    } else if (this.#state.kind === 'hearing') {
      this.#state = { kind: 'deaf', since: now - LOOK_MS };
    }
    this.#cancel = this.#clock.after(LOOK_MS, () => this.#look());
  }
}

function fromOf({ since }: { since?: number }): { from?: number } {
  return since === undefined ? {} : { from: since };
}
