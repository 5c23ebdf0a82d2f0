/** Entries whose numbers lie in one piece of memory. */
const ROWS_OF_PIECE = 512;

/**
 * Rows of numbers for objects of which there are many. A number that is no small integer, such as an instant, is an object
 * of its own in V8: 24 bytes with what refers to it, 8 in such a row, and a new one at each change.
 */
export class NumberRows {
  private readonly width: number;
  private piece = new Float64Array(0);
  private next = 0;

  /** `width`: numbers of a row. */
  constructor(width: number) {
    this.width = width;
  }

  /** A row that nobody has: where it begins in the piece. It lives as long as somebody holds the piece. */
  take(): { piece: Float64Array; from: number } {
    if (this.next === this.piece.length) {
      this.piece = new Float64Array(ROWS_OF_PIECE * this.width);
      this.next = 0;
    }
    const from = this.next;
    this.next += this.width;
    return { piece: this.piece, from };
  }
}

/** Something with a row of numbers, each by its place in the row. NaN stands for what is unknown. */
export abstract class NumberRow {
  private readonly piece: Float64Array;
  private readonly from: number;

  constructor(rows: NumberRows) {
    const { piece, from } = rows.take();
    this.piece = piece;
    this.from = from;
  }

  protected number(place: number): number {
    return this.piece[this.from + place] as number;
  }

  protected known(place: number): number | null {
    const value = this.piece[this.from + place] as number;
    return Number.isNaN(value) ? null : value;
  }

  protected put(place: number, value: number | null): void {
    this.piece[this.from + place] = value ?? Number.NaN;
  }
}
