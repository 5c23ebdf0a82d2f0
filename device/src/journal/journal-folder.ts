import { closeSync, openSync, readdirSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../files/sync-folder.js';

export const JOURNAL_NAME = 'journal.sqlite';
/** Ends the name of a replacement that is to take the journal's place; before it stands where that one goes. */
const SUCCESSOR = '.successor';
/** SQLite's own files beside a database. */
const SUFFIXES = ['', '-wal', '-shm'] as const;

/** The files of one data folder: the journal, the one being made to replace it, and those set aside. */
export class JournalFolder {
  readonly path: string;
  readonly file: string;
  /** A replacement while it is made. */
  readonly replacement: string;
  /** A copy for reading behind a destroyed header. */
  readonly scratch: string;
  /** An empty file: there was a journal. */
  readonly #mark: string;

  constructor(path: string) {
    this.path = path;
    this.file = join(path, JOURNAL_NAME);
    this.replacement = join(path, 'journal-new.sqlite');
    this.scratch = join(path, 'journal-copy.sqlite');
    this.#mark = join(path, 'journal.made');
  }

  /**
   * Ends what a crash interrupted: a successor takes its place, a replacement that was not complete goes. Returns the name
   * under which the journal is kept that was succeeded just now.
   */
  tidy(): string | undefined {
    remove(this.scratch);
    remove(this.replacement);
    const successor = readdirSync(this.path).find((name) => name.endsWith(SUCCESSOR));
    if (successor === undefined) return undefined;
    const aside = join(this.path, successor.slice(0, -SUCCESSOR.length));
    this.#succeed(aside);
    return aside;
  }

  /** Whether there was a journal here once: then somebody took it away where there is none. */
  hadJournal(): boolean {
    return stat(this.#mark) !== undefined;
  }

  /** Call it with the journal on the disk: a first start that a power cut ends must not look like a journal that is gone. */
  noteJournal(): void {
    if (this.hadJournal()) return;
    try {
      closeSync(openSync(this.#mark, 'w'));
      syncFolder(this.path);
    } catch (error) {
      // Without room for it only that much is unknown until the next start; presses matter more.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  /** What is plainly wrong with the journal before it is opened; undefined where nothing is. */
  oddity(): 'gone' | 'empty' | 'not a file' | undefined {
    const files = SUFFIXES.map((suffix) => stat(`${this.file}${suffix}`));
    if (files.some((each) => each !== undefined && !each.isFile())) return 'not a file';
    const [file] = files;
    if (file === undefined) return 'gone';
    return file.size === 0 ? 'empty' : undefined;
  }

  /** The log of a journal that is gone itself. */
  hasLog(): boolean {
    return (stat(`${this.file}-wal`)?.size ?? 0) > 0;
  }

  discardScratch(): void {
    remove(this.scratch);
  }

  discardReplacement(): void {
    remove(this.replacement);
  }

  /** Renames the journal with its log, so that both stay together; undefined where there was none. */
  setAside(why: string, nowMs: number): string | undefined {
    const aside = this.#nameAside(why, nowMs);
    return move(this.file, aside) ? aside : undefined;
  }

  /**
   * Puts the replacement, complete in one file, in the place of the journal, which is set aside; returns where, undefined
   * where there was none. From one rename on, the replacement is the successor: whatever interrupts the rest, `tidy` goes
   * on with it, and a journal is never taken for whole that lies there without its log.
   */
  installReplacement(why: string, nowMs: number): string | undefined {
    const aside = this.#nameAside(why, nowMs);
    renameSync(this.replacement, `${aside}${SUCCESSOR}`);
    syncFolder(this.path);
    return this.#succeed(aside) ? aside : undefined;
  }

  /** Whether there was a journal to set aside. */
  #succeed(aside: string): boolean {
    const wasThere = move(this.file, aside);
    renameSync(`${aside}${SUCCESSOR}`, this.file);
    syncFolder(this.path);
    return wasThere;
  }

  #nameAside(why: string, nowMs: number): string {
    const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
    let aside = join(this.path, `journal-${why}-${stamp}.sqlite`);
    for (let count = 2; taken(aside); count += 1) aside = join(this.path, `journal-${why}-${stamp}-${count}.sqlite`);
    return aside;
  }
}

function stat(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function taken(path: string): boolean {
  return SUFFIXES.some((suffix) => stat(`${path}${suffix}`) !== undefined);
}

/** The log first: where only it was moved, moving again ends it. */
function move(from: string, to: string): boolean {
  const there = [...SUFFIXES].reverse().filter((suffix) => stat(`${from}${suffix}`) !== undefined);
  for (const suffix of there) renameSync(`${from}${suffix}`, `${to}${suffix}`);
  return there.length > 0;
}

function remove(path: string): void {
  for (const suffix of SUFFIXES) rmSync(`${path}${suffix}`, { force: true, recursive: true });
}
