import { mkdirSync } from 'node:fs';
import { toStoreError } from './sqlite-error.js';
import { SqliteWriter } from './sqlite-writer.js';
import { takeWriterLock, type WriterLock } from './writer-lock.js';

/** The right to write and what writes. */
export interface WriteSide {
  lock: WriterLock;
  writer: SqliteWriter;
}

/** Takes the writer's place of a folder, which is made where it is missing. */
export function openWriteSide(folder: string, file: string, maxPages: number | undefined): WriteSide {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw toStoreError(error, folder);
  }
  const lock = takeWriterLock(folder);
  try {
    return { lock, writer: new SqliteWriter(file, maxPages) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

export function closeWriteSide(write: WriteSide | undefined): void {
  write?.writer.close();
  write?.lock.release();
}
