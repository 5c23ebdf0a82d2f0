import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { STORE_FILE } from './database.js';

/** Room that a store takes and that is left on its disk, bytes. */
export interface StoreSize {
  database: number;
  /** The log of what has not been copied into the database yet. */
  log: number;
  free: number;
}

/** Looks at the files of a store's folder; a log that is not there has size 0. Errors: those of the file system. */
export async function storeSize(folder: string): Promise<StoreSize> {
  const file = join(folder, STORE_FILE);
  const [database, log, disk] = await Promise.all([stat(file), sizeOrNone(`${file}-wal`), statfs(folder)]);
  return { database: database.size, log, free: disk.bavail * disk.bsize };
}

async function sizeOrNone(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
