import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Sets the JavaScript engine for a small computer; before anything big is loaded. A firmware lives for months with
 * little to do: memory is worth more than speed. See docs/decisions/0008-terminal-memory.md.
 */
export function setFrugalMemory(): void {
  setFlagsFromString('--max-semi-space-size=1');
  setFlagsFromString('--optimize-for-size');
}

/** Gives back what starting left behind; takes some milliseconds. */
export function releaseStartMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
