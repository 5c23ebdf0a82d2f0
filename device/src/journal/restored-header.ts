import { closeSync, copyFileSync, openSync, statSync, writeSync } from 'node:fs';
import { firstPage, type JournalDatabase, openJournalForReading, PAGE_BYTES } from './journal-file.js';

/**
 * Opens a copy of a broken journal whose first page is replaced by that of an empty one: the tables always begin on
 * the same pages, so that what lies behind a destroyed header can be read. The copy is the caller's to delete, also
 * where this throws: the errors of opening and those of a disk without room for the copy.
 */
export function openRestoredHeader(file: string, copy: string): JournalDatabase {
  copyWithHeader(file, copy);
  return openJournalForReading(copy);
}

function copyWithHeader(file: string, copy: string): void {
  if (isFile(file)) copyFileSync(file, copy);
  if (isFile(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  const handle = openSync(copy, isFile(file) ? 'r+' : 'w');
  try {
    const pages = Math.max(1, Math.ceil((statSync(copy).size ?? 0) / PAGE_BYTES));
    writeSync(handle, headerFor(pages), 0, PAGE_BYTES, 0);
  } finally {
    closeSync(handle);
  }
}

/** Offsets from the description of SQLite's database file format: versions 18 and 19, change counters, page count. */
function headerFor(pages: number): Buffer {
  const page = Buffer.from(firstPage());
  page[18] = 2;
  page[19] = 2;
  page.writeUInt32BE(1, 24);
  page.writeUInt32BE(pages, 28);
  page.writeUInt32BE(1, 92);
  return page;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
