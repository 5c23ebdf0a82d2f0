import { mkdirSync } from 'node:fs';
import { HymioError } from '@hymio/protocol';
import { type FolderLock, lockFolder } from './folder-lock.js';
import { corrupt, journalError } from './journal-error.js';
import { type JournalDatabase, openJournalFile, openJournalForReading } from './journal-file.js';
import { JournalFolder } from './journal-folder.js';
import { readOwner, writeOwner } from './journal-owner.js';
import { openRestoredHeader } from './restored-header.js';
import { countSaved, type SalvageResult, salvage } from './salvage.js';
import { type Opening, SqliteJournal } from './sqlite-journal.js';

export interface JournalPlace {
  /** The data folder; made where it is missing. */
  folder: string;
  terminal: string;
  /** Wall time for the names of files set aside, UTC ms. */
  now: () => number;
  /** What the next opening is: a fresh epoch each time it is called. */
  opening: () => Opening;
  /** A clock that only goes forward, ms, for how often the files in use are looked at; where absent the process's own. */
  nowMs?: () => number;
}

/** Something staff must know about the journal. */
export interface JournalNotice {
  code: 'journal-damaged' | 'journal-of-another-terminal' | 'press-unreadable';
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
  const folder = new JournalFolder(place.folder);
  const lock = lockJournalFolder(folder);
  try {
    const aside = folder.tidy();
    const { journal, notices } = openInFolder(place, folder);
    folder.noteJournal();
    return { journal, notices: aside === undefined ? notices : [finished(aside), ...notices], lock };
  } catch (error) {
    lock.release();
    throw journalError(error, folder.file);
  }
}

/** Replaces a journal found damaged while in use by a new one with all that can still be read. */
export function replaceJournal(
  place: JournalPlace,
  broken: SqliteJournal,
  reason: string,
): Omit<OpenedJournal, 'lock'> {
  const folder = new JournalFolder(place.folder);
  try {
    const replaced = replace(place, folder, reason, (target) => {
      broken.salvageInto(target);
      salvageBehindHeader(folder, target);
    });
    broken.abandon();
    return replaced;
  } catch (error) {
    throw journalError(error, folder.file);
  }
}

function lockJournalFolder(folder: JournalFolder): FolderLock {
  try {
    mkdirSync(folder.path, { recursive: true });
    return lockFolder(folder.path);
  } catch (error) {
    if (error instanceof HymioError) throw error;
    const known = journalError(error, folder.file);
    if (known instanceof HymioError && known.code === 'journal-full') throw known;
    throw new HymioError(
      'journal-unwritable',
      `The data folder ${folder.path} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      'Make it exist and writable for this user, or set another `data` in the configuration.',
      { cause: known },
    );
  }
}

function openInFolder(place: JournalPlace, folder: JournalFolder): Omit<OpenedJournal, 'lock'> {
  try {
    const oddity = folder.oddity();
    if (oddity !== undefined && (folder.hadJournal() || folder.hasLog() || oddity === 'not a file')) {
      throw corrupt(folder.file, oddity);
    }
    return openSound(place, folder);
  } catch (error) {
    if (!(error instanceof HymioError) || error.code !== 'journal-corrupt') throw error;
    return replace(place, folder, error.message, (target) => salvageFile(folder, target));
  }
}

function openSound(place: JournalPlace, folder: JournalFolder): Omit<OpenedJournal, 'lock'> {
  const db = openJournalFile(folder.file);
  try {
    const owner = readOwner(db, folder.file);
    if (owner === undefined) writeOwner(db, place.terminal);
    else if (owner !== place.terminal) return setAsideOthers(place, folder, db, owner);
    return { journal: new SqliteJournal(db, folder.file, place.opening(), place.nowMs), notices: [] };
  } catch (error) {
    db.close();
    throw journalError(error, folder.file);
  }
}

function setAsideOthers(
  place: JournalPlace,
  folder: JournalFolder,
  db: JournalDatabase,
  owner: string,
): Omit<OpenedJournal, 'lock'> {
  const held = db.prepare<[], number>('SELECT count(*) FROM press').pluck().get() ?? 0;
  db.close();
  const aside = folder.setAside(`of-${owner}`, place.now());
  const detail = `the journal belonged to terminal ${owner} (${held} presses, some may be undelivered); kept as ${aside}`;
  return { ...openSound(place, folder), notices: [{ code: 'journal-of-another-terminal', detail }] };
}

/**
 * A new journal in the place of a broken one. It is complete beside the broken one before that is moved away, so that
 * a crash at any point leaves either the one or the other to be found.
 */
function replace(
  place: JournalPlace,
  folder: JournalFolder,
  reason: string,
  save: (target: JournalDatabase) => void,
): Omit<OpenedJournal, 'lock'> {
  folder.discardReplacement();
  const fresh = openJournalFile(folder.replacement);
  let result: SalvageResult;
  try {
    writeOwner(fresh, place.terminal);
    save(fresh);
    result = countSaved(fresh);
    // One file from now on, which one rename makes the journal's successor.
    fresh.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    fresh.close();
  }
  const aside = folder.installReplacement('broken', place.now());
  const { journal } = openSound(place, folder);
  return { journal, notices: [damaged(reason, aside, result)] };
}

/** Once as the file is, once behind a restored header: each finds what the other cannot. */
function salvageFile(folder: JournalFolder, target: JournalDatabase): void {
  // SQLite deletes the log of an empty file, with all that it holds.
  if (folder.oddity() !== 'empty') salvageOpened(() => openJournalForReading(folder.file), folder.file, target);
  salvageBehindHeader(folder, target);
}

function salvageBehindHeader(folder: JournalFolder, target: JournalDatabase): void {
  try {
    salvageOpened(() => openRestoredHeader(folder.file, folder.scratch), folder.file, target);
  } finally {
    folder.discardScratch();
  }
}

/** What cannot be opened holds nothing to save, and the notice counts it; failures of the target pass through. */
function salvageOpened(open: () => JournalDatabase, file: string, target: JournalDatabase): void {
  const broken = ifReadable(open, file);
  if (broken === undefined) return;
  try {
    salvage(broken, target);
  } finally {
    broken.close();
  }
}

/** Undefined where a damaged file cannot be opened; a disk without room is another matter. */
function ifReadable<T>(open: () => T, file: string): T | undefined {
  try {
    return open();
  } catch (error) {
    const known = journalError(error, file);
    if (known instanceof HymioError && known.code === 'journal-full') throw known;
    if (!(known instanceof Error && 'code' in known)) throw error;
    return undefined;
  }
}

/** The firmware that found the damage may have told nobody. */
function finished(aside: string): JournalNotice {
  const detail = `an earlier start found the journal damaged, saved what could be read and was interrupted; kept as ${aside}`;
  return { code: 'journal-damaged', detail: detail.slice(0, 500) };
}

function damaged(reason: string, aside: string | undefined, result: SalvageResult): JournalNotice {
  const where = aside === undefined ? 'nothing of it was left' : `kept as ${aside}`;
  const counts = `${result.saved} presses saved, ${result.unreadable} unreadable between them`;
  return { code: 'journal-damaged', detail: `${reason} ${where}; ${counts}`.slice(0, 500) };
}
