import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import type { MqttAccount } from '../../accounts/mqtt-account.js';
import { headOf } from '../../administration/audit-chain.js';
import { GATEWAY_ITSELF, WHOLE_STORE } from '../../administration/store-act.js';
import type { Actor } from '../../exclusions/exclusion.js';
import { syncPath } from '../../files/sync-path.js';
import { readAccounts } from './account-rows.js';
import { logChanges, readChangeLog } from './change-log-rows.js';
import { type Db, openForReading, openForWriting, STORE_FILE } from './database.js';
import { readMeta, removeMeta, writeMeta } from './meta.js';
import { PressRows } from './press-rows.js';
import { checkedVersion, migrate } from './schema.js';
import { isSqliteError, toStoreError } from './sqlite-error.js';
import { takeWriterLock } from './writer-lock.js';

export interface RestoreOptions {
  /** The store's folder; made where it does not exist. */
  folder: string;
  /** A file that `backup` wrote. */
  from: string;
  /** Wall time, UTC ms; default: now. */
  now?: number;
  /** Who the log of changes names; default: the gateway itself. */
  by?: string;
  /** How long to wait for programs that read the present store, ms; default: ten seconds. */
  patienceMs?: number;
}

export interface RestoreResult {
  /** When the copy was made, UTC ms: what came later has to be sent again by the terminals. */
  copiedAt: number;
  /** Where the store that was there before is now kept. */
  aside?: string;
  /**
   * MQTT accounts of the copy that the store before did not have, or not so: somebody may have removed them. All of the
   * copy, where that store cannot be asked.
   */
  returnedAccounts: string[];
}

/** Arrival numbers given out after the copy was made must not be given to other presses: go on far behind them. */
const ARRIVAL_LEAP = 1_000_000_000;
/** More users than were ever added between a backup and its return. */
const USER_LEAP = 1_000;

/**
 * Puts a backup in the place of the store and records an incident `store-restored`. The present store is kept aside.
 * Errors: HymioError `store-in-use`, `backup-missing`, `store-corrupt`, `store-newer-schema`, `store-unwritable`.
 */
export async function restoreStore(options: RestoreOptions): Promise<RestoreResult> {
  const { folder, from, now: at = Date.now(), by = GATEWAY_ITSELF, patienceMs } = options;
  if (!existsSync(from)) {
    throw new HymioError('backup-missing', `There is no file ${from}.`, 'Name a file that `backup` wrote.');
  }
  try {
    mkdirSync(folder, { recursive: true });
    const lock = takeWriterLock(folder);
    try {
      return putInPlace(folder, from, { who: by, at }, patienceMs);
    } finally {
      lock.release();
    }
  } catch (error) {
    throw toStoreError(error, folder);
  }
}

function putInPlace(folder: string, from: string, by: Actor, patienceMs: number | undefined): RestoreResult {
  const file = join(folder, STORE_FILE);
  const unfinished = `${file}.restoring`;
  removeFiles(unfinished);
  copyFileSync(from, unfinished);
  try {
    const { copiedAt, returnedAccounts } = prepared(unfinished, by, file);
    syncPath(unfinished);
    const aside = keepAside(file, by.at, patienceMs);
    renameSync(unfinished, file);
    syncPath(folder);
    return { copiedAt, returnedAccounts, ...(aside !== undefined && { aside }) };
  } catch (error) {
    removeFiles(unfinished);
    throw error;
  }
}

/** As `prepare`; whatever else SQLite finds wrong with the copy is damage too: of another format, with tables of another form. */
function prepared(file: string, by: Actor, former: string): ReturnType<typeof prepare> {
  try {
    return prepare(file, by, former);
  } catch (error) {
    const known = toStoreError(error, file);
    if (known instanceof HymioError || !isSqliteError(known)) throw known;
    throw notRestorable(known.message, known);
  }
}

/** Checks the copy and makes it the next store, in the place of `former`. */
function prepare(file: string, by: Actor, former: string): Pick<RestoreResult, 'copiedAt' | 'returnedAccounts'> {
  requireSound(file);
  const db = openForWriting(file);
  try {
    migrate(db);
    const copiedAt = readMeta(db, 'copied-at') ?? newestReceipt(db);
    db.transaction(() => {
      removeMeta(db, 'copied-at');
      const last = Math.max(new PressRows(db).newestArrival(), readMeta(db, 'last-arrival') ?? 0);
      writeMeta(db, 'last-arrival', last + ARRIVAL_LEAP);
      db.prepare(`INSERT INTO incidents (kind, since, detail) VALUES ('store-restored', ?, ?)`).run(
        by.at,
        `restored from a copy made at ${new Date(copiedAt).toISOString()}`,
      );
      // A login or a link that was ended since the copy was made must not hold again.
      db.exec('DELETE FROM user_sessions; DELETE FROM user_links');
      // Nor may a number that somebody was given since become somebody else's.
      db.prepare(`UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'users'`).run(USER_LEAP);
      const before = askFormer(former, (old) => headOf(readChangeLog(old, { limit: 1 })[0]));
      logChanges(db, [{ subject: WHOLE_STORE, before, after: { copiedAt } }], by, { what: 'restore' });
    })();
    db.pragma('wal_checkpoint(TRUNCATE)');
    const held = new Set((askFormer(former, readAccounts) ?? []).map(sameAccount));
    const returned = readAccounts(db).filter((account) => !held.has(sameAccount(account)));
    return { copiedAt, returnedAccounts: returned.map(({ name }) => name) };
  } finally {
    db.close();
  }
}

/** Another account of the same name has another password. */
function sameAccount({ name, createdAt }: MqttAccount): string {
  return `${createdAt} ${name}`;
}

/**
 * What the store says that is put aside: the end of its log, so that a head noted from it is explained by the one that goes
 * on; who had an account. Undefined where it is not there or cannot be read.
 */
function askFormer<T>(file: string, read: (former: Db) => T): T | undefined {
  if (!existsSync(file)) return undefined;
  let db: Db | undefined;
  try {
    db = openForReading(file);
    return read(db);
  } catch {
    // Damaged, or older than what is asked for: which is why there is a restore, and no reason against it.
    return undefined;
  } finally {
    db?.close();
  }
}

function requireSound(file: string): void {
  const db = openForReading(file);
  try {
    const verdict = db.pragma('integrity_check(1)', { simple: true });
    if (verdict !== 'ok' || checkedVersion(db) === 0) {
      const what = verdict === 'ok' ? 'it is not a store' : String(verdict);
      throw notRestorable(what);
    }
  } finally {
    db.close();
  }
}

function notRestorable(what: string, cause?: unknown): HymioError {
  return new HymioError('store-corrupt', `The copy cannot be restored: ${what}.`, 'Use another backup.', { cause });
}

/** For a copy that was not made by `backup`: the newest thing in it, UTC ms. */
function newestReceipt(db: Db): number {
  const row = db
    .prepare<[], { newest: number }>(
      `SELECT max(ifnull((SELECT max(last_received_at) FROM epochs), 0), ifnull((SELECT max(received_at) FROM statuses), 0))
       AS newest`,
    )
    .get();
  return row?.newest ?? 0;
}

/**
 * Gives the present store a second name, with the date; it keeps its own until another store takes that, so that a power
 * cut at any instant leaves a whole store in its place. Errors: HymioError `store-unwritable`, `store-full`, before anything
 * is renamed.
 */
function keepAside(file: string, at: number, patienceMs: number | undefined): string | undefined {
  if (!existsSync(file)) return undefined;
  const date = new Date(at).toISOString().replaceAll(':', '-');
  const aside = `${file}.before-restore-${date}`;
  if (existsSync(aside)) throw new HymioError('store-unwritable', `${aside} exists already.`, 'Move it away.');
  foldLog(file, patienceMs);
  // Of a store that is too damaged for that, its log goes where it goes.
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  linkSync(file, aside);
  syncPath(dirname(file));
  return aside;
}

/**
 * Brings what only the log holds into the store itself, or leaves a damaged store as it is: that is why there is a restore.
 * Any other trouble says nothing of the store, which may be whole, and must not be parted from its log.
 */
function foldLog(file: string, patienceMs: number | undefined): void {
  try {
    foldLogOf(file, patienceMs);
  } catch (error) {
    const known = toStoreError(error, file);
    if (!(known instanceof HymioError) || known.code !== 'store-corrupt') throw known;
  }
}

function foldLogOf(file: string, timeoutMs: number | undefined): void {
  // A reader finds damage first: where a writer does, SQLite has removed the log when it is closed.
  readAnything(file);
  const db = openForWriting(file, { timeoutMs });
  try {
    if (db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0) return;
  } finally {
    db.close();
  }
  throw new HymioError(
    'store-unwritable',
    `Another program has the present store ${file} open: it cannot be put aside whole.`,
    'End what reads it, as a report or a backup, and restore again; nothing was changed.',
  );
}

function readAnything(file: string): void {
  const db = openForReading(file);
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } finally {
    db.close();
  }
}

function removeFiles(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}
