import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainError, HymioError } from '@hymio/protocol';
import type { LedgerLine } from './ledger-line.js';

/** Where the ground truth of a run goes. */
export interface Ledger {
  write(line: LedgerLine): void;
  close(): void;
}

/** The ground truth of a run as NDJSON, appended line by line at the moment a press is told kept. */
export class LedgerFile implements Ledger {
  readonly #handle: number;

  /** Makes or continues the file. Error: HymioError `ledger-unwritable`. */
  constructor(file: string) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      this.#handle = openSync(file, 'a');
    } catch (error) {
      throw new HymioError(
        'ledger-unwritable',
        `The ledger ${file} cannot be written: ${explainError(error)}.`,
        'Give a file in a writable folder with --ledger.',
        { cause: error },
      );
    }
  }

  write(line: LedgerLine): void {
    writeSync(this.#handle, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    closeSync(this.#handle);
  }
}
