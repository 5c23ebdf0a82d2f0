import type { RatingCounts } from '../statistics/happy-index.js';

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

/** Four ratings of presses in time, and all presses. */
const FIELDS = 5;

/**
 * Counts of the last `windowMs` of one place in a ring of cells: adding and asking cost the same however long the
 * window. It reaches back to the beginning of the cell in which the window begins, up to a sixtieth farther.
 */
export class PressWindow {
  readonly #cellMs: number;
  readonly #cells: number;
  readonly #ring: Int32Array;
  readonly #sums = new Int32Array(FIELDS);
  #head = Number.NEGATIVE_INFINITY;

  constructor(windowMs: number) {
    this.#cellMs = cellWidthMs(windowMs);
    this.#cells = Math.ceil(windowMs / this.#cellMs) + 1;
    this.#ring = new Int32Array(this.#cells * FIELDS);
  }

  /** A press at `at` (UTC ms); those before the window are left out. `rating` absent: it came late. */
  add(at: number, rating: number | undefined): void {
    const fields = [0, 0, 0, 0, 1];
    if (rating !== undefined) fields[rating] = 1;
    this.addCell(Math.floor(at / this.#cellMs), fields);
  }

  /** The counts of a whole cell: four ratings in time, and all. */
  addCell(cell: number, fields: readonly number[]): void {
    this.#advance(cell);
    if (cell <= this.#head - this.#cells) return;
    const base = this.#baseOf(cell);
    for (let field = 0; field < FIELDS; field += 1) {
      const more = fields[field] ?? 0;
      this.#ring[base + field] = (this.#ring[base + field] ?? 0) + more;
      this.#sums[field] = (this.#sums[field] ?? 0) + more;
    }
  }

  /** What the window holds at `now`, and since when it counts (UTC ms). */
  counts(now: number): { fresh: RatingCounts; all: number; from: number } {
    this.#advance(Math.floor(now / this.#cellMs));
    const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, all = 0] = this.#sums;
    return { fresh: [c0, c1, c2, c3], all, from: (this.#head - this.#cells + 1) * this.#cellMs };
  }

  #advance(cell: number): void {
    if (cell <= this.#head) return;
    const first = Math.max(this.#head + 1, cell - this.#cells + 1);
    for (let entered = first; entered <= cell; entered += 1) {
      const base = this.#baseOf(entered);
      for (let field = 0; field < FIELDS; field += 1) {
        this.#sums[field] = (this.#sums[field] ?? 0) - (this.#ring[base + field] ?? 0);
        this.#ring[base + field] = 0;
      }
    }
    this.#head = cell;
  }

  #baseOf(cell: number): number {
    const place = cell % this.#cells;
    return (place < 0 ? place + this.#cells : place) * FIELDS;
  }
}
