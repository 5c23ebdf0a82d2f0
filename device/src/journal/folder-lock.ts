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
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    throw new HymioError(
      'journal-in-use',
      `The data folder ${folder} is in use by another process.`,
      'Only one firmware may run on a data folder: stop the other one, or give this one another `data`.',
    );
  }
  return { release: () => void db.close() };
}
