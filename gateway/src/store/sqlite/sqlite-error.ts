import { HymioError } from '@hymio/protocol/plain';
import Database from 'better-sqlite3';

/**
 * Names an error of SQLite or of the file system in the store's own words; others come back unchanged.
 * Codes: `store-full`, `store-unwritable`, `store-corrupt`.
 */
export function toStoreError(error: unknown, place: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const cause = { cause: error };
  const what = error instanceof Error ? error.message : String(error);
  if (/^SQLITE_FULL|^ENOSPC|^EDQUOT/.test(code)) {
    return new HymioError(
      'store-full',
      `The store ${place} has no room: ${what}.`,
      'Free disk space; ingest then goes on by itself.',
      cause,
    );
  }
  // A file of a format that no SQLite has written says so in words alone.
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code) || what === 'unsupported file format') {
    return new HymioError(
      'store-corrupt',
      `The store ${place} is damaged: ${what}.`,
      'Stop the gateway and restore the newest backup.',
      cause,
    );
  }
  if (/^SQLITE_(READONLY|IOERR|CANTOPEN|PERM|AUTH|BUSY|LOCKED)|^E[A-Z]+$/.test(code)) {
    return new HymioError(
      'store-unwritable',
      `The store ${place} cannot be used: ${what}.`,
      'Check that the folder exists, belongs to the gateway and is mounted writable.',
      cause,
    );
  }
  return error;
}

export function isSqliteError(error: unknown): error is Error {
  return error instanceof Database.SqliteError;
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Database.SqliteError) return error.code;
  // better-sqlite3 says so in words where the folder is missing.
  if (error instanceof TypeError && /directory does not exist/.test(error.message)) return 'ENOENT';
  if (error instanceof Error && 'syscall' in error && 'code' in error) return String(error.code);
  return undefined;
}
