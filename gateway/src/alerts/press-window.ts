import { type RatingCounts, totalOf } from '../statistics/happy-index.js';
import { CountChains, NO_CHAIN } from './count-chains.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Widths of cells; each divides an hour or is a few of them, so that cells begin at round times. */
const CELL_WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800].map(
  (seconds) => seconds * SECOND_MS,
);
const CELLS_PER_WINDOW = 60;
const LATE_MS = 10 * MINUTE_MS;
const LATE_PART = 144;

/** Width of the cells of a window, ms: a sixtieth of it, rounded up. */
export function cellWidthMs(windowMs: number): number {
  return CELL_WIDTHS.find((width) => width >= windowMs / CELLS_PER_WINDOW) ?? 3 * HOUR_MS;
}

/** A press that comes later than this after its time opens no alert, ms: 10 minutes; of windows longer than a day a 144th. */
export function lateAfterMs(windowMs: number): number {
  return Math.max(LATE_MS, windowMs / LATE_PART);
}

/** Four ratings of presses in time, and presses that came late. */
const FIELDS = 5;
const LATE = 4;
/** A key of the chains is a cell's place and, in three bits, a field. */
const FIELD_BITS = 3;
const FIELD_MASK = 7;
/** Room for places, at least and where it is made larger. */
const LEAST_ROOM = 64;
const ROOM_GROWTH = 1.25;

/**
 * Counts of the last `windowMs` of many places, each in cells: adding and asking cost the same however long the window. It
 * reaches back to the beginning of the cell in which it begins, up to a sixtieth farther. Places are numbers from 0 on,
 * without great gaps; each goes on by what is said and asked of it alone. Kept are only cells with presses.
 */
export class PressWindows {
  readonly #cellMs: number;
  readonly #cells: number;
  readonly #chains: CountChains;
  /** By place: its newest cell; none: nothing was ever added. */
  #heads = new Float64Array(0);
  /** By place: chain of counts by cell and field. */
  #counts = new Uint32Array(0);
  /** By place: their sums by field. */
  #sums = new Int32Array(0);

  constructor(windowMs: number) {
    this.#cellMs = cellWidthMs(windowMs);
    this.#cells = Math.ceil(windowMs / this.#cellMs) + 1;
    this.#chains = new CountChains(this.#cells << FIELD_BITS);
  }

  /** A press at `at` (UTC ms); those before the window are left out. `rating` absent: it came late. */
  add(place: number, at: number, rating: number | undefined): void {
    const cell = Math.floor(at / this.#cellMs);
    if (this.#enter(place, cell)) this.#addField(place, cell, rating ?? LATE, 1);
  }

  /** The counts of a whole cell: four ratings in time, and all. */
  addCell(place: number, cell: number, [c0 = 0, c1 = 0, c2 = 0, c3 = 0, all = 0]: readonly number[]): void {
    if (!this.#enter(place, cell)) return;
    const fields = [c0, c1, c2, c3, all - c0 - c1 - c2 - c3];
    for (const [field, count] of fields.entries()) this.#addField(place, cell, field, count);
  }

  /** What the window of a place holds at `now`, and since when it counts (UTC ms); undefined: nothing was ever added. */
  counts(place: number, now: number): { fresh: RatingCounts; all: number; from: number } | undefined {
    if (!this.#isKnown(place)) return undefined;
    this.#advance(place, Math.floor(now / this.#cellMs));
    const fresh: RatingCounts = [this.#sum(place, 0), this.#sum(place, 1), this.#sum(place, 2), this.#sum(place, 3)];
    const from = ((this.#heads[place] ?? 0) - this.#cells + 1) * this.#cellMs;
    return { fresh, all: totalOf(fresh) + this.#sum(place, LATE), from };
  }

  /** As if nothing had ever been added: the number is free for another place. */
  forget(place: number): void {
    if (!this.#isKnown(place)) return;
    this.#counts[place] = this.#chains.filter(this.#counts[place] ?? NO_CHAIN, () => false);
    this.#sums.fill(0, place * FIELDS, (place + 1) * FIELDS);
    this.#heads[place] = Number.NEGATIVE_INFINITY;
  }

  #sum(place: number, field: number): number {
    return this.#sums[place * FIELDS + field] ?? 0;
  }

  #isKnown(place: number): boolean {
    return (this.#heads[place] ?? Number.NEGATIVE_INFINITY) > Number.NEGATIVE_INFINITY;
  }

  /** The cell is counted in from now on; false where it lies before the window. */
  #enter(place: number, cell: number): boolean {
    if (place >= this.#heads.length) this.#makeRoom(place + 1);
    this.#advance(place, cell);
    return cell > (this.#heads[place] ?? cell) - this.#cells;
  }

  #addField(place: number, cell: number, field: number, count: number): void {
    const key = (this.#placeOf(cell) << FIELD_BITS) | field;
    this.#counts[place] = this.#chains.add(this.#counts[place] ?? NO_CHAIN, key, count);
    this.#sums[place * FIELDS + field] = this.#sum(place, field) + count;
  }

  /** Lets go of the cells that leave the window. */
  #advance(place: number, cell: number): void {
    const head = this.#heads[place] ?? cell;
    if (cell <= head) return;
    this.#heads[place] = cell;
    const chain = this.#counts[place] ?? NO_CHAIN;
    if (chain === NO_CHAIN) return;
    const newest = this.#placeOf(head);
    // So many cells before the newest one is the oldest that stays.
    const oldest = this.#cells - 1 - (cell - head);
    this.#counts[place] = this.#chains.filter(chain, (key, count) => {
      const before = newest - (key >> FIELD_BITS);
      if ((before < 0 ? before + this.#cells : before) <= oldest) return true;
      const field = key & FIELD_MASK;
      this.#sums[place * FIELDS + field] = this.#sum(place, field) - count;
      return false;
    });
  }

  #placeOf(cell: number): number {
    const place = cell % this.#cells;
    return place < 0 ? place + this.#cells : place;
  }

  #makeRoom(places: number): void {
    const room = Math.max(LEAST_ROOM, Math.ceil(places * ROOM_GROWTH));
    const before = this.#heads.length;
    const [heads, counts, sums] = [new Float64Array(room), new Uint32Array(room), new Int32Array(room * FIELDS)];
    heads.set(this.#heads);
    heads.fill(Number.NEGATIVE_INFINITY, before);
    counts.set(this.#counts);
    sums.set(this.#sums);
    [this.#heads, this.#counts, this.#sums] = [heads, counts, sums];
  }
}
