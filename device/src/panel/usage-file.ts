import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '@hymio/protocol';
import * as z from 'zod';
import { syncFolder } from '../files/sync-folder.js';
import type { Log } from '../log/log.js';
import type { ButtonUsage } from './buttons/button-usage.js';
import type { UsageShelf } from './usage-watch.js';

const fourSchema = z.array(z.number().min(0)).length(4);
const usageSchema = z.object({ othersPressed: fourSchema, workedMs: fourSchema });

/** The use of the buttons in `button-usage.json` of the data folder, replaced as a whole or not at all. */
export class UsageFile implements UsageShelf {
  readonly #folder: string;
  readonly #file: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#file = join(folder, 'button-usage.json');
    this.#log = log;
  }

  /** Undefined where there is none, or it is damaged: counting then begins anew. */
  load(): ButtonUsage | undefined {
    let content: Buffer;
    try {
      content = readFileSync(this.#file);
    } catch (error) {
      if (error instanceof Error && 'code' in error) return undefined;
      throw error;
    }
    const decoded = decode<ButtonUsage>(usageSchema, content);
    return decoded.ok ? decoded.message : undefined;
  }

  /** A disk that cannot be written is the journal's fault to report; here it is logged. */
  save(usage: ButtonUsage): void {
    try {
      const fresh = `${this.#file}.new`;
      const handle = openSync(fresh, 'w', 0o600);
      try {
        writeSync(handle, JSON.stringify(usage));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(fresh, this.#file);
      syncFolder(this.#folder);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      this.#log.warn('the use of the buttons is not remembered', { error: error.message });
    }
  }
}
