import type { Cancel, Clock } from '@hymio/protocol';
import type { Signal } from '../driver/panel-driver.js';
import { DIP_MS, PATTERNS, type Pattern } from './patterns.js';

/** Where the signals go. */
export interface IndicatorOutput {
  light(on: boolean): void;
  beep(on: boolean): void;
}

interface Channel {
  set: (on: boolean) => void;
  on: boolean;
  cancel: Cancel | undefined;
}

/** Plays signals on light and beeper. The newer one wins; a new one over a light that is on begins with a short dip. */
export class Indicator {
  readonly #clock: Clock;
  readonly #light: Channel;
  readonly #beep: Channel;
  readonly #patternOf: (signal: Signal) => Pattern;

  constructor(clock: Clock, output: IndicatorOutput, patternOf = (signal: Signal): Pattern => PATTERNS[signal]) {
    this.#clock = clock;
    this.#patternOf = patternOf;
    this.#light = { set: (on) => output.light(on), on: false, cancel: undefined };
    this.#beep = { set: (on) => output.beep(on), on: false, cancel: undefined };
  }

  show(signal: Signal): void {
    const { light, beep } = this.#patternOf(signal);
    this.#play(this.#light, light);
    this.#play(this.#beep, beep);
  }

  /** True where nothing is being shown. */
  get idle(): boolean {
    return this.#light.cancel === undefined && this.#beep.cancel === undefined;
  }

  /** Stops without a word to the output, which is gone. */
  forget(): void {
    for (const channel of [this.#light, this.#beep]) {
      channel.cancel?.();
      channel.cancel = undefined;
      channel.on = false;
    }
  }

  #play(channel: Channel, steps: readonly number[]): void {
    channel.cancel?.();
    channel.cancel = undefined;
    const [first, ...rest] = steps;
    const wasOn = channel.on;
    this.#switch(channel, first !== undefined && !wasOn);
    if (first === undefined) return;
    if (wasOn) this.#after(channel, DIP_MS, steps);
    else this.#after(channel, first, rest);
  }

  /** After `ms` the other way round, for as long as the first step says; off at the end. */
  #after(channel: Channel, ms: number, steps: readonly number[]): void {
    channel.cancel = this.#clock.after(ms, () => {
      channel.cancel = undefined;
      const [next, ...rest] = steps;
      this.#switch(channel, next !== undefined && !channel.on);
      if (next !== undefined) this.#after(channel, next, rest);
    });
  }

  #switch(channel: Channel, on: boolean): void {
    if (channel.on === on) return;
    channel.on = on;
    channel.set(on);
  }
}
