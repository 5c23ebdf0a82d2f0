import { STREAK_LIFE_MS, type Streak } from './judge-condition.js';

const LEAST_ROOM = 64;
const ROOM_GROWTH = 1.25;

/** Runs of very happy presses that no other press has broken, by the number of the place. */
export class PressStreaks {
  /** 0: none. */
  #presses = new Uint32Array(0);
  #lastAt = new Float64Array(0);

  of(place: number): Streak | undefined {
    const presses = this.#presses[place] ?? 0;
    return presses === 0 ? undefined : { presses, lastAt: this.#lastAt[place] ?? 0 };
  }

  put(place: number, { presses, lastAt }: Streak): void {
    if (place >= this.#presses.length) this.#makeRoom(place + 1);
    this.#presses[place] = presses;
    this.#lastAt[place] = lastAt;
  }

  /** A press in time, counted at `at` (UTC ms). */
  add(place: number, rating: number, at: number): void {
    const streak = this.of(place);
    if (rating !== 3) {
      if (streak !== undefined) this.put(place, { presses: 0, lastAt: 0 });
    } else if (streak === undefined || at - streak.lastAt > STREAK_LIFE_MS) this.put(place, { presses: 1, lastAt: at });
    else this.put(place, { presses: streak.presses + 1, lastAt: Math.max(streak.lastAt, at) });
  }

  #makeRoom(places: number): void {
    const room = Math.max(LEAST_ROOM, Math.ceil(places * ROOM_GROWTH));
    const [presses, lastAt] = [new Uint32Array(room), new Float64Array(room)];
    presses.set(this.#presses);
    lastAt.set(this.#lastAt);
    [this.#presses, this.#lastAt] = [presses, lastAt];
  }
}
