import { statSync } from 'node:fs';
import type { EpochSpan } from '@hymio/protocol';
import { HymioError } from '@hymio/protocol';
import type { EpochFacts, Journal, JournalPress, NewPress } from './journal.js';
import { type JournalDatabase, journalError } from './journal-file.js';
import { decodePress, encodePress, epochNoOf, MAX_EPOCH_NO, type PressRow, rowId, seqOf } from './press-row.js';
import { type SalvageResult, salvage } from './salvage.js';

interface EpochRow {
  no: number;
  epoch: string;
  boot_id: string;
  offset_ms: number | null;
  opened_boot_ms: number;
  last_boot_ms: number;
  waited_ms: number;
  acked: number;
}

interface KnownEpoch extends EpochRow {
  oldestSeq: number;
  lastSeq: number;
  /** `acked` here is newer than on disk and no later row of the epoch carries it. */
  dirty: boolean;
}

export interface Opening {
  epoch: string;
  bootId: string;
  bootMs: number;
}

/** The journal in one SQLite file. The bookkeeping of an ack rides in the next press's row. */
export class SqliteJournal implements Journal {
  readonly epoch: string;
  readonly #db: JournalDatabase;
  readonly #file: string;
  readonly #epochs: KnownEpoch[];
  readonly #current: KnownEpoch;
  readonly #insert;
  readonly #select;
  readonly #aside: Set<number>;
  readonly #inode: number | undefined;

  /** `db` is an opened journal file; the opening becomes its newest epoch, on disk when this returns. */
  constructor(db: JournalDatabase, file: string, opening: Opening) {
    this.#db = db;
    this.#file = file;
    this.#inode = inodeOf(file);
    this.epoch = opening.epoch;
    this.#epochs = this.#guard(() => loadEpochs(db));
    this.#aside = this.#guard(() => new Set(db.prepare<[], number>('SELECT id FROM set_aside').pluck().all()));
    this.#current = this.#guard(() => this.#begin(opening));
    this.#epochs.push(this.#current);
    this.#insert = db.prepare<[number, number, number, number, number, number]>(
      'INSERT INTO press (id, at, boot_ms, flags, acked, crc) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#select = db.prepare<[number, number], PressRow>('SELECT * FROM press WHERE id BETWEEN ? AND ? ORDER BY id');
  }

  keep(press: NewPress): number {
    const current = this.#current;
    const seq = current.lastSeq + 1;
    const row = encodePress(this.epoch, current.no, seq, press, current.acked);
    this.#assertInPlace();
    this.#guard(() => this.#insert.run(row.id, row.at, row.boot_ms, row.flags, row.acked, row.crc));
    current.lastSeq = seq;
    current.last_boot_ms = Math.max(current.last_boot_ms, row.boot_ms);
    current.dirty = false;
    return seq;
  }

  spans(): EpochSpan[] {
    return this.#epochs
      .filter((known) => known.lastSeq >= known.oldestSeq)
      .map(({ epoch, oldestSeq, lastSeq, acked }) => ({
        epoch,
        oldestSeq,
        lastSeq,
        ackedSeq: Math.min(acked, lastSeq),
      }));
  }

  facts(): EpochFacts[] {
    return this.#epochs.map((known) => ({
      epoch: known.epoch,
      bootId: known.boot_id,
      offsetMs: known.offset_ms ?? undefined,
      openedBootMs: known.opened_boot_ms,
      lastBootMs: known.last_boot_ms,
      waitedMs: known.waited_ms,
    }));
  }

  read(epoch: string, firstSeq: number, count: number): (JournalPress | null)[] {
    const known = this.#known(epoch);
    const presses: (JournalPress | null)[] = new Array(count).fill(null);
    const first = rowId(known.no, firstSeq);
    for (const row of this.#guard(() => this.#select.all(first, first + count - 1))) {
      if (!this.#aside.has(row.id)) presses[row.id - first] = decodePress(epoch, row);
    }
    return presses;
  }

  acknowledge(epoch: string, upTo: number): void {
    const known = this.#known(epoch);
    known.acked = Math.min(upTo, known.lastSeq);
    known.dirty = true;
  }

  setAside(epoch: string, seq: number, reason: string): void {
    const id = rowId(this.#known(epoch).no, seq);
    this.#guard(() => this.#db.prepare('INSERT OR REPLACE INTO set_aside VALUES (?, ?)').run(id, reason));
    this.#aside.add(id);
  }

  setAsideCount(): number {
    return this.#aside.size;
  }

  noteOffset(offsetMs: number): void {
    this.#current.offset_ms = Math.round(offsetMs);
    this.#writeEpochs([this.#current]);
  }

  noteWaited(waitedMs: number): void {
    this.#current.waited_ms = Math.round(waitedMs);
    this.#writeEpochs([this.#current]);
  }

  forget(before: number): number {
    const forgotten = this.#guard(() =>
      this.#db.transaction(() => this.#epochs.reduce((sum, known) => sum + this.#forgetEpoch(known, before), 0))(),
    );
    if (forgotten > 0) this.#dropEmptyEpochs();
    return forgotten;
  }

  flush(): void {
    this.#writeEpochs(this.#epochs.filter((known) => known.dirty));
  }

  close(): void {
    this.flush();
    this.#db.close();
  }

  /** A press committed to a file that was deleted under us would be gone at the next start. */
  #assertInPlace(): void {
    if (inodeOf(this.#file) === this.#inode) return;
    throw new HymioError(
      'journal-corrupt',
      `${this.#file} was deleted or replaced while in use.`,
      'What was in it is saved into a new journal; find out who touches the data folder.',
    );
  }

  /** Copies what can be read of this journal, the file itself being gone or broken. */
  salvageInto(target: JournalDatabase): SalvageResult {
    return salvage(this.#db, target);
  }

  /** Closes without writing anything more: the file is not to be trusted. */
  abandon(): void {
    this.#db.close();
  }

  #begin(opening: Opening): KnownEpoch {
    const no = (this.#epochs.at(-1)?.no ?? 0) + 1;
    if (no > MAX_EPOCH_NO) {
      throw new HymioError('journal-corrupt', `${this.#file} was opened too often.`, 'A new journal is begun.');
    }
    const bootMs = Math.round(opening.bootMs);
    this.#db
      .prepare('INSERT INTO epoch (no, epoch, boot_id, opened_boot_ms, last_boot_ms) VALUES (?, ?, ?, ?, ?)')
      .run(no, opening.epoch, opening.bootId, bootMs, bootMs);
    return {
      no,
      epoch: opening.epoch,
      boot_id: opening.bootId,
      offset_ms: null,
      opened_boot_ms: bootMs,
      last_boot_ms: bootMs,
      waited_ms: 0,
      acked: 0,
      oldestSeq: 1,
      lastSeq: 0,
      dirty: false,
    };
  }

  /** Deletes the acknowledged head of an epoch as far as it is old: never a press behind a younger one. */
  #forgetEpoch(known: KnownEpoch, before: number): number {
    const first = rowId(known.no, known.oldestSeq);
    const last = rowId(known.no, Math.min(known.acked, known.lastSeq));
    if (last < first) return 0;
    const firstYoung = this.#db
      .prepare<[number, number, number], number | null>(
        'SELECT min(id) FROM press WHERE id BETWEEN ? AND ? AND at >= ?',
      )
      .pluck()
      .get(first, last, before);
    const end = firstYoung ?? last + 1;
    this.#db.prepare('DELETE FROM press WHERE id >= ? AND id < ?').run(first, end);
    // The mark travelled in the rows that go now: write it down where it stays.
    this.#db.prepare('UPDATE epoch SET acked = ? WHERE no = ?').run(known.acked, known.no);
    known.oldestSeq = seqOf(end);
    return end - first;
  }

  /** Epochs without presses are of use only as neighbours in time of those that still hold some. */
  #dropEmptyEpochs(): void {
    const keepFrom = Math.max(0, this.#epochs.findIndex((known) => known.lastSeq >= known.oldestSeq) - 1);
    const gone = this.#epochs.slice(0, keepFrom).filter((known) => known !== this.#current);
    this.#guard(() => {
      for (const known of gone) this.#db.prepare('DELETE FROM epoch WHERE no = ?').run(known.no);
    });
    this.#epochs.splice(0, gone.length);
  }

  #writeEpochs(epochs: readonly KnownEpoch[]): void {
    if (epochs.length === 0) return;
    const update = this.#db.prepare(
      'UPDATE epoch SET offset_ms = ?, last_boot_ms = ?, waited_ms = ?, acked = ? WHERE no = ?',
    );
    this.#guard(() =>
      this.#db.transaction(() => {
        for (const known of epochs)
          update.run(known.offset_ms, known.last_boot_ms, known.waited_ms, known.acked, known.no);
      })(),
    );
    for (const known of epochs) known.dirty = false;
  }

  #known(epoch: string): KnownEpoch {
    const known = this.#epochs.find((candidate) => candidate.epoch === epoch);
    if (known === undefined) throw new RangeError(`the journal has no epoch ${epoch}`);
    return known;
  }

  #guard<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw journalError(error, this.#file);
    }
  }
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

export function loadEpochs(db: JournalDatabase): KnownEpoch[] {
  const bounds = db.prepare<[number, number], { oldest: number | null; last: number | null }>(
    'SELECT min(id) AS oldest, max(id) AS last FROM press WHERE id BETWEEN ? AND ?',
  );
  const newest = db.prepare<[number], PressRow>('SELECT * FROM press WHERE id = ?');
  return db
    .prepare<[], EpochRow>('SELECT * FROM epoch ORDER BY no')
    .all()
    .map((row) => {
      const { oldest, last } = bounds.get(rowId(row.no, 1), rowId(row.no + 1, 0)) ?? { oldest: null, last: null };
      if (oldest === null || last === null)
        return { ...row, oldestSeq: row.acked + 1, lastSeq: row.acked, dirty: false };
      const tip = newest.get(last);
      const intact = tip !== undefined && epochNoOf(last) === row.no && decodePress(row.epoch, tip) !== null;
      const carried = intact ? tip : undefined;
      return {
        ...row,
        acked: Math.max(row.acked, carried?.acked ?? 0),
        last_boot_ms: Math.max(row.last_boot_ms, carried?.boot_ms ?? 0),
        oldestSeq: seqOf(oldest),
        lastSeq: seqOf(last),
        dirty: false,
      };
    });
}
