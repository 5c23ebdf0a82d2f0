import { crc32 } from 'node:zlib';
import type { JournalDatabase } from './journal-file.js';
import { readableRows } from './readable-rows.js';

interface AsideRow {
  id: number;
  reason: string;
  crc: number;
}

/** Marks the press with this row id as refused by the gateway. */
export function insertAside(db: JournalDatabase, id: number, reason: string): void {
  db.prepare('INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?)').run(id, reason, checksum(id, reason));
}

/** Row ids of the presses set aside. */
export function loadAsides(db: JournalDatabase): Set<number> {
  const rows = db.prepare<[], AsideRow>('SELECT * FROM set_aside').all();
  // A mark that is not what was written is none: the press goes out, and is refused again where it must be.
  return new Set(rows.filter(isIntact).map(({ id }) => id));
}

/** The marks of a damaged journal between two row ids, as far as they can be read. */
export function intactAsides(db: JournalDatabase, low: number, high: number): AsideRow[] {
  return readableRows<AsideRow>(db, 'set_aside', 'id', low, high).filter(isIntact);
}

function isIntact({ id, reason, crc }: AsideRow): boolean {
  return crc === checksum(id, reason);
}

function checksum(id: number, reason: string): number {
  return crc32(`${id} ${reason}`);
}
