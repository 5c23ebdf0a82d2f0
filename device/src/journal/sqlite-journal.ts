import type { EpochSpan } from '@hymio/protocol';
import { insertAside, loadAsides } from './aside-table.js';
import {
  deleteEpoch,
  type EpochRow,
  holdsPresses,
  insertEpoch,
  type KnownEpoch,
  loadEpochs,
  updateEpoch,
} from './epoch-table.js';
import { FIRST_YOUNG, forgettable } from './forgettable.js';
import type { EpochFacts, Journal, JournalPress, PressToKeep } from './journal.js';
import { corrupt, journalError } from './journal-error.js';
import type { JournalDatabase } from './journal-file.js';
import { isKnownNumber, type KnownBoots, type PanelNumber, withNumber } from './known-numbers.js';
import { loadKnownNumbers, saveKnownNumbers } from './known-numbers-row.js';
import { decodePress, encodePress, epochNoOf, MAX_EPOCH_NO, type PressRow, rowId, seqOf } from './press-row.js';
import { salvage } from './salvage.js';
import { SavedAckHistory } from './saved-ack-history.js';
import { WatchedFile } from './watched-file.js';

/** Openings without presses that are kept: no more than a status could list. */
const MAX_EMPTY_EPOCHS = 50;

export interface Opening {
  epoch: string;
  bootId: string;
  bootMs: number;
}

/** The journal in one SQLite file. The bookkeeping of an ack rides in the transaction of the next press. */
export class SqliteJournal implements Journal {
  readonly epoch: string;
  readonly #db: JournalDatabase;
  readonly #file: string;
  readonly #watched: WatchedFile;
  readonly #epochs: KnownEpoch[];
  readonly #current: KnownEpoch;
  readonly #insert;
  readonly #select;
  readonly #aside: Set<number>;
  readonly #history: SavedAckHistory;
  #numbers: KnownBoots;

  /** `db`: an opened journal file; the opening is its newest epoch, on disk when this returns. `nowMs`: see `JournalPlace`. */
  constructor(db: JournalDatabase, file: string, opening: Opening, nowMs?: () => number) {
    this.#db = db;
    this.#file = file;
    this.epoch = opening.epoch;
    this.#epochs = this.#guard(() => loadEpochs(db, file));
    this.#aside = this.#guard(() => loadAsides(db));
    this.#history = this.#guard(() => new SavedAckHistory(db));
    this.#numbers = this.#guard(() => loadKnownNumbers(db));
    this.#current = this.#guard(() => this.#begin(opening));
    this.#epochs.push(this.#current);
    this.#watched = new WatchedFile(file, nowMs);
    this.#insert = db.prepare<[number, number, number, number, number, number]>(
      'INSERT INTO press (id, at, boot_ms, flags, acked, crc) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#select = db.prepare<[number, number], PressRow>('SELECT * FROM press WHERE id BETWEEN ? AND ? ORDER BY id');
  }

  keep(press: PressToKeep): number {
    const current = this.#current;
    const seq = current.lastSeq + 1;
    const row = encodePress(this.epoch, current.no, seq, press, current.acked);
    this.#watched.assertInPlace();
    const numbers = press.numbered && withNumber(this.#numbers, press.numbered);
    this.#guard(() => this.#commitWithRoom(row, numbers));
    this.#numbers = numbers ?? this.#numbers;
    current.lastSeq = seq;
    current.last_boot_ms = Math.max(current.last_boot_ms, row.boot_ms);
    current.dirty = false;
    return seq;
  }

  knows(numbered: PanelNumber): boolean {
    return isKnownNumber(this.#numbers, numbered);
  }

  spans(): EpochSpan[] {
    return this.#epochs.filter(holdsPresses).map(({ epoch, oldestSeq, lastSeq, acked }) => ({
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
    this.#history.goBack(epoch, upTo);
    if (this.#history.unsaved) this.flush();
  }

  setAside(epoch: string, seq: number, reason: string): void {
    const id = rowId(this.#known(epoch).no, seq);
    this.#guard(() => insertAside(this.#db, id, reason));
    this.#aside.add(id);
  }

  isAside(epoch: string, seq: number): boolean {
    return this.#aside.has(rowId(this.#known(epoch).no, seq));
  }

  setAsideCount(): number {
    return this.#aside.size;
  }

  noteOffset(offsetMs: number): void {
    this.#current.offset_ms = Math.round(offsetMs);
    this.#write([this.#current]);
  }

  noteWaited(waitedMs: number): void {
    this.#current.waited_ms = Math.round(waitedMs);
    this.#write([this.#current]);
  }

  noteAcknowledged(now: number): void {
    const marks = Object.fromEntries(this.spans().map(({ epoch, ackedSeq }) => [epoch, ackedSeq]));
    this.#history.note(now, marks);
    if (this.#history.unsaved) this.flush();
  }

  forget(before: number): number {
    const ends = this.#guard(() => this.#epochs.map((known) => ({ known, end: this.#forgetEnd(known, before) })));
    const going = ends.filter(({ known, end }) => end > rowId(known.no, known.oldestSeq));
    if (going.length === 0) return 0;
    this.#guard(() =>
      this.#db.transaction(() => {
        for (const { known, end } of going) this.#deleteUpTo(known, end);
      })(),
    );
    let forgotten = 0;
    for (const { known, end } of going) {
      forgotten += seqOf(end) - known.oldestSeq;
      known.oldestSeq = seqOf(end);
      known.dirty = false;
      for (const id of this.#aside) if (epochNoOf(id) === known.no && id < end) this.#aside.delete(id);
    }
    this.#dropEmptyEpochs();
    return forgotten;
  }

  flush(): void {
    this.#write(this.#epochs.filter((known) => known.dirty));
  }

  close(): void {
    try {
      this.flush();
    } finally {
      this.#db.close();
    }
  }

  /** Copies what can be read of this journal, the file itself being gone or broken. */
  salvageInto(target: JournalDatabase): void {
    salvage(this.#db, target);
  }

  /** Closes without writing anything more: the file is not to be trusted. */
  abandon(): void {
    this.#db.close();
  }

  /** On a full disk the log may still be copied back and written from its start. */
  #commitWithRoom(row: PressRow, numbers: KnownBoots | undefined): void {
    try {
      this.#commitPress(row, numbers);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL')) throw error;
      this.#db.pragma('wal_checkpoint(RESTART)');
      this.#commitPress(row, numbers);
    }
  }

  /** An ack of an older epoch has no row of its own to travel in: it takes the same commit. */
  #commitPress(row: PressRow, numbers: KnownBoots | undefined): void {
    const acked = this.#epochs.filter((known) => known.dirty && known !== this.#current);
    const insert = (): void => {
      this.#insert.run(row.id, row.at, row.boot_ms, row.flags, row.acked, row.crc);
    };
    if (acked.length === 0 && numbers === undefined) {
      insert();
      return;
    }
    this.#db.transaction(() => {
      insert();
      if (numbers !== undefined) saveKnownNumbers(this.#db, numbers);
      for (const known of acked) updateEpoch(this.#db, known);
    })();
    for (const known of acked) known.dirty = false;
  }

  #begin(opening: Opening): KnownEpoch {
    const newestRow = this.#db.prepare<[], number | null>('SELECT max(id) FROM press').pluck().get() ?? 0;
    const no = Math.max(this.#epochs.at(-1)?.no ?? 0, epochNoOf(newestRow)) + 1;
    if (no > MAX_EPOCH_NO) throw corrupt(this.#file, `it was opened ${no} times`);
    const bootMs = Math.round(opening.bootMs);
    const row: EpochRow = {
      no,
      epoch: opening.epoch,
      boot_id: opening.bootId,
      offset_ms: null,
      opened_boot_ms: bootMs,
      last_boot_ms: bootMs,
      waited_ms: 0,
      acked: 0,
    };
    const surplus = this.#epochs.filter((known) => !holdsPresses(known)).slice(0, -MAX_EMPTY_EPOCHS);
    this.#history.clamp(Object.fromEntries(this.#epochs.map(({ epoch, acked }) => [epoch, acked])));
    this.#history.saveWith(() => {
      for (const known of surplus) deleteEpoch(this.#db, known.no);
      insertEpoch(this.#db, row);
    });
    for (const known of surplus) this.#epochs.splice(this.#epochs.indexOf(known), 1);
    return { ...row, oldestSeq: 1, lastSeq: 0, dirty: false };
  }

  /** Row id behind the acknowledged head of an epoch as far as it is old: never a press behind a younger one. */
  #forgetEnd(known: KnownEpoch, before: number): number {
    const first = rowId(known.no, known.oldestSeq);
    const acked = Math.min(known.acked, this.#history.before(known.epoch, before));
    const last = rowId(known.no, Math.min(acked, known.lastSeq));
    if (last < first) return first;
    const { offsetMs, latestMs } = forgettable(this.facts(), known.epoch);
    const firstYoung = this.#db.prepare<[number, number, number | null, number, number], number>(FIRST_YOUNG).pluck();
    return firstYoung.get(first, last, offsetMs, latestMs, before) ?? last + 1;
  }

  #deleteUpTo(known: KnownEpoch, end: number): void {
    this.#db.prepare('DELETE FROM press WHERE id >= ? AND id < ?').run(rowId(known.no, known.oldestSeq), end);
    this.#db.prepare('DELETE FROM set_aside WHERE id >= ? AND id < ?').run(rowId(known.no, known.oldestSeq), end);
    // The mark travelled in the rows that go now: write it down where it stays.
    updateEpoch(this.#db, known);
  }

  /** Epochs without presses are of use only as neighbours in time of those that still hold some. */
  #dropEmptyEpochs(): void {
    const firstHolding = this.#epochs.findIndex((known) => holdsPresses(known) || known === this.#current);
    const gone = this.#epochs.slice(0, Math.max(0, firstHolding - 1));
    this.#guard(() => {
      for (const known of gone) deleteEpoch(this.#db, known.no);
    });
    this.#epochs.splice(0, gone.length);
  }

  #write(epochs: readonly KnownEpoch[]): void {
    if (epochs.length === 0 && !this.#history.unsaved) return;
    this.#guard(() =>
      this.#history.saveWith(() => {
        for (const known of epochs) updateEpoch(this.#db, known);
      }),
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
