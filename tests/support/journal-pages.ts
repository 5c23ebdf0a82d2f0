import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Of the journal, bytes. */
const PAGE_BYTES = 1024;

/**
 * Number of the page with the oldest presses of a journal that is closed and holds several pages of them. From the
 * description of SQLite's file format: an interior page of a table is of type 5, its cells' places begin at byte 12, and
 * a cell begins with the page that it points to. No other table of the journal is long enough to have one.
 */
export function oldestPressPage(file: string): number {
  const journal = readFileSync(file);
  for (let page = 2; page < 12; page += 1) {
    const at = (page - 1) * PAGE_BYTES;
    if (journal[at] === 5) return journal.readUInt32BE(at + journal.readUInt16BE(at + 12));
  }
  throw new Error('the presses fill no more than a page');
}

/** Overwrites a page, as a card does that forgets. */
export function destroyPage(file: string, page: number): void {
  const handle = openSync(file, 'r+');
  try {
    writeSync(handle, Buffer.alloc(PAGE_BYTES, 0xa5), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
  } finally {
    closeSync(handle);
  }
}
