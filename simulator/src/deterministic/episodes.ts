import type { Random } from '@hymio/protocol';
import { drawExponential } from '../random/draw.js';
import type { World } from './world.js';

/** Faults that last: each ends by itself, or when everything is to heal. */
export class Episodes {
  readonly #world: World;
  readonly #open = new Set<() => void>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Calls `end` once: after `lengthMs`, or a time drawn from `random`, or at `healAll`. */
  lasting(random: Random, end: () => void, lengthMs?: number): void {
    const drawn = lengthMs ?? drawExponential(random, this.#world.plan.faultLengthMs);
    const finish = (): void => {
      if (this.#open.delete(finish)) end();
    };
    this.#open.add(finish);
    this.#world.scheduler.after(drawn, finish);
  }

  healAll(): void {
    for (const finish of [...this.#open]) finish();
  }
}
