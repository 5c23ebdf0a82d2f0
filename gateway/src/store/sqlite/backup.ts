import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HymioError } from '@hymio/protocol/plain';
import { syncPath } from '../../files/sync-path.js';
import { type Db, openPlainly } from './database.js';
import { writeMeta } from './meta.js';
import { toStoreError } from './sqlite-error.js';

/**
 * Writes a consistent copy to `target`, which must not exist: it appears there only when it is whole and on disk.
 * `now`: UTC ms. Error: HymioError `backup-exists`.
 */
export function makeBackup(db: Db, target: string, now: number): void {
  const file = resolve(target);
  refuseExisting(file);
  const unfinished = `${file}.${process.pid}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    db.prepare('VACUUM INTO ?').run(unfinished);
    stamp(unfinished, now);
    syncPath(unfinished);
    refuseExisting(file);
    renameSync(unfinished, file);
    syncPath(dirname(file));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw toStoreError(error, file);
  }
}

function stamp(file: string, now: number): void {
  const copy = openPlainly(file);
  try {
    writeMeta(copy, 'copied-at', now);
  } finally {
    copy.close();
  }
}

function refuseExisting(file: string): void {
  if (!existsSync(file)) return;
  throw new HymioError(
    'backup-exists',
    `${file} exists already.`,
    'Choose another name; a backup never replaces a file.',
  );
}
