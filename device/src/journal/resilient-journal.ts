import { type EpochSpan, HymioError } from '@hymio/protocol';
import type { EpochFacts, Journal, JournalPress, PressToKeep } from './journal.js';
import type { PanelNumber } from './known-numbers.js';
import {
  type JournalNotice,
  type JournalPlace,
  type OpenedJournal,
  openJournal,
  replaceJournal,
} from './open-journal.js';

/**
 * A journal that survives its own file: where that turns out damaged in use, it is replaced by a new one with all that
 * can be read, under a new epoch, and what was asked is asked again.
 */
export class ResilientJournal implements Journal {
  readonly #place: JournalPlace;
  readonly #onNotice: (notice: JournalNotice) => void;
  #opened: OpenedJournal;
  readonly #readUpTo = new Map<string, number>();
  #unreadable = 0;

  /** Opens at once. `onNotice` hears of every file that was set aside. Errors as `openJournal`. */
  constructor(place: JournalPlace, onNotice: (notice: JournalNotice) => void) {
    this.#place = place;
    this.#onNotice = onNotice;
    this.#opened = openJournal(place);
    for (const notice of this.#opened.notices) onNotice(notice);
  }

  get epoch(): string {
    return this.#opened.journal.epoch;
  }

  keep(press: PressToKeep): number {
    return this.#survive((journal) => journal.keep(press));
  }

  knows(numbered: PanelNumber): boolean {
    return this.#opened.journal.knows(numbered);
  }

  spans(): EpochSpan[] {
    return this.#opened.journal.spans();
  }

  facts(): EpochFacts[] {
    return this.#opened.journal.facts();
  }

  read(epoch: string, firstSeq: number, count: number): (JournalPress | null)[] {
    return this.#survive((journal) => {
      // Of an epoch that could not be saved nothing is left to read.
      if (!holds(journal, epoch)) return new Array<null>(count).fill(null);
      const presses = journal.read(epoch, firstSeq, count);
      this.#noteUnreadable(journal, epoch, firstSeq, presses);
      return presses;
    });
  }

  acknowledge(epoch: string, upTo: number): void {
    this.#survive((journal) => {
      if (holds(journal, epoch)) journal.acknowledge(epoch, upTo);
    });
  }

  setAside(epoch: string, seq: number, reason: string): void {
    this.#survive((journal) => {
      if (holds(journal, epoch)) journal.setAside(epoch, seq, reason);
    });
  }

  setAsideCount(): number {
    return this.#opened.journal.setAsideCount();
  }

  noteOffset(offsetMs: number): void {
    this.#survive((journal) => journal.noteOffset(offsetMs));
  }

  noteWaited(waitedMs: number): void {
    this.#survive((journal) => journal.noteWaited(waitedMs));
  }

  noteAcknowledged(now: number): void {
    this.#survive((journal) => journal.noteAcknowledged(now));
  }

  forget(before: number): number {
    return this.#survive((journal) => journal.forget(before));
  }

  flush(): void {
    this.#survive((journal) => journal.flush());
  }

  close(): void {
    try {
      this.#opened.journal.close();
    } finally {
      this.#opened.lock.release();
    }
  }

  /** Lets go of the files as a power cut would: what only memory holds is never written. */
  abandon(): void {
    try {
      this.#opened.journal.abandon();
    } finally {
      this.#opened.lock.release();
    }
  }

  /** Each once: what is read again is not told again. */
  #noteUnreadable(
    journal: OpenedJournal['journal'],
    epoch: string,
    firstSeq: number,
    presses: readonly (JournalPress | null)[],
  ): void {
    const told = this.#readUpTo.get(epoch) ?? 0;
    const fresh = presses.flatMap((press, index) => {
      const seq = firstSeq + index;
      return press === null && seq > told && !journal.isAside(epoch, seq) ? [seq] : [];
    });
    this.#readUpTo.set(epoch, Math.max(told, firstSeq + presses.length - 1));
    if (fresh.length === 0) return;
    this.#unreadable += fresh.length;
    const detail = `${this.#unreadable} presses cannot be read and are reported as lost; latest: ${epoch} ${fresh.at(-1)}`;
    this.#onNotice({ code: 'press-unreadable', detail });
  }

  #survive<T>(act: (journal: OpenedJournal['journal']) => T): T {
    try {
      return act(this.#opened.journal);
    } catch (error) {
      if (!(error instanceof HymioError) || error.code !== 'journal-corrupt') throw error;
      const replaced = replaceJournal(this.#place, this.#opened.journal, error.message);
      this.#opened = { ...replaced, lock: this.#opened.lock };
      for (const notice of replaced.notices) this.#onNotice(notice);
      return act(replaced.journal);
    }
  }
}

function holds(journal: Journal, epoch: string): boolean {
  return journal.facts().some((facts) => facts.epoch === epoch);
}
