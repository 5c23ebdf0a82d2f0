import type { EpochSpan } from '@hymio/protocol';
import { holdsPresses, loadEpochs } from './epoch-table.js';
import { journalError } from './journal-error.js';
import { openJournalForReading } from './journal-file.js';

export interface JournalSummary {
  epochs: EpochSpan[];
  /** Presses not known to be acknowledged. */
  pending: number;
  /** All presses held. */
  held: number;
  setAside: number;
  /** UTC ms by the terminal's clock at the time. */
  lastPressAt?: number;
}

/**
 * What a journal file holds, read beside a running firmware. An acknowledgement reaches the disk with the press after
 * it, so that `pending` may still count presses that the gateway has. Errors: as opening a journal.
 */
export function readJournalSummary(file: string): JournalSummary {
  const db = openJournalForReading(file);
  try {
    const known = loadEpochs(db, file).filter(holdsPresses);
    const epochs = known.map(({ epoch, oldestSeq, lastSeq, acked }) => ({
      epoch,
      oldestSeq,
      lastSeq,
      ackedSeq: Math.min(acked, lastSeq),
    }));
    const lastPressAt = db.prepare<[], number>('SELECT at FROM press ORDER BY id DESC LIMIT 1').pluck().get();
    return {
      epochs,
      pending: epochs.reduce((sum, each) => sum + each.lastSeq - Math.max(each.ackedSeq, each.oldestSeq - 1), 0),
      held: epochs.reduce((sum, each) => sum + each.lastSeq - each.oldestSeq + 1, 0),
      setAside: db.prepare<[], number>('SELECT count(*) FROM set_aside').pluck().get() ?? 0,
      ...(lastPressAt === undefined ? {} : { lastPressAt }),
    };
  } catch (error) {
    throw journalError(error, file);
  } finally {
    db.close();
  }
}
