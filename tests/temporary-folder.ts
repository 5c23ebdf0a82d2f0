import { readFileSync, statfsSync } from 'node:fs';

const IN_MEMORY = '/dev/shm';
/** What a whole run may need at once, with room to spare, bytes. */
const LEAST_FREE = 2 ** 30;

/**
 * The environment that puts temporary folders in memory, where the machine has room for it and lets programs run there:
 * a write that waits for a disk shows nothing that these tests could see. Empty elsewhere.
 */
export function temporaryFolder(): { TMPDIR?: string } {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= LEAST_FREE && runsPrograms() ? { TMPDIR: IN_MEMORY } : {};
  } catch {
    return {};
  }
}

/** Containers often mount it so that nothing in it may be executed; tests put programs of their own there. */
function runsPrograms(): boolean {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const [, , type, options = ''] = mounts.find((line) => line.split(' ')[1] === IN_MEMORY)?.split(' ') ?? [];
  return type === 'tmpfs' && !options.split(',').includes('noexec');
}
