import { insertAside, intactAsides } from './aside-table.js';
import { insertEpoch, intactEpochs } from './epoch-table.js';
import type { JournalDatabase } from './journal-file.js';
import { intactKnownNumbers, loadKnownNumbers, saveKnownNumbers } from './known-numbers-row.js';
import { decodePress, type PressRow, rowId } from './press-row.js';
import { readableRows } from './readable-rows.js';

export interface SalvageResult {
  /** Presses that are in the new journal now, under their old epoch and number. */
  saved: number;
  /** Presses between the first and last saved one of each epoch that could not be read. */
  unreadable: number;
}

/**
 * Copies every epoch and every intact press of a damaged journal into a new one, identity unchanged, in one
 * transaction; what the new one has already is left as it is. Damage is expected anywhere: each read may fail and is
 * then given up, never the whole. Whatever is thrown comes from the new one: it is not to be used then.
 */
export function salvage(broken: JournalDatabase, target: JournalDatabase): void {
  const insertPress = target.prepare('INSERT OR IGNORE INTO press VALUES (@id, @at, @boot_ms, @flags, @acked, @crc)');
  const known = target.prepare<[number], number>('SELECT count(*) FROM epoch WHERE no = ?').pluck();
  target.transaction(() => {
    for (const epoch of intactEpochs(broken)) {
      if (known.get(epoch.no) === 0) insertEpoch(target, epoch);
      const [low, high] = [rowId(epoch.no, 1), rowId(epoch.no + 1, 0)];
      for (const row of readableRows<PressRow>(broken, 'press', 'id', low, high)) {
        if (decodePress(epoch.epoch, row) !== null) insertPress.run(row);
      }
      for (const { id, reason } of intactAsides(broken, low, high)) insertAside(target, id, reason);
    }
    const numbers = intactKnownNumbers(broken);
    if (numbers.size > 0 && loadKnownNumbers(target).size === 0) saveKnownNumbers(target, numbers);
  })();
}

/** What a journal into which all was saved holds. */
export function countSaved(target: JournalDatabase): SalvageResult {
  const rows = target
    .prepare<[], { held: number; span: number }>(
      'SELECT count(*) AS held, max(id) - min(id) + 1 AS span FROM press GROUP BY id >> 32',
    )
    .all();
  const saved = rows.reduce((sum, { held }) => sum + held, 0);
  return { saved, unreadable: rows.reduce((sum, { span }) => sum + span, 0) - saved };
}
