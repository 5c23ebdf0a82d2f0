import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LATE_COMPILER } from '../late-compiler.js';
import { ChildProgram } from './child-program.js';
import { ROOT } from './repository-root.js';

export const GATEWAY_PROGRAM = join(ROOT, 'gateway/dist/cli/main.js');
export const TERMINAL_PROGRAM = join(ROOT, 'device/dist/cli/main.js');

/** A commit takes its time there, so that a kill may strike in the middle of one: for `TestBench`, where kills are the point. */
export const ON_DISK = '/var/tmp';

/** Below the ports that the kernel gives to outgoing connections, so that one stays free while nobody listens on it. */
const LOWEST_PORT = 11_000;
const HIGHEST_PORT = 32_000;

/** A folder and the processes of one test file. `clear` ends every process, undoes what else was done, and removes the folder, whatever happened. */
export class TestBench {
  readonly folder: string;
  readonly #children: ChildProgram[] = [];
  readonly #undo: (() => Promise<void>)[] = [];
  readonly #nodeOptions: readonly string[];

  /**
   * `parent`: where the folder is made, in memory on most machines where nothing else is said. `nodeOptions`: for every
   * program of ours, such as `--import FILE`.
   */
  constructor(name: string, parent = tmpdir(), nodeOptions: readonly string[] = []) {
    this.#nodeOptions = nodeOptions;
    this.folder = mkdtempSync(join(parent, `hymio-${name}-`));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Writes a file of the folder and returns its path. JSON is YAML too. */
  write(name: string, content: string | object): string {
    const file = this.path(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
    return file;
  }

  spawn(name: string, command: string, args: readonly string[]): ChildProgram {
    const child = new ChildProgram(name, command, args);
    this.#children.push(child);
    return child;
  }

  /** A program of ours. */
  node(name: string, program: string, ...args: string[]): ChildProgram {
    return this.spawn(name, process.execPath, [...LATE_COMPILER, ...this.#nodeOptions, program, ...args]);
  }

  /** Every process ever started here. */
  get children(): readonly ChildProgram[] {
    return this.#children;
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#children.filter((child) => child.running).map((child) => child.kill('SIGKILL')));
  }

  /** What `clear` is to undo once the processes have ended, the last first; whatever becomes of the others. */
  afterwards(undo: () => Promise<void>): void {
    this.#undo.push(undo);
  }

  async clear(): Promise<void> {
    try {
      await this.killAll();
    } finally {
      try {
        await this.#undoAll();
      } finally {
        rmSync(this.folder, { recursive: true, force: true });
      }
    }
  }

  async #undoAll(): Promise<void> {
    const last = this.#undo.pop();
    if (last === undefined) return;
    try {
      await last();
    } finally {
      await this.#undoAll();
    }
  }
}

/** A port of 127.0.0.1 on which nobody listens, for a program that must come back on the same one. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST_PORT + Math.floor(Math.random() * (HIGHEST_PORT - LOWEST_PORT));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
