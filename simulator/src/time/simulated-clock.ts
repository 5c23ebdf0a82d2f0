import type { DeviceClock } from '@hymio/device';
import type { Cancel } from '@hymio/protocol';
import type { TrueTime } from './true-time.js';

/** One boot of a terminal's machine, in true time (UTC ms). */
export interface Boot {
  bootId: string;
  bootedAt: number;
  /** When the wall clock is synchronised; from then on it is right. Infinity: never in this boot. */
  syncsAt: number;
  /** How wrong it is until then: wall minus true time from each instant on, ms, in order of time. Empty: right by luck. */
  wallErrors: readonly WallError[];
}
export interface WallError {
  from: number;
  errorMs: number;
}

/** A terminal's clock as this boot shows it: boot time from the boot, wall time wrong until it is synchronised. */
export class SimulatedClock implements DeviceClock {
  readonly #world: TrueTime;
  readonly #boot: Boot;
  readonly #timers = new Set<Cancel>();
  #powered = true;

  constructor(world: TrueTime, boot: Boot) {
    this.#world = world;
    this.#boot = boot;
  }

  get bootId(): string {
    return this.#boot.bootId;
  }

  now(): number {
    const at = this.#world.now();
    if (at >= this.#boot.syncsAt) return at;
    return at + (this.#boot.wallErrors.findLast(({ from }) => from <= at)?.errorMs ?? 0);
  }

  monotonic(): number {
    return this.#world.now() - this.#boot.bootedAt;
  }

  synced(): boolean {
    return this.#world.now() >= this.#boot.syncsAt;
  }

  after(delayMs: number, run: () => void): Cancel {
    if (!this.#powered) return () => undefined;
    const cancel: Cancel = () => {
      this.#timers.delete(cancel);
      cancelTimer();
    };
    const cancelTimer = this.#world.after(delayMs, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
    return cancel;
  }

  /** The machine dies: nothing that was scheduled ever runs. */
  powerOff(): void {
    this.#powered = false;
    for (const cancel of [...this.#timers]) cancel();
  }
}
