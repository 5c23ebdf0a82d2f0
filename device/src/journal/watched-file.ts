import { statSync } from 'node:fs';
import { corrupt } from './journal-error.js';

interface Seen {
  path: string;
  inode: number;
  bytes: number;
}

/**
 * Notices that a file in use was deleted, replaced or cut short: SQLite would go on writing to what the next start
 * cannot find.
 */
export class WatchedFile {
  readonly #seen: Seen[];

  /** The journal and its log; neither ever shrinks while it is open. */
  constructor(file: string) {
    this.#seen = [file, `${file}-wal`].map((path) => ({ path, inode: 0, bytes: 0 }));
    for (const seen of this.#seen) look(seen);
  }

  /** Throws `journal-corrupt` where one of the files is no longer the one that was opened. */
  assertInPlace(): void {
    for (const seen of this.#seen) {
      const { inode, bytes } = seen;
      look(seen);
      if (seen.inode !== inode || seen.bytes < bytes) {
        throw corrupt(seen.path, 'deleted, replaced or cut short while in use');
      }
    }
  }
}

function look(seen: Seen): void {
  const stats = statSync(seen.path, { throwIfNoEntry: false });
  seen.inode = stats?.ino ?? 0;
  seen.bytes = stats?.size ?? 0;
}
