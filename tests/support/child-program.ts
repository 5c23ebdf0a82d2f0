import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PATIENCE_MS } from './patience.js';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One line that a program wrote, with what a pattern caught in it. */
export type Line = RegExpExecArray;

interface Waiting {
  pattern: RegExp;
  resolve: (line: Line) => void;
  reject: (error: Error) => void;
}

/** A real process under test: its lines, its input, its end. */
export class ChildProgram {
  readonly name: string;
  /** Complete lines of standard output and standard error, in the order in which they came. */
  readonly lines: string[] = [];
  readonly exited: Promise<Exit>;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Set<Waiting>();
  #exit: Exit | undefined;

  constructor(name: string, command: string, args: readonly string[]) {
    this.name = name;
    this.#process = spawn(command, args, { stdio: 'pipe' });
    // A program killed while it is written to: what it missed is for the test to notice.
    this.#process.stdin.on('error', () => undefined);
    const heard = [this.#process.stdout, this.#process.stderr].map((stream) => {
      const reader = createInterface({ input: stream });
      reader.on('line', (line) => this.#hear(line));
      return new Promise<void>((resolve) => reader.once('close', resolve));
    });
    this.exited = new Promise((resolve, reject) => {
      this.#process.once('error', reject);
      this.#process.once('close', (code, signal) => {
        void Promise.all(heard).then(() => {
          this.#exit = { code, signal };
          for (const waiting of this.#waiting) waiting.reject(this.#failure(`ended before ${waiting.pattern}`));
          resolve(this.#exit);
        });
      });
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get running(): boolean {
    return this.#exit === undefined;
  }

  write(text: string | Uint8Array): void {
    if (this.#process.stdin.writable) this.#process.stdin.write(text);
  }

  endInput(): void {
    this.#process.stdin.end();
  }

  /** The first line from number `from` on (default: from the start) that matches, now or later. */
  line(pattern: RegExp, from = 0): Promise<Line> {
    for (const line of this.lines.slice(from)) {
      const found = pattern.exec(line);
      if (found) return Promise.resolve(found);
    }
    if (!this.running) return Promise.reject(this.#failure(`ended before ${pattern}`));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => waiting.reject(this.#failure(`no line ${pattern}`)), PATIENCE_MS);
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        act();
      };
      const waiting: Waiting = {
        pattern,
        resolve: (line) => settle(() => resolve(line)),
        reject: (error) => settle(() => reject(error)),
      };
      this.#waiting.add(waiting);
    });
  }

  /** Sends a signal and waits for the end. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Exit> {
    if (this.running) this.#process.kill(signal);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(this.#failure(`did not end after ${signal}`)), PATIENCE_MS);
    });
    try {
      return await Promise.race([this.exited, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #hear(line: string): void {
    this.lines.push(line);
    for (const waiting of [...this.#waiting]) {
      const found = waiting.pattern.exec(line);
      if (found) waiting.resolve(found);
    }
  }

  #failure(what: string): Error {
    const said = this.lines.slice(-15).map((line) => `  ${line}`);
    return new Error(`${this.name} (${this.pid}): ${what}\n${said.join('\n')}`);
  }
}
