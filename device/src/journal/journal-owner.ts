import { crc32 } from 'node:zlib';
import { corrupt } from './journal-error.js';
import type { JournalDatabase } from './journal-file.js';

/** Writes down whose journal this is. */
export function writeOwner(db: JournalDatabase, terminal: string): void {
  const insert = db.prepare('INSERT INTO meta VALUES (?, ?)');
  db.transaction(() => {
    insert.run('terminal', terminal);
    insert.run('terminal-check', String(crc32(terminal)));
  })();
}

/**
 * The terminal that a journal belongs to; undefined for one that was just made. Throws `journal-corrupt` where the
 * note is damaged: a flipped bit must not make the journal another terminal's.
 */
export function readOwner(db: JournalDatabase, file: string): string | undefined {
  const get = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const terminal = get.get('terminal');
  const check = get.get('terminal-check');
  if (terminal === undefined && check === undefined) {
    const used = db.prepare<[], number>('SELECT count(*) FROM epoch').pluck().get() ?? 0;
    if (used === 0) return undefined;
  }
  if (terminal === undefined || check !== String(crc32(terminal))) throw corrupt(file, 'the owner cannot be read');
  return terminal;
}
