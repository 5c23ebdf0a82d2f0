import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { corrupt } from './journal-error.js';

/** How long a file that was cut short may go unnoticed, ms: only its size tells. */
const LOOK_EVERY_MS = 1_000;
/** Longer than the step of a time stamp, ms: only a change that is further back is certain to be the last one. */
const SETTLED_MS = 100;

interface Seen {
  path: string;
  inode: number;
  bytes: number;
}

/**
 * Notices that a file in use was deleted, replaced or cut short: SQLite would go on writing to what the next start
 * cannot find. Deleted and replaced at once, by the folder, whose own time changes with every name in it; a look at each
 * file costs a press twice as much, so it is taken only then, and once a second.
 */
export class WatchedFile {
  readonly #folder: string;
  readonly #seen: Seen[];
  #inode = 0;
  #changedAt = Number.NaN;
  /** When the folder was first seen as it is now, and when the files were last looked at, ms of the clock. */
  #sinceMs = Number.NaN;
  #lookedMs = Number.NaN;

  readonly #nowMs: () => number;

  /** The journal and its log; neither ever shrinks while it is open. `nowMs`: any clock that only goes forward. */
  constructor(file: string, nowMs = () => performance.now()) {
    this.#nowMs = nowMs;
    this.#folder = dirname(file);
    this.#seen = [file, `${file}-wal`].map((path) => ({ path, inode: 0, bytes: 0 }));
    for (const seen of this.#seen) Object.assign(seen, look(seen.path));
  }

  /** Throws `journal-corrupt` where one of the files is no longer the one that was opened. */
  assertInPlace(): void {
    const nowMs = this.#nowMs();
    const folder = statSync(this.#folder, { throwIfNoEntry: false });
    if (folder === undefined || folder.ino !== this.#inode || folder.mtimeMs !== this.#changedAt) {
      this.#inode = folder?.ino ?? 0;
      this.#changedAt = folder?.mtimeMs ?? Number.NaN;
      this.#sinceMs = nowMs;
    }
    const settled = this.#lookedMs - this.#sinceMs >= SETTLED_MS;
    if (settled && nowMs - this.#lookedMs < LOOK_EVERY_MS) return;
    // Only a look that found all in place spares the next one.
    this.#lookedMs = Number.NaN;
    for (const seen of this.#seen) assertSame(seen);
    this.#lookedMs = nowMs;
  }
}

function assertSame(seen: Seen): void {
  const now = look(seen.path);
  // What was seen stays as it was: where the file cannot be replaced now, the next press must not be written to it.
  if (now.inode !== seen.inode || now.bytes < seen.bytes) {
    throw corrupt(seen.path, 'deleted, replaced or cut short while in use');
  }
  seen.bytes = now.bytes;
}

function look(path: string): Pick<Seen, 'inode' | 'bytes'> {
  const stats = statSync(path, { throwIfNoEntry: false });
  return { inode: stats?.ino ?? 0, bytes: stats?.size ?? 0 };
}
