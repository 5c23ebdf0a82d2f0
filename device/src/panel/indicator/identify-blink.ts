import { type Cancel, type Clock, IDENTIFY_MS } from '@hymio/protocol';
import type { Indicator } from './indicator.js';

/** From one blink to the next, ms. */
const EVERY_MS = 1_000;

/** Blinks for a while, so that somebody sees which terminal it is. Thanks for presses come in between and go first. */
export class IdentifyBlink {
  readonly #clock: Clock;
  readonly #indicator: Indicator;
  #cancel: Cancel = () => undefined;

  constructor(clock: Clock, indicator: Indicator) {
    this.#clock = clock;
    this.#indicator = indicator;
  }

  start(): void {
    this.stop();
    this.#blink(this.#clock.monotonic() + IDENTIFY_MS);
  }

  stop(): void {
    this.#cancel();
    this.#cancel = () => undefined;
  }

  #blink(untilMs: number): void {
    if (this.#clock.monotonic() >= untilMs) return;
    if (this.#indicator.idle) this.#indicator.show('identify');
    this.#cancel = this.#clock.after(EVERY_MS, () => this.#blink(untilMs));
  }
}
