import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { decode, HymioError } from '@hymio/protocol';
import * as z from 'zod';
import type { DurableFiles } from '../files/durable-files.js';
import { NODE_FILES } from '../files/node-files.js';

const identitySchema = z.object({
  gateway: z.string().describe('where it enrolled and renews, https://…'),
  key: z.string().describe('its private key, PEM'),
  certificate: z.string().describe('PEM'),
  authority: z.string().describe('the authority that it trusts, PEM'),
});
/** Who a terminal is: its key, its certificate, and whom it trusts. */
export type Identity = z.infer<typeof identitySchema>;

/**
 * The terminal's identity in one file of the data folder, replaced as a whole or not at all, so that key and certificate
 * always belong together. A key whose certificate has not come yet lies beside it: asking again after a crash asks with
 * the same key.
 */
export class IdentityFile {
  readonly #folder: string;
  readonly #files: DurableFiles;

  /** `folder`: the data folder. `files`: where it lies; default: on this computer. */
  constructor(folder: string, files: DurableFiles = NODE_FILES) {
    this.#folder = folder;
    this.#files = files;
  }

  /** Undefined where it never enrolled. Error: HymioError `identity-unreadable`. */
  read(): Identity | undefined {
    const content = this.#read(this.#file());
    if (content === undefined) return undefined;
    const decoded = decode<Identity>(identitySchema, content);
    if (decoded.ok) return decoded.message;
    throw unreadable(this.#file(), decoded.reason);
  }

  /** Keeps an identity; the key that was asked with is not needed beside it any more. */
  write(identity: Identity): void {
    this.#replace(this.#file(), JSON.stringify(identity));
    this.#files.remove(this.#pending());
    // Else it may be back after a power cut, and be asked with again.
    this.#files.syncFolder(this.#folder);
  }

  /**
   * The key to ask for a certificate with: the one that asked before and got no answer, or a new one. `replaced`: the key
   * (PEM) that is to be replaced: where it lies here still, its certificate has come.
   */
  nextKey(replaced?: string): KeyObject {
    const waiting = this.#read(this.#pending());
    if (waiting !== undefined && waiting.toString() !== replaced) {
      try {
        return createPrivateKey(waiting);
      } catch {
        // Cut short in a crash: it never asked.
      }
    }
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#replace(this.#pending(), keyPem(privateKey));
    return privateKey;
  }

  #file(): string {
    return join(this.#folder, 'identity.json');
  }

  #pending(): string {
    return join(this.#folder, 'identity-new.pem');
  }

  /** Error: HymioError `identity-unreadable`. */
  #read(file: string): Buffer | undefined {
    try {
      return this.#files.read(file);
    } catch (error) {
      throw unreadable(file, error instanceof Error ? error.message : String(error));
    }
  }

  /** Readable by this user alone, and on disk when this returns. */
  #replace(file: string, content: string): void {
    const files = this.#files;
    files.makeFolder(this.#folder);
    const fresh = `${file}.new`;
    files.remove(fresh);
    const handle = files.create(fresh);
    try {
      files.write(handle, content);
      files.sync(handle);
    } finally {
      files.close(handle);
    }
    files.rename(fresh, file);
    files.syncFolder(this.#folder);
  }
}

export function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function unreadable(file: string, reason: string): HymioError {
  return new HymioError(
    'identity-unreadable',
    `The terminal's identity in ${file} cannot be read: ${reason}.`,
    'Check its rights, or remove it and enrol anew with `hymio-terminal enrol`.',
  );
}
