import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { NO_LINE, readTextLines } from '../text-lines.js';

/** What is kept of a tool's complaints, and of what it says where nobody listens to lines. */
const MAX_STDERR = 2_000;
const MAX_STDOUT = 64_000;
const TOOL_TIMEOUT_MS = 5_000;
/** Where Debian has it; part of the essential package util-linux. */
const SETPRIV = '/usr/bin/setpriv';

/** Variables in which the tools' surroundings differ from ours. */
export type ToolEnvironment = Readonly<Record<string, string>>;

export interface ToolListener {
  /** A whole line of its output. */
  line?(line: string): void;
  /** It is gone. `stdout` only where nobody listens to lines. */
  ended(end: ToolEnd): void;
}

export interface ToolEnd {
  /** The program could not be started because it is not there. */
  missing: boolean;
  code: number | null;
  /** For people: "ended with code 1", "was killed by SIGKILL". */
  how: string;
  stdout: string;
  stderr: string;
}

/**
 * One run of one of libgpiod's tools, without a shell. It dies with us, even when we are killed: the kernel ends it
 * (PR_SET_PDEATHSIG, through setpriv), so that no orphan keeps the lines busy for our next start.
 */
export class ToolProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(tool: string, args: readonly string[], environment: ToolEnvironment, listener: ToolListener) {
    const [program, ...rest] = [...(existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'KILL', '--'] : []), tool, ...args];
    // Their complaints are read by us: in English.
    const env = { ...process.env, ...environment, LC_ALL: 'C' };
    this.#child = spawn(program as string, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = new Promise((resolve) => this.#follow(tool, listener, resolve));
  }

  /** Ends it; resolves once it is gone and has let go of its lines. */
  async end(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }

  #follow(tool: string, listener: ToolListener, resolve: () => void): void {
    let stdout = '';
    let stderr = '';
    let state = NO_LINE;
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (listener.line === undefined) {
        stdout = (stdout + text).slice(0, MAX_STDOUT);
        return;
      }
      const read = readTextLines(state, text);
      state = read.state;
      for (const line of read.lines.filter((each) => each !== '')) listener.line(line);
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-MAX_STDERR);
    });
    const finish = (missing: boolean, code: number | null, how: string) => {
      resolve();
      listener.ended({ missing, code, how, stdout, stderr });
    };
    // After a failed start there is no `close`.
    this.#child.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#child.pid === undefined)
        finish(error.code === 'ENOENT', null, `could not be started (${error.message})`);
    });
    this.#child.on('close', (code, signal) => {
      if (this.#child.pid === undefined) return;
      // setpriv's own words and code for a program that is not there.
      const missing = code === 127 && stderr.includes(`failed to execute ${tool}`);
      finish(missing, code, signal === null ? `ended with code ${code}` : `was killed by ${signal}`);
    });
  }
}

/** Runs a tool to its end and gives what it said; one that does not end is ended after five seconds. */
export function runTool(tool: string, args: readonly string[], environment: ToolEnvironment): Promise<ToolEnd> {
  return new Promise((resolve) => {
    const run = new ToolProcess(tool, args, environment, {
      ended: (end) => {
        clearTimeout(timer);
        resolve(end);
      },
    });
    const timer = setTimeout(() => void run.end(), TOOL_TIMEOUT_MS);
  });
}
