import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import { syncPath } from '../files/sync-path.js';

/** Folder of the data folder; not part of a backup, so that no backup can make terminals. */
export const IDENTITY_FOLDER = 'identity';

/** Where an authority is kept. */
export type KeptAuthority = Pick<AuthorityFile, 'path' | 'read' | 'create'>;

/** Key and certificate of the gateway's own authority: one file, so that the two can never be of different ones. */
export class AuthorityFile {
  readonly path: string;
  readonly #data: string;
  readonly #folder: string;

  /** `data`: the data folder. */
  constructor(data: string) {
    this.#data = data;
    this.#folder = join(data, IDENTITY_FOLDER);
    this.path = join(this.#folder, 'authority.pem');
  }

  /** Undefined where there is none yet. Error: HymioError `authority-unreadable`. */
  read(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw authorityUnreadable(this.path, error);
    }
  }

  /** On disk as a whole, readable by this user alone; false, and nothing done, where another process was quicker. */
  create(pem: string): boolean {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const fresh = `${this.path}.${randomUUID()}`;
    const handle = openSync(fresh, 'wx', 0o600);
    try {
      writeSync(handle, pem);
      fsyncSync(handle);
      linkSync(fresh, this.path);
      // Whoever got a code or a certificate of it is to find it after a power cut: the name, and that of its folder.
      syncPath(this.#folder);
      syncPath(this.#data);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    } finally {
      closeSync(handle);
      rmSync(fresh, { force: true });
    }
  }
}

export function authorityUnreadable(path: string, cause: unknown): HymioError {
  return new HymioError(
    'authority-unreadable',
    `The gateway's certificate authority in ${path} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
    'Bring the file back from your copy of it. If there is none, remove it: a new authority is made, and every terminal enrols anew.',
    { cause },
  );
}
