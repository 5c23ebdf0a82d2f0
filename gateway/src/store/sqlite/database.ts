import Database from 'better-sqlite3';
import { keepStatements } from './kept-statements.js';
import { toStoreError } from './sqlite-error.js';

/** A connection. Nothing outside this folder knows of it. */
export type Db = Database.Database;

export const STORE_FILE = 'store.sqlite';
export const LOCK_FILE = 'store.lock';

/** How long a statement waits for another process (a backup, a reader that recovers the log), ms. */
const BUSY_TIMEOUT_MS = 10_000;
/** Pages (16 MB) after which the log is copied back: what many commits wrote again and again is copied once. */
const WAL_PAGES = 4_000;
/** What a connection keeps of the file itself, KiB: the system keeps it as well, once for all of them. */
const CACHE_KIB = 4_096;

/** Opens a file to write. Every commit is on disk when it returns. `timeoutMs`: how long a statement waits for others, ms. */
export function openForWriting(
  file: string,
  { timeoutMs = BUSY_TIMEOUT_MS }: { timeoutMs?: number | undefined } = {},
): Db {
  return opening(file, () => {
    const db = new Database(file, { timeout: timeoutMs });
    return configured(db, () => {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
      db.pragma(`cache_size = -${CACHE_KIB}`);
      db.pragma('foreign_keys = ON');
    });
  });
}

/** Opens a file to read only; it must exist. */
export function openForReading(file: string): Db {
  return opening(file, () => {
    const db = new Database(file, { timeout: BUSY_TIMEOUT_MS, readonly: true, fileMustExist: true });
    keepStatements(db);
    return configured(db, () => {
      db.pragma('temp_store = MEMORY');
      db.pragma(`cache_size = -${CACHE_KIB}`);
    });
  });
}

/** A database that no file holds; with the content of an image where one is given. */
export function openInMemory(image?: Buffer): Db {
  const db = new Database(image ?? ':memory:');
  keepStatements(db);
  return db;
}

/** Opens any file without touching its settings; for locks and copies. */
export function openPlainly(file: string): Db {
  return opening(file, () => new Database(file, { timeout: 0 }));
}

function configured(db: Db, configure: () => void): Db {
  try {
    configure();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function opening(file: string, open: () => Db): Db {
  try {
    return open();
  } catch (error) {
    throw toStoreError(error, file);
  }
}
