import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How long Node takes to start and end where nothing else runs, ms; generous, so that a slow computer is no busy one. */
const QUIET_START_MS = 100;
/** A promise on time that would be kept only so many times later is not kept, however busy the machine is. */
const MOST_TIMES = 6;

/**
 * What may take `quietMs` on a quiet machine may take this long on this one now, ms: longer by as much as starting Node
 * takes longer. For promises on time in tests that share the machine with others; asked after what was timed.
 */
export async function onThisMachine(quietMs: number): Promise<number> {
  const begin = performance.now();
  await promisify(execFile)(process.execPath, ['-e', '0']);
  const times = (performance.now() - begin) / QUIET_START_MS;
  return quietMs * Math.min(MOST_TIMES, Math.max(1, times));
}
