import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../support/is-running.js';

/** Where folders of runs are made: on a real disk. A run looks for leftovers of others in the same place alone. */
const PARENT = process.env['HYMIO_POWER_PARENT'] ?? '/var/tmp';
const PREFIX = 'hymio-power-';
/** Tells the program inside where it may put its disks. */
const FOLDER_VARIABLE = 'HYMIO_POWER_FOLDER';

/** The folder of this run; undefined outside of it. */
export function ownFolder(): string | undefined {
  return process.env[FOLDER_VARIABLE];
}

/**
 * Runs this program once more where its mounts and processes are its own: nobody else sees them, and the kernel takes
 * all of them back when it ends, however it ends. Resolves with its exit code.
 */
export async function runInOwnNamespace(program: string, args: readonly string[]): Promise<number> {
  removeLeftovers();
  const folder = mkdtempSync(join(PARENT, `${PREFIX}${process.pid}-`));
  const own = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const child = spawn('unshare', [...own, process.execPath, program, ...args], {
    // Its input ends with this process, and with its input it ends itself.
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, [FOLDER_VARIABLE]: folder },
  });
  const interrupt = () => void child.stdin.end();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Inside: calls `end` where whoever started this is gone or wants an end. */
export function endWithStarter(end: () => void): void {
  process.stdin.on('end', end).resume();
  // Number 1 of a process namespace hears no signal that it does not listen to.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

/** Folders of runs that were killed with everything around them: plain files, their mounts went with the processes. */
function removeLeftovers(): void {
  for (const name of readdirSync(PARENT).filter((each) => each.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    if (!isRunning(pid)) rmSync(join(PARENT, name), { recursive: true, force: true });
  }
}
