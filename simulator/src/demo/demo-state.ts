import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainError, HymioError } from '@hymio/protocol';
import * as z from 'zod';

const WEEK_MS = 7 * 86_400_000;
/** History of this length is made at the first start. */
export const HISTORY_MS = 5 * WEEK_MS;
/** The terminals were put up a week before. */
export const PUT_UP_BEFORE_MS = WEEK_MS;

const stateSchema = z.object({
  version: z.literal(1),
  seed: z.int(),
  /** Beginning of the history, UTC ms. */
  from: z.int(),
  /** Registry and the past of the special terminals are in the store. */
  prepared: z.boolean(),
  /** Terminals whose history is complete. */
  done: z.array(z.string()),
});
export type DemoState = z.infer<typeof stateSchema>;

/** What the demo remembers between two starts, in `demo.json` of its folder. */
export class DemoStateFile {
  readonly #file: string;
  #state: DemoState;

  private constructor(file: string, state: DemoState) {
    this.#file = file;
    this.#state = state;
  }

  /** Reads it, or begins a history that ends `now` (UTC ms). Error: HymioError `demo-data-unusable`. */
  static open(folder: string, now: number): DemoStateFile {
    const file = join(folder, 'demo.json');
    try {
      mkdirSync(folder, { recursive: true });
      const state = read(file);
      if (state !== undefined) return new DemoStateFile(file, state);
      const from = Math.floor((now - HISTORY_MS) / 1_000) * 1_000;
      const fresh = new DemoStateFile(file, { version: 1, seed: 2_026, from, prepared: false, done: [] });
      fresh.#write();
      return fresh;
    } catch (error) {
      throw new HymioError(
        'demo-data-unusable',
        `The demo's folder ${folder} cannot be used: ${explainError(error)}.`,
        'Delete it to begin anew, or give another with --data.',
        { cause: error },
      );
    }
  }

  get state(): DemoState {
    return this.#state;
  }

  setPrepared(): void {
    this.#state = { ...this.#state, prepared: true };
    this.#write();
  }

  setDone(terminal: string): void {
    this.#state = { ...this.#state, done: [...this.#state.done, terminal] };
    this.#write();
  }

  #write(): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#state));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function read(file: string): DemoState | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return stateSchema.parse(JSON.parse(text));
}
