import { Script } from 'node:vm';

/**
 * Far more than any of these needs, even on a busy machine, ms. What goes through every way of reading a text needs
 * hours for a text of a hundred characters.
 */
const PATIENCE_MS = 5_000;

const SLOT = Symbol.for('hymio.fuzz.in-time');
const script = new Script(`globalThis[Symbol.for('hymio.fuzz.in-time')]()`);

/** The result of `run`, which is broken off, with an error, where it does not come to its end. */
export function inTime<T>(run: () => T): T {
  const slots = globalThis as Record<symbol, unknown>;
  slots[SLOT] = run;
  try {
    return script.runInThisContext({ timeout: PATIENCE_MS }) as T;
  } finally {
    delete slots[SLOT];
  }
}
