import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import { type FolderLock, lockFolder } from './folder-lock.js';
import { type JournalDatabase, journalError, openJournalFile, openJournalForReading } from './journal-file.js';
import { type SalvageResult, salvage } from './salvage.js';
import { type Opening, SqliteJournal } from './sqlite-journal.js';

export const JOURNAL_NAME = 'journal.sqlite';

export interface JournalPlace {
  /** The data folder; made where it is missing. */
  folder: string;
  terminal: string;
  /** Wall time for the names of files set aside, UTC ms. */
  now: () => number;
  /** What the next opening is: a fresh epoch each time it is called. */
  opening: () => Opening;
}

/** Something staff must know about the journal. */
export interface JournalNotice {
  code: 'journal-damaged' | 'journal-of-another-terminal';
  detail: string;
}

export interface OpenedJournal {
  journal: SqliteJournal;
  notices: JournalNotice[];
  lock: FolderLock;
}

/**
 * Opens the terminal's journal. A damaged one is set aside, what can be read is saved into a new one; one of another
 * terminal is set aside whole. Errors: `journal-in-use`, `journal-full`, `journal-unwritable`, `journal-newer-schema`.
 */
export function openJournal(place: JournalPlace): OpenedJournal {
  const lock = lockJournalFolder(place.folder);
  try {
    return { ...openInFolder(place), lock };
  } catch (error) {
    lock.release();
    throw journalError(error, join(place.folder, JOURNAL_NAME));
  }
}

/** Replaces a journal found damaged while in use by a new one with all that can still be read. */
export function replaceJournal(
  place: JournalPlace,
  broken: SqliteJournal,
  reason: string,
): Omit<OpenedJournal, 'lock'> {
  const file = join(place.folder, JOURNAL_NAME);
  const aside = setAside(place, 'broken');
  const db = openFresh(place, file);
  const result = broken.salvageInto(db);
  broken.abandon();
  return { journal: new SqliteJournal(db, file, place.opening()), notices: [damaged(reason, aside, result)] };
}

function lockJournalFolder(folder: string): FolderLock {
  const file = join(folder, JOURNAL_NAME);
  try {
    mkdirSync(folder, { recursive: true });
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof HymioError) throw error;
    throw new HymioError(
      'journal-unwritable',
      `The data folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      'Make it exist and writable for this user, or set another `data` in the configuration.',
      { cause: journalError(error, file) },
    );
  }
}

function openInFolder(place: JournalPlace): Omit<OpenedJournal, 'lock'> {
  const file = join(place.folder, JOURNAL_NAME);
  let reason: string;
  try {
    const db = openJournalFile(file);
    const owner = ownerOf(db);
    if (owner === undefined) writeOwner(db, place.terminal);
    else if (owner !== place.terminal) return setAsideOthers(place, file, db, owner);
    return { journal: new SqliteJournal(db, file, place.opening()), notices: [] };
  } catch (error) {
    if (!(error instanceof HymioError) || error.code !== 'journal-corrupt') throw error;
    reason = error.message;
  }
  const aside = setAside(place, 'broken');
  const db = openFresh(place, file);
  const result = aside === undefined ? { saved: 0, unreadable: 0 } : salvageFile(aside, db);
  return { journal: new SqliteJournal(db, file, place.opening()), notices: [damaged(reason, aside, result)] };
}

function salvageFile(file: string, target: JournalDatabase): SalvageResult {
  try {
    const broken = openJournalForReading(file);
    try {
      return salvage(broken, target);
    } finally {
      broken.close();
    }
  } catch (error) {
    // Not even a database any more: nothing can be saved, and the notice says so.
    if (error instanceof HymioError && error.code === 'journal-corrupt') return { saved: 0, unreadable: 0 };
    throw error;
  }
}

function setAsideOthers(
  place: JournalPlace,
  file: string,
  db: JournalDatabase,
  owner: string,
): Omit<OpenedJournal, 'lock'> {
  const held = db.prepare<[], number>('SELECT count(*) FROM press').pluck().get() ?? 0;
  db.close();
  const aside = setAside(place, `of-${owner}`);
  const detail = `the journal belonged to terminal ${owner} (${held} presses, some may be undelivered); kept as ${aside}`;
  const journal = new SqliteJournal(openFresh(place, file), file, place.opening());
  return { journal, notices: [{ code: 'journal-of-another-terminal', detail }] };
}

function openFresh(place: JournalPlace, file: string): JournalDatabase {
  const db = openJournalFile(file);
  writeOwner(db, place.terminal);
  return db;
}

function ownerOf(db: JournalDatabase): string | undefined {
  return db.prepare<[], string>("SELECT value FROM meta WHERE key = 'terminal'").pluck().get();
}

function writeOwner(db: JournalDatabase, terminal: string): void {
  db.prepare("INSERT INTO meta VALUES ('terminal', ?)").run(terminal);
}

/** Renames the journal with its log, so that both stay together; undefined where there was no file. */
function setAside(place: JournalPlace, why: string): string | undefined {
  const file = join(place.folder, JOURNAL_NAME);
  const stamp = new Date(place.now()).toISOString().replaceAll(/[:.]/g, '-');
  let aside = join(place.folder, `journal-${why}-${stamp}.sqlite`);
  for (let count = 2; exists(aside); count += 1) aside = join(place.folder, `journal-${why}-${stamp}-${count}.sqlite`);
  if (exists(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  if (exists(`${file}-shm`)) renameSync(`${file}-shm`, `${aside}-shm`);
  if (!exists(file)) return undefined;
  renameSync(file, aside);
  return aside;
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function damaged(reason: string, aside: string | undefined, result: SalvageResult): JournalNotice {
  const where = aside === undefined ? 'the file was gone' : `kept as ${aside}`;
  const counts = `${result.saved} presses saved, ${result.unreadable} unreadable between them`;
  return { code: 'journal-damaged', detail: `${reason} ${where}; ${counts}`.slice(0, 500) };
}
