import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, type Fault, faultSchema } from '@hymio/protocol';
import * as z from 'zod';
import type { Log } from '../log/log.js';

const recordSchema = z.object({ pid: z.int(), startedAt: z.string(), faults: z.array(faultSchema) });
type FaultsRecord = z.infer<typeof recordSchema>;

/** Where the faults of now are shown to who looks at the terminal itself. */
export interface FaultBoard {
  show(faults: readonly Fault[]): void;
  /** The firmware ends. */
  clear(): void;
}

/**
 * The faults of now in `faults.json` of the data folder, for `hymio-terminal status`: where there is no network, no
 * status tells of them. Not synced: nobody needs it after a power cut.
 */
export class FaultsFile implements FaultBoard {
  readonly #file: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    this.#file = fileIn(folder);
    this.#log = log;
  }

  /** A disk that cannot be written is the journal's fault to report; here it is logged. */
  show(faults: readonly Fault[]): void {
    const record: FaultsRecord = { pid: process.pid, startedAt: startOf(process.pid) ?? '', faults: [...faults] };
    this.#attempt(() => {
      writeFileSync(`${this.#file}.new`, JSON.stringify(record), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    });
  }

  clear(): void {
    this.#attempt(() => rmSync(this.#file, { force: true }));
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      this.#log.warn('the faults are not shown to `status`', { error: error.message });
    }
  }
}

/** The faults of the firmware that runs on this data folder; undefined where none runs. */
export function readFaults(folder: string): Fault[] | undefined {
  const content = read(fileIn(folder));
  const decoded = content && decode<FaultsRecord>(recordSchema, content);
  if (!decoded?.ok) return undefined;
  const { pid, startedAt, faults } = decoded.message;
  return startOf(pid) === startedAt ? faults : undefined;
}

/** When a process started, in ticks since boot: a number may be given anew. Undefined where there is none. */
function startOf(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`)?.toString();
  // Behind the name, which may hold anything; field 22 of proc_pid_stat(5).
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function fileIn(folder: string): string {
  return join(folder, 'faults.json');
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
