import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigMessage, configMessageSchema, decode, HymioError } from '@hymio/protocol';
import { syncFolder } from '../files/sync-folder.js';
import type { SettingsShelf } from './remote-config.js';

/** The last good settings in `settings.json` of the data folder, replaced as a whole or not at all. */
export class SettingsFile implements SettingsShelf {
  readonly #folder: string;
  readonly #file: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'settings.json');
  }

  load(): ConfigMessage | undefined {
    let content: Buffer;
    try {
      content = readFileSync(this.#file);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw this.#damaged(error instanceof Error ? error.message : String(error));
    }
    const decoded = decode<ConfigMessage>(configMessageSchema, content);
    if (decoded.ok) return decoded.message;
    throw this.#damaged(decoded.reason);
  }

  save(settings: ConfigMessage): void {
    const fresh = `${this.#file}.new`;
    const handle = openSync(fresh, 'w', 0o600);
    try {
      writeSync(handle, JSON.stringify(settings));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(fresh, this.#file);
    syncFolder(this.#folder);
  }

  #damaged(reason: string): HymioError {
    return new HymioError(
      'settings-damaged',
      `The settings kept in ${this.#file} cannot be used: ${reason}.`,
      'Nothing needs to be done: the terminal’s own configuration holds until the gateway sends its settings again.',
    );
  }
}
