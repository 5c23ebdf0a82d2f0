import type { PowerDisk } from './power-disk.js';

/** What loses its power: a program, and the disk that it writes to. */
export interface Powered {
  disk: PowerDisk;
  /** Of the process that runs. */
  pid: number;
  /** Ends the process. */
  kill(): Promise<void>;
}

/**
 * Cuts the power of all of them in the same moment. Their processes stop first: a processor without power tells nobody
 * anything, while here a commit under way could still be told as done although its disk is gone already.
 */
export async function cutPower(machines: readonly Powered[]): Promise<void> {
  for (const { pid } of machines) process.kill(pid, 'SIGSTOP');
  await Promise.all(machines.map(({ disk }) => disk.cut()));
  await Promise.all(machines.map((machine) => machine.kill()));
}
