import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const STOP_MS = 5_000;

/** Root of the repository, from a compiled file of the bench. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A line that a program wrote, with the time it was read (performance.now). */
export interface Line {
  text: string;
  at: number;
}

/** A program in a process of its own. Stopped by its own id, also when the bench is interrupted. */
export class Program {
  readonly name: string;
  readonly startedAt: number;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: Line[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #exited: Promise<void>;
  readonly #onExit = () => this.#child.kill('SIGKILL');
  #ended: string | undefined;
  /** Called with each line. */
  onLine: (text: string) => void = () => undefined;

  constructor(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.name = [command, ...args].join(' ');
    this.startedAt = performance.now();
    this.#child = spawn(command, args, { stdio: 'pipe', env: { ...process.env, ...environment } });
    process.once('exit', this.#onExit);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on('line', (text) => this.#hear({ text, at: performance.now() }));
    }
    this.#exited = new Promise((resolve) => {
      const ended = (why: string): void => {
        this.#ended = why;
        for (const wake of this.#waiting) wake();
        resolve();
      };
      this.#child.once('error', (error) => ended(error.message));
      this.#child.once('exit', (code, signal) => ended(`exit ${code ?? signal}`));
    });
  }

  /** A compiled program of the repository, started as its first line says. */
  static node(file: string, ...args: string[]): Program {
    return Program.nodeWith({}, file, ...args);
  }

  /** Likewise, with more in its environment. */
  static nodeWith(more: Readonly<Record<string, string>>, file: string, ...args: string[]): Program {
    const path = fileURLToPath(new URL(file, `file://${ROOT}`));
    const [first = ''] = readFileSync(path, 'utf8').split('\n', 1);
    const [, settings = '', flags = ''] = /^#!\S+ -S (.*?)node (--.*)$/.exec(first) ?? [];
    const environment = Object.fromEntries(words(settings).map((setting) => setting.split('=', 2)));
    return new Program(process.execPath, [...words(flags), path, ...args], { ...environment, ...more });
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** Writes a line to its standard input. */
  tell(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Writes a line to its standard input; returns the first line that holds `answer` from then on. */
  ask(line: string, answer: string, timeoutMs?: number): Promise<Line> {
    const from = this.#lines.length;
    this.tell(line);
    return this.line(answer, timeoutMs, from);
  }

  /** The first line that holds `text`, said already (from the given line on) or to come. Throws when the program ends or the time is over. */
  async line(text: string, timeoutMs = 30_000, from = 0): Promise<Line> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const found = this.#lines.slice(from).find((line) => line.text.includes(text));
      if (found !== undefined) return found;
      if (this.#ended !== undefined || performance.now() >= deadline) {
        const said = this.#lines.slice(-20).map((line) => line.text);
        throw new Error(`${this.name}: no "${text}" (${this.#ended ?? 'time is over'})\n${said.join('\n')}`);
      }
      await this.#change(deadline - performance.now());
    }
  }

  /** Waits for the end without asking for it. */
  async end(): Promise<void> {
    await this.#exited;
    process.off('exit', this.#onExit);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.end();
    clearTimeout(timer);
  }

  #hear(line: Line): void {
    this.#lines.push(line);
    this.onLine(line.text);
    for (const wake of this.#waiting) wake();
  }

  #change(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
    });
  }
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
