import type { Random } from '@hymio/protocol';
import { drawExponential } from '../random/draw.js';
import type { World } from './world.js';

/** Faults that last: each ends by itself, or when everything is to heal. */
export class Episodes {
  readonly #world: World;
  readonly #random: Random;
  readonly #open = new Set<() => void>();

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random('episodes');
  }

  /** Calls `end` once: after a drawn time, or at `healAll`. `longestMs` bounds the time. */
  lasting(end: () => void, { lengthMs, longestMs }: { lengthMs?: number; longestMs?: number } = {}): void {
    const drawn = lengthMs ?? drawExponential(this.#random, this.#world.plan.faultLengthMs);
    const finish = (): void => {
      if (this.#open.delete(finish)) end();
    };
    this.#open.add(finish);
    this.#world.scheduler.after(Math.min(drawn, longestMs ?? drawn), finish);
  }

  healAll(): void {
    for (const finish of [...this.#open]) finish();
  }
}
