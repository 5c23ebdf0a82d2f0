import type { Clock } from '@hymio/protocol';

/**
 * When there was last a sign that the gateway takes what this terminal sends: a word of it, or a connection over which
 * nothing waits to be acknowledged.
 */
export class GatewayContact {
  readonly #clock: Clock;
  #lastMs: number;
  #connection: 'up' | 'down' = 'down';

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastMs = clock.monotonic();
  }

  heard(): void {
    this.#lastMs = this.#clock.monotonic();
  }

  /** A press has waited so long, ms: also before this start nobody took it. */
  waited(ms: number): void {
    this.#lastMs = Math.min(this.#lastMs, this.#clock.monotonic() - ms);
  }

  connection(now: 'up' | 'down'): void {
    this.#connection = now;
  }

  /** Time without a sign, ms. `pending`: presses wait to be acknowledged. */
  silentMs(pending: boolean): number {
    if (this.#connection === 'up' && !pending) this.heard();
    return this.#clock.monotonic() - this.#lastMs;
  }
}
