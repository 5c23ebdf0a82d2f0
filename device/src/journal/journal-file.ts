import { statSync } from 'node:fs';
import { HymioError } from '@hymio/protocol';
import Database from 'better-sqlite3';

export type JournalDatabase = Database.Database;

/** Version of the tables below, in `PRAGMA user_version`. */
export const JOURNAL_SCHEMA = 1;
/** Small pages: a lone press rewrites one of them. See docs/decisions/journal-layout.md. */
const PAGE_BYTES = 1024;
/** Pages after which the write-ahead log is copied back and written from its start again. */
const WAL_PAGES = 1000;

const TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE epoch (
    no INTEGER PRIMARY KEY,
    epoch TEXT NOT NULL UNIQUE,
    boot_id TEXT NOT NULL,
    offset_ms INTEGER,
    opened_boot_ms INTEGER NOT NULL,
    last_boot_ms INTEGER NOT NULL,
    waited_ms INTEGER NOT NULL DEFAULT 0,
    acked INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE press (id INTEGER PRIMARY KEY, at INTEGER, boot_ms INTEGER, flags INTEGER, acked INTEGER, crc INTEGER);
  CREATE TABLE set_aside (id INTEGER PRIMARY KEY, reason TEXT NOT NULL);
`;

/**
 * Opens a journal file, making it where there is none. Durable per commit: WAL with synchronous=FULL.
 * Errors: HymioError `journal-corrupt`, `journal-newer-schema`, `journal-in-use`, `journal-full`, `journal-unwritable`.
 */
export function openJournalFile(file: string): JournalDatabase {
  let db: JournalDatabase | undefined;
  try {
    db = new Database(file, { timeout: 2000 });
    prepare(db, file);
    return db;
  } catch (error) {
    db?.close();
    throw journalError(error, file);
  }
}

/** Opens for looking only; the same errors. */
export function openJournalForReading(file: string): JournalDatabase {
  try {
    return new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  } catch (error) {
    throw journalError(error, file);
  }
}

function prepare(db: JournalDatabase, file: string): void {
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > JOURNAL_SCHEMA) {
    throw new HymioError(
      'journal-newer-schema',
      `${file} was written by a newer firmware (schema ${version}, this one knows ${JOURNAL_SCHEMA}).`,
      'Install the newer firmware again; nothing was changed.',
    );
  }
  if (version === 0) {
    db.transaction(() => {
      db.exec(TABLES);
      db.pragma(`user_version = ${JOURNAL_SCHEMA}`);
    })();
  }
  const check = db.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok') throw corrupt(file, String(check));
  stretchLog(db, `${file}-wal`);
}

/**
 * Lets the write-ahead log grow to its full size once, so that a press overwrites blocks that the file has already
 * instead of making the file system allocate new ones (measured: a third fewer bytes written per press).
 */
function stretchLog(db: JournalDatabase, log: string): void {
  const bytes = WAL_PAGES * PAGE_BYTES;
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) >= bytes) return;
  try {
    db.transaction(() => {
      db.exec('CREATE TABLE stretch (x)');
      db.prepare('INSERT INTO stretch VALUES (zeroblob(?))').run(bytes);
      db.exec('DROP TABLE stretch');
    })();
    db.pragma('wal_checkpoint(RESTART)');
  } catch (error) {
    // Only a saving: on a full disk there may still be room for presses.
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_FULL') throw error;
  }
}

function corrupt(file: string, detail: string, cause?: unknown): HymioError {
  return new HymioError(
    'journal-corrupt',
    `${file} is damaged: ${detail}`,
    'It is set aside, what can be read is saved and a new journal is begun; consider a new SD card.',
    { cause },
  );
}

/** What SQLite reports, as an error of ours. Errors that are ours already, and bugs, pass unchanged. */
export function journalError(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) {
    return error instanceof TypeError && error.message.includes('directory does not exist')
      ? unwritable(file, error)
      : error;
  }
  const code = error.code;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return corrupt(file, error.message, error);
  if (code === 'SQLITE_ERROR' && /no such (table|column)|malformed/.test(error.message)) {
    return corrupt(file, error.message, error);
  }
  if (code === 'SQLITE_FULL') {
    return new HymioError('journal-full', `No room left to write ${file}.`, 'Free space on the disk.', {
      cause: error,
    });
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new HymioError(
      'journal-in-use',
      `${file} is in use by another process.`,
      'Only one firmware may run on a data folder: stop the other one or give this one another `data`.',
      { cause: error },
    );
  }
  return unwritable(file, error);
}

function unwritable(file: string, error: Error): HymioError {
  return new HymioError(
    'journal-unwritable',
    `${file} cannot be written: ${error.message}.`,
    'Make the data folder exist and writable for this user, and check the disk.',
    { cause: error },
  );
}
