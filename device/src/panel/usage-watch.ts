import type { Clock, Rating } from '@hymio/protocol';
import { type ButtonUsage, NO_USAGE, suspiciousDetail, usedButton, workedOn } from './buttons/button-usage.js';

/** Where the use of the buttons is remembered over restarts. */
export interface UsageShelf {
  load(): ButtonUsage | undefined;
  save(usage: ButtonUsage): void;
}

/** Once a day is enough for what takes weeks, and spares the card. */
const SAVE_EVERY_MS = 24 * 3_600_000;

/** Watches which buttons are used while the panel works. */
export class UsageWatch {
  readonly #shelf: UsageShelf;
  readonly #clock: Clock;
  #usage: ButtonUsage | undefined;
  #savedMs: number;
  /** Up to when the working time was counted, ms; undefined while the panel does not work. */
  #countedMs: number | undefined;

  constructor(shelf: UsageShelf, clock: Clock) {
    this.#shelf = shelf;
    this.#clock = clock;
    this.#savedMs = clock.monotonic();
  }

  working(works: boolean): void {
    this.#count();
    this.#countedMs = works ? this.#clock.monotonic() : undefined;
  }

  pressed(button: Rating): void {
    this.#count();
    this.#usage = usedButton(this.#known(), button);
  }

  /** Detail of the fault; saves now and then. */
  suspicious(): string | undefined {
    this.#count();
    if (this.#clock.monotonic() - this.#savedMs >= SAVE_EVERY_MS) this.#save();
    return suspiciousDetail(this.#known());
  }

  stop(): void {
    this.working(false);
    this.#save();
  }

  #count(): void {
    const now = this.#clock.monotonic();
    if (this.#countedMs === undefined) return;
    this.#usage = workedOn(this.#known(), now - this.#countedMs);
    this.#countedMs = now;
  }

  #save(): void {
    this.#savedMs = this.#clock.monotonic();
    this.#shelf.save(this.#known());
  }

  #known(): ButtonUsage {
    this.#usage ??= this.#shelf.load() ?? NO_USAGE;
    return this.#usage;
  }
}
