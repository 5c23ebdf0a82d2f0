import type { StoredPress } from '../store.js';
import type { Db } from './database.js';
import { clockCode, suspicionCode } from './press-codes.js';

/** Below so many a statement for each is as quick. */
const LEAST_RUN = 4;

/**
 * What is packed below the time of a press, from the lowest bit: rating, repeat, suspicion. 48 bits are left for the
 * time, some thousands of years.
 */
const REPEAT_SHIFT = 2;
const SUSPICION_SHIFT = 3;
const TIME_SHIFT = 5;

/** Presses of consecutive arrivals and seqs that differ in time, rating and marks only. */
interface Run {
  /** Of the first. */
  arrival: number;
  /** Keys. */
  terminal: number;
  epoch: number;
  servicePoint: number;
  presses: StoredPress[];
}

/**
 * Inserts presses, those of a batch that differ in little else than time and rating by one statement: packed into an
 * integer each, so that a press costs a number in a list instead of a call with fourteen values.
 */
export class PressInsertion {
  private run: Run | undefined;
  private readonly one;
  private readonly many;

  constructor(db: Db) {
    this.one = db.prepare('INSERT INTO presses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    // OR ROLLBACK: where it fails, the transaction is over anyway. Otherwise SQLite would copy every page that the
    // statement touches, to be able to take back this statement alone.
    this.many = db.prepare(
      `INSERT OR ROLLBACK INTO presses SELECT ? + each.key, ?, ?, ? + each.key, NULL, each.atom >> ${TIME_SHIFT},
       each.atom & 3, ?, NULL, ?, (each.atom >> ${REPEAT_SHIFT}) & 1, ?, ?, (each.atom >> ${SUSPICION_SHIFT}) & 3
       FROM json_each(?) AS each`,
    );
  }

  /** Inserts it now or with the next `flush`. Terminal, epoch and service point by key. */
  add(press: StoredPress, arrival: number, terminal: number, epoch: number, servicePoint: number): void {
    const { run } = this;
    if (run !== undefined && isPlain(press)) {
      const follows = arrival === run.arrival + run.presses.length && terminal === run.terminal && epoch === run.epoch;
      if (follows && servicePoint === run.servicePoint && isAlike(press, run.presses.at(-1))) {
        run.presses.push(press);
        return;
      }
    }
    this.flush();
    if (isPlain(press)) this.run = { arrival, terminal, epoch, servicePoint, presses: [press] };
    else this.insert(press, arrival, terminal, epoch, servicePoint);
  }

  /** After it everything added is in the table. */
  flush(): void {
    const { run } = this;
    if (run === undefined) return;
    this.run = undefined;
    if (run.presses.length >= LEAST_RUN) this.insertRun(run);
    else {
      const { terminal, epoch, servicePoint } = run;
      run.presses.forEach((press, n) => {
        this.insert(press, run.arrival + n, terminal, epoch, servicePoint);
      });
    }
  }

  private insertRun({ arrival, terminal, epoch, servicePoint, presses }: Run): void {
    const [first] = presses;
    if (first === undefined) return;
    this.many.run(
      arrival,
      terminal,
      epoch,
      first.seq,
      clockCode(first.clock),
      first.receivedAt,
      servicePoint,
      first.excluded ? 1 : 0,
      JSON.stringify(presses.map(packed)),
    );
  }

  private insert(press: StoredPress, arrival: number, terminal: number, epoch: number, servicePoint: number): void {
    const { seq, at, countedAt, rating, clock, uncertaintyMs, receivedAt, repeat, excluded, suspect } = press;
    this.one.run(
      arrival,
      terminal,
      epoch,
      seq,
      at === countedAt ? null : at,
      countedAt,
      rating,
      clockCode(clock),
      uncertaintyMs ?? null,
      receivedAt,
      repeat ? 1 : 0,
      servicePoint,
      excluded ? 1 : 0,
      suspicionCode(suspect),
    );
  }
}

/** Whether a press follows another one of its run. */
function isAlike(press: StoredPress, before: StoredPress | undefined): boolean {
  return (
    before !== undefined &&
    press.seq === before.seq + 1 &&
    press.clock === before.clock &&
    press.receivedAt === before.receivedAt &&
    press.excluded === before.excluded
  );
}

/** Counted at its own time, and that is no guess. */
function isPlain({ at, countedAt, uncertaintyMs }: StoredPress): boolean {
  return at === countedAt && uncertaintyMs === undefined;
}

/** An integer within 53 bits. */
function packed({ countedAt, rating, repeat, suspect }: StoredPress): number {
  const marks = rating + (repeat ? 2 ** REPEAT_SHIFT : 0) + suspicionCode(suspect) * 2 ** SUSPICION_SHIFT;
  return countedAt * 2 ** TIME_SHIFT + marks;
}
