import { HymioError } from '@hymio/protocol';
import Database from 'better-sqlite3';

/** Failures of SQLite that mean that the file is not what was written, or that the card cannot read it back. */
const DAMAGE =
  /^SQLITE_(CORRUPT|NOTADB|ERROR|CONSTRAINT|MISMATCH|FORMAT|READONLY_DBMOVED|IOERR_(READ|SHORT_READ|CORRUPTFS|DATA))/;

/** The journal file is not to be trusted any more. */
export function corrupt(file: string, detail: string, cause?: unknown): HymioError {
  return new HymioError(
    'journal-corrupt',
    `${file} is damaged: ${detail}.`,
    'It is set aside, what can be read is saved and a new journal is begun; consider a new SD card.',
    { cause },
  );
}

/** What SQLite reports, as an error of ours. Errors that are ours already, and bugs, pass unchanged. */
export function journalError(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) {
      return full(file, error);
    }
    return error instanceof TypeError && error.message.includes('directory does not exist')
      ? unwritable(file, error)
      : error;
  }
  const { code, message } = error;
  if (DAMAGE.test(code)) return corrupt(file, message, error);
  // The shared index of the log could not grow: on a full disk that comes first.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return full(file, error);
  if (code.startsWith('SQLITE_BUSY')) {
    return new HymioError(
      'journal-in-use',
      `${file} is in use by another process.`,
      'Only one firmware may run on a data folder: stop the other one or give this one another `data`.',
      { cause: error },
    );
  }
  return unwritable(file, error);
}

function full(file: string, error: Error): HymioError {
  return new HymioError('journal-full', `No room left to write ${file}.`, 'Free space on the disk.', { cause: error });
}

function unwritable(file: string, error: Error): HymioError {
  return new HymioError(
    'journal-unwritable',
    `${file} cannot be written: ${error.message}.`,
    'Make the data folder exist and writable for this user, and check the disk.',
    { cause: error },
  );
}
