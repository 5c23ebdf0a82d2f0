import { statSync } from 'node:fs';
import { HymioError } from '@hymio/protocol';
import Database from 'better-sqlite3';
import { corrupt, journalError } from './journal-error.js';

export type JournalDatabase = Database.Database;

/** Version of the tables below, in `PRAGMA user_version` and once more in `meta`, so that a flipped bit is told from it. */
export const JOURNAL_SCHEMA = 1;
/** Small pages: a lone press rewrites one of them. See docs/decisions/0006-journal-layout.md. */
export const PAGE_BYTES = 1024;
/** Pages after which the write-ahead log is copied back and written from its start again. */
const WAL_PAGES = 1000;
/** The journal is read in order, once: a small cache is as good as SQLite's 16 MB. */
const CACHE_KIB = 512;

/** Terse, so that all of it fits on the first page: that page can then be replaced from here where it is destroyed. */
const TABLES = `
CREATE TABLE meta(key TEXT PRIMARY KEY,value TEXT NOT NULL)WITHOUT ROWID;
CREATE TABLE epoch(no INTEGER PRIMARY KEY,epoch TEXT,boot_id TEXT,offset_ms INT,opened_boot_ms INT,last_boot_ms INT,waited_ms INT,acked INT,crc INT);
CREATE TABLE epoch_copy(no INTEGER PRIMARY KEY,epoch TEXT,boot_id TEXT,opened_boot_ms INT,crc INT);
CREATE TABLE press(id INTEGER PRIMARY KEY,at INT,boot_ms INT,flags INT,acked INT,crc INT);
CREATE TABLE set_aside(id INTEGER PRIMARY KEY,reason TEXT,crc INT);
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

/** The first page of an empty journal: the file's header and where each table begins. */
export function firstPage(): Buffer {
  const db = new Database(':memory:');
  try {
    db.pragma(`page_size = ${PAGE_BYTES}`);
    db.exec(TABLES);
    db.pragma(`user_version = ${JOURNAL_SCHEMA}`);
    return db.serialize().subarray(0, PAGE_BYTES);
  } finally {
    db.close();
  }
}

function prepare(db: JournalDatabase, file: string): void {
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma(`page_size = ${PAGE_BYTES}`);
  const mode = db.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') {
    throw new HymioError(
      'journal-unwritable',
      `The file system of ${file} cannot share memory, which the journal needs.`,
      'Put `data` on a local disk.',
    );
  }
  db.pragma('synchronous = FULL');
  db.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
  checkSchema(db, file);
  const check = db.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok') throw corrupt(file, String(check));
  stretchLog(db, `${file}-wal`);
}

function checkSchema(db: JournalDatabase, file: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
  if (version === 0 && tables === 0) {
    db.transaction(() => {
      db.exec(TABLES);
      db.prepare("INSERT INTO meta VALUES ('schema', ?)").run(String(JOURNAL_SCHEMA));
      db.pragma(`user_version = ${JOURNAL_SCHEMA}`);
    })();
    return;
  }
  if (version === JOURNAL_SCHEMA) return;
  const told = db.prepare<[], string>("SELECT value FROM meta WHERE key = 'schema'").pluck().get();
  if (told !== String(version)) throw corrupt(file, `schema ${version} or ${told}`);
  throw new HymioError(
    'journal-newer-schema',
    `${file} was written by a newer firmware (schema ${version}, this one knows ${JOURNAL_SCHEMA}).`,
    'Install the newer firmware again; nothing was changed.',
  );
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
