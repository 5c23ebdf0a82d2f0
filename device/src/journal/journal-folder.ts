import { renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

export const JOURNAL_NAME = 'journal.sqlite';
/** SQLite's own files beside a database. */
const SUFFIXES = ['', '-wal', '-shm'] as const;

/** The files of one data folder: the journal, the one being made to replace it, and those set aside. */
export class JournalFolder {
  readonly path: string;
  readonly file: string;
  /** A replacement while it is made: complete once the journal itself is out of the way. */
  readonly replacement: string;
  /** A copy for reading behind a destroyed header. */
  readonly scratch: string;

  constructor(path: string) {
    this.path = path;
    this.file = join(path, JOURNAL_NAME);
    this.replacement = join(path, 'journal-new.sqlite');
    this.scratch = join(path, 'journal-copy.sqlite');
  }

  /** Ends what a crash interrupted: a complete replacement takes its place, an incomplete one goes. */
  tidy(): void {
    remove(this.scratch);
    if (stat(this.file) === undefined && stat(this.replacement) !== undefined) move(this.replacement, this.file);
    else remove(this.replacement);
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
    const stamp = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-');
    let aside = join(this.path, `journal-${why}-${stamp}.sqlite`);
    for (let count = 2; taken(aside); count += 1) aside = join(this.path, `journal-${why}-${stamp}-${count}.sqlite`);
    return move(this.file, aside) ? aside : undefined;
  }

  /** Puts the replacement where the journal was. */
  installReplacement(): void {
    move(this.replacement, this.file);
  }
}

function stat(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function taken(path: string): boolean {
  return SUFFIXES.some((suffix) => stat(`${path}${suffix}`) !== undefined);
}

/** The log first: a journal must never be found without it. */
function move(from: string, to: string): boolean {
  const there = [...SUFFIXES].reverse().filter((suffix) => stat(`${from}${suffix}`) !== undefined);
  for (const suffix of there) renameSync(`${from}${suffix}`, `${to}${suffix}`);
  return there.length > 0;
}

function remove(path: string): void {
  for (const suffix of SUFFIXES) rmSync(`${path}${suffix}`, { force: true, recursive: true });
}
