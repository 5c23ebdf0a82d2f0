import { comparePresses, type MarkedPress } from '../../ingest/mark-repeats.js';
import type { Db } from './database.js';
import { clockCode } from './press-codes.js';
import type { Countable } from './rollup-deltas.js';

/** A stored press as the writer needs it to mark and count it again. */
export interface HeldPress extends MarkedPress, Countable {
  arrival: number;
  terminal: number;
  servicePoint: number;
}

/** How a press is counted, and where: `servicePoint` is a key. */
export type PressMark = Pick<HeldPress, 'repeat' | 'servicePoint' | 'excluded'>;

type Row = [number, number, number, string, number, number, number, number, number, number];

const HELD = `SELECT p.arrival, p.terminal, p.counted_at, e.id, p.seq, p.rating, p.clock, p.repeat, p.service_point, p.excluded
  FROM presses p INDEXED BY presses_by_time CROSS JOIN epochs e ON e.key = p.epoch
  WHERE p.counted_at >= ? AND p.counted_at < ?`;

const ESTIMATED = clockCode('estimated');

/** Statements on the raw presses. */
export class PressRows {
  private readonly ofTerminal;
  private readonly ofAll;
  private readonly marking;
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
    this.ofTerminal = db.prepare<[number, number, number], Row>(`${HELD} AND p.terminal = ?`).raw(true);
    this.ofAll = db.prepare<[number, number], Row>(HELD).raw(true);
    this.marking = db.prepare('UPDATE presses SET repeat = ?, service_point = ?, excluded = ? WHERE arrival = ?');
  }

  /** Presses of a terminal (key) with from <= countedAt < to, in the order of the repeat rule. */
  held(terminal: number, from: number, to: number): HeldPress[] {
    return this.ofTerminal.all(from, to, terminal).map(toHeld).sort(comparePresses);
  }

  /** Likewise of all terminals. */
  heldByAll(from: number, to: number): HeldPress[] {
    return this.ofAll.all(from, to).map(toHeld).sort(comparePresses);
  }

  mark(arrival: number, { repeat, servicePoint, excluded }: PressMark): void {
    this.marking.run(repeat ? 1 : 0, servicePoint, excluded ? 1 : 0, arrival);
  }

  /** Largest arrival number present; 0: none. */
  newestArrival(): number {
    return (
      this.db.prepare<[], { newest: number | null }>('SELECT max(arrival) AS newest FROM presses').get()?.newest ?? 0
    );
  }

  /** Smallest and largest countedAt from `from` on. */
  countedRange(from: number): { first: number; last: number } | undefined {
    const edge = this.db.prepare<[number], { first: number | null; last: number | null }>(
      `SELECT (SELECT min(counted_at) FROM presses WHERE counted_at >= ?) AS first, (SELECT max(counted_at) FROM presses) AS last`,
    );
    const row = edge.get(from);
    return row === undefined || row.first === null || row.last === null
      ? undefined
      : { first: row.first, last: row.last };
  }
}

function toHeld(row: Row): HeldPress {
  const [arrival, terminal, countedAt, epoch, seq, rating, clock, repeat, servicePoint, excluded] = row;
  return {
    arrival,
    terminal,
    countedAt,
    epoch,
    seq,
    rating,
    estimated: clock === ESTIMATED,
    repeat: repeat === 1,
    servicePoint,
    excluded: excluded === 1,
  };
}
