import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import { LOCK_FILE, openPlainly } from './database.js';

/** The right to write a store. */
export interface WriterLock {
  release(): void;
}

/**
 * Takes the one writer's place of a store folder. The operating system holds the lock, so kill -9 and a power cut
 * release it. Error: HymioError `store-in-use`.
 */
export function takeWriterLock(folder: string): WriterLock {
  const db = openPlainly(join(folder, LOCK_FILE));
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))) throw error;
    throw new HymioError(
      'store-in-use',
      `Another process writes the store in ${folder}.`,
      'Stop that gateway first; one store has one gateway.',
    );
  }
  return { release: () => void db.close() };
}
