import { MAX_EVENT_PRESSES } from '@hymio/protocol';
import type { StoredPress } from '../store/store.js';

/** Presses that wait to be told: of one service point, and of all. */
const MAX_WAITING_OF_PLACE = 2_000;
const MAX_WAITING = 20_000;

/** What is told of one service point next; undefined: terminals that stand nowhere. */
export interface PressPortion {
  servicePoint: string | undefined;
  presses: StoredPress[];
  /** Presses that were too many to tell since the last portion. */
  omitted: number;
}

interface Waiting {
  presses: StoredPress[];
  omitted: number;
}

/**
 * Presses that wait to be told, by service point. What is told a second is bounded by who takes portions, what waits by
 * this: the rest is counted.
 */
export class PressQueue {
  readonly #places = new Map<string | undefined, Waiting>();
  #waiting = 0;

  add(press: StoredPress): void {
    let place = this.#places.get(press.servicePoint);
    if (place === undefined) {
      place = { presses: [], omitted: 0 };
      this.#places.set(press.servicePoint, place);
    }
    if (place.presses.length >= MAX_WAITING_OF_PLACE || this.#waiting >= MAX_WAITING) {
      place.omitted += 1;
      return;
    }
    place.presses.push(press);
    this.#waiting += 1;
  }

  /** One portion each of at most so many service points, those that waited longest first. */
  take(places: number): PressPortion[] {
    const portions: PressPortion[] = [];
    // What is put back behind the others has its turn the next time.
    for (const [servicePoint, { presses, omitted }] of [...this.#places].slice(0, places)) {
      const portion = presses.slice(0, MAX_EVENT_PRESSES);
      this.#waiting -= portion.length;
      portions.push({ servicePoint, presses: portion, omitted });
      this.#places.delete(servicePoint);
      if (presses.length > portion.length) {
        this.#places.set(servicePoint, { presses: presses.slice(portion.length), omitted: 0 });
      }
    }
    return portions;
  }

  /** Takes portions back that could not be told: they are the next again, and what waits stays within its bounds. */
  putBack(portions: readonly PressPortion[]): void {
    const behind = new Map(this.#places);
    this.#places.clear();
    for (const { servicePoint, presses, omitted } of portions) {
      const later = behind.get(servicePoint) ?? { presses: [], omitted: 0 };
      behind.delete(servicePoint);
      const all = [...presses, ...later.presses];
      const most = Math.min(MAX_WAITING_OF_PLACE, MAX_WAITING - this.#waiting + later.presses.length);
      const kept = all.slice(0, Math.max(0, most));
      this.#waiting += kept.length - later.presses.length;
      this.#places.set(servicePoint, {
        presses: kept,
        omitted: omitted + later.omitted + all.length - kept.length,
      });
    }
    for (const [servicePoint, waiting] of behind) this.#places.set(servicePoint, waiting);
  }

  /** Presses that have not been told one by one: those that wait, and those that are only counted. */
  get untold(): number {
    let untold = this.#waiting;
    for (const { omitted } of this.#places.values()) untold += omitted;
    return untold;
  }
}
