import { type AckMoment, ackedBefore, afterRewind, clampedTo, withMoment } from './ack-history.js';
import { loadAckHistory, saveAckHistory } from './ack-history-row.js';
import type { JournalDatabase } from './journal-file.js';

/**
 * What was acknowledged when, and whether the file has it so. It is written together with the marks that it tells of: a
 * power cut that took them but left it would make what is acknowledged anew look acknowledged long ago.
 */
export class SavedAckHistory {
  readonly #db: JournalDatabase;
  #history: readonly AckMoment[];
  #saved: readonly AckMoment[];

  constructor(db: JournalDatabase) {
    this.#db = db;
    this.#history = loadAckHistory(db);
    this.#saved = this.#history;
  }

  get unsaved(): boolean {
    return this.#history !== this.#saved;
  }

  /** As `ackedBefore`. */
  before(epoch: string, before: number): number {
    return ackedBefore(this.#history, epoch, before);
  }

  /** As `withMoment`. */
  note(now: number, marks: AckMoment['marks']): void {
    this.#history = withMoment(this.#history, now, marks) ?? this.#history;
  }

  /** As `afterRewind`. */
  goBack(epoch: string, upTo: number): void {
    this.#history = afterRewind(this.#history, epoch, upTo);
  }

  /** As `clampedTo`. */
  clamp(marks: AckMoment['marks']): void {
    this.#history = clampedTo(this.#history, marks);
  }

  /** Writes, in one transaction, what `act` writes and the history where the file does not have it so. */
  saveWith(act: () => void): void {
    const history = this.#history;
    this.#db.transaction(() => {
      act();
      if (history !== this.#saved) saveAckHistory(this.#db, history);
    })();
    this.#saved = history;
  }
}
