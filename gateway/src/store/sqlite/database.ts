import Database from 'better-sqlite3';
import { toStoreError } from './sqlite-error.js';

/** A connection. Nothing outside this folder knows of it. */
export type Db = Database.Database;

export const STORE_FILE = 'store.sqlite';
export const LOCK_FILE = 'store.lock';

/** How long a statement waits for another process (a backup, a reader that recovers the log), ms. */
const BUSY_TIMEOUT_MS = 10_000;
/** Pages (16 MB) after which the log is copied back: what many commits wrote again and again is copied once. */
const WAL_PAGES = 4_000;
/** What a reading connection keeps of the file itself, KiB: the system keeps it as well, once for all of them. */
const READER_CACHE_KIB = 4_096;
/** Statements that a reading connection keeps ready. */
const KEPT_STATEMENTS = 100;

/** Opens a file to write. Every commit is on disk when it returns. */
export function openForWriting(file: string): Db {
  return opening(file, () => {
    const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    return configured(db, () => {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
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
      db.pragma(`cache_size = -${READER_CACHE_KIB}`);
    });
  });
}

/** Opens any file without touching its settings; for locks and copies. */
export function openPlainly(file: string): Db {
  return opening(file, () => new Database(file, { timeout: 0 }));
}

/** A report asks some twenty small questions: to prepare them anew each time took longer than to answer them. */
function keepStatements(db: Db): void {
  const prepare: (sql: string) => Database.Statement = db.prepare.bind(db);
  const kept = new Map<string, Database.Statement>();
  db.prepare = ((sql: string) => {
    const known = kept.get(sql);
    // One that is being read through is not to be begun again.
    if (known?.busy === true) return prepare(sql);
    const statement = known ?? prepare(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_STATEMENTS) break;
      kept.delete(oldest);
    }
    return statement.reader ? statement.raw(false).pluck(false) : statement;
  }) as Db['prepare'];
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
