import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigMessage, configMessageSchema, decode } from '@hymio/protocol';
import type { SettingsShelf } from './remote-config.js';

/** The last good settings in `settings.json` of the data folder, replaced as a whole or not at all. */
export class SettingsFile implements SettingsShelf {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'settings.json');
  }

  /** Undefined where there is none; a damaged file counts as none: the gateway sends its settings again. */
  load(): ConfigMessage | undefined {
    let content: Buffer;
    try {
      content = readFileSync(this.#file);
    } catch (error) {
      if (error instanceof Error && 'code' in error) return undefined;
      throw error;
    }
    const decoded = decode<ConfigMessage>(configMessageSchema, content);
    return decoded.ok ? decoded.message : undefined;
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
  }
}
