import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import Database from 'better-sqlite3';

export interface FolderLock {
  release(): void;
}

/**
 * Takes the data folder for this process. The kernel gives it back when the process ends, however it ends.
 * Throws HymioError `journal-in-use` where another process has it.
 */
export function lockFolder(folder: string): FolderLock {
  const file = join(folder, 'terminal.lock');
  try {
    return lockFile(file);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith('SQLITE_BUSY')) throw inUse(folder);
    if (error.code !== 'SQLITE_NOTADB' && !error.code.startsWith('SQLITE_CORRUPT')) throw error;
    // Nobody has it, or it would be busy: only its content was overwritten, and it has none.
    truncateSync(file);
    return lockFile(file);
  }
}

function lockFile(file: string): FolderLock {
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return { release: () => void db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}

function inUse(folder: string): HymioError {
  return new HymioError(
    'journal-in-use',
    `The data folder ${folder} is in use by another process.`,
    'Only one firmware may run on a data folder: stop the other one, or give this one another `data`.',
  );
}
