import { accessSync, constants } from 'node:fs';
import { type Clock, HymioError, type StatusMessage } from '@hymio/protocol';
import type { JournalProgress } from './progress.js';

/** Faults that say that the last press could not be kept. */
const FAILURES: readonly string[] = ['journal-full', 'journal-unwritable', 'journal-corrupt', 'internal'];

/** What of the firmware is looked at; `Terminal` is one. */
export interface Watched {
  /** Reads the journal. Throws HymioError where that fails. */
  status(): StatusMessage | undefined;
}

/** Looks at the journal without writing to it: an idle terminal must not wear its card. */
export class JournalWatch {
  readonly #terminal: Watched;
  readonly #folder: string;
  readonly #clock: Clock;
  #failing: { code: string; sinceMs: number } | undefined;

  constructor(terminal: Watched, folder: string, clock: Clock) {
    this.#terminal = terminal;
    this.#folder = folder;
    this.#clock = clock;
  }

  progress(): JournalProgress {
    const code = this.#failure();
    const now = this.#clock.monotonic();
    this.#failing = code === undefined ? undefined : { code, sinceMs: this.#failing?.sinceMs ?? now };
    return this.#failing === undefined
      ? { kind: 'sound' }
      : { kind: 'failing', code: this.#failing.code, forMs: now - this.#failing.sinceMs };
  }

  #failure(): string | undefined {
    try {
      const codes = this.#terminal.status()?.faults.map((fault) => fault.code) ?? [];
      return FAILURES.find((code) => codes.includes(code)) ?? folderFailure(this.#folder);
    } catch (error) {
      if (error instanceof HymioError) return error.code;
      throw error;
    }
  }
}

/** A card that fails is often turned read-only by the kernel, long before the next press notices. */
function folderFailure(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return 'journal-unwritable';
    throw error;
  }
}
