import type { DeviceClock } from '@hymio/device';
import type { Cancel } from '@hymio/protocol';
import type { Scheduler } from './scheduler.js';
import { processTimer, type SimulatedProcess } from './simulated-process.js';

/** How the clocks of one boot behave. Offsets are wall time minus true time, ms. */
export type BootClock =
  /** Right from the first moment. */
  | { kind: 'right' }
  /** Wrong until the time comes from the network. */
  | { kind: 'late'; offsetMs: number; syncedAfterMs: number }
  | { kind: 'never'; offsetMs: number }
  /** Holds itself for synchronised, and is wrong. */
  | { kind: 'misled'; offsetMs: number };

/** True, wall and boot time of one boot of a machine. */
export class MachineBoot {
  readonly bootId: string;
  readonly #scheduler: Scheduler;
  readonly #clock: BootClock;
  readonly #bootedAt: number;
  #stepMs = 0;

  constructor(scheduler: Scheduler, bootId: string, clock: BootClock) {
    this.bootId = bootId;
    this.#scheduler = scheduler;
    this.#clock = clock;
    this.#bootedAt = scheduler.now();
  }

  wall(): number {
    const now = this.#scheduler.now();
    const clock = this.#clock;
    if (clock.kind === 'right' || (clock.kind === 'late' && this.synced())) return now;
    return now + clock.offsetMs + this.#stepMs;
  }

  bootMs(): number {
    return this.#scheduler.now() - this.#bootedAt;
  }

  synced(): boolean {
    switch (this.#clock.kind) {
      case 'right':
      case 'misled':
        return true;
      case 'never':
        return false;
      case 'late':
        return this.bootMs() >= this.#clock.syncedAfterMs;
    }
  }

  /** Someone sets a wall clock that is wrong anyway. */
  step(byMs: number): void {
    this.#stepMs += byMs;
  }

  /** The clock as a process of this boot sees it. */
  forProcess(process: SimulatedProcess): DeviceClock {
    const after = processTimer(this.#scheduler, process);
    return {
      bootId: this.bootId,
      now: () => this.wall(),
      monotonic: () => this.bootMs(),
      synced: () => this.synced(),
      after: (delayMs: number, run: () => void): Cancel => after(delayMs, run),
    };
  }
}
