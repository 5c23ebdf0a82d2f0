import { LATE_COMPILER } from '../late-compiler.js';
import type { ChildProgram } from './child-program.js';
import { TERMINAL_PROGRAM, type TestBench } from './test-bench.js';

/** A press that a terminal said is kept. */
export interface KeptPress {
  terminal: string;
  epoch: string;
  seq: number;
  rating: number;
}

/** Writes `<terminal>.yaml` for a terminal and returns its path. */
export function writeTerminalConfig(
  bench: TestBench,
  terminal: string,
  brokerPort: number,
  more: Record<string, unknown> = {},
): string {
  return bench.write(`${terminal}.yaml`, {
    terminal,
    data: `${terminal}-data`,
    broker: { url: `mqtt://127.0.0.1:${brokerPort}` },
    panel: { type: 'stdin' },
    clock: { source: 'system' },
    ...more,
  });
}

/** Firmware as a real process, pressed through its standard input. */
export class TerminalProgram {
  readonly child: ChildProgram;
  readonly terminal: string;
  #pushes = 0;

  /** `by`: what starts it, such as on another host, with its first arguments. */
  constructor(bench: TestBench, terminal: string, config: string, by: readonly string[] = []) {
    this.terminal = terminal;
    const run = [TERMINAL_PROGRAM, 'run', '--config', config] as const;
    const [command, ...first] = by;
    this.child =
      command === undefined
        ? bench.node(terminal, ...run)
        : bench.spawn(terminal, command, [...first, process.execPath, ...LATE_COMPILER, ...run]);
  }

  /** Presses one button and waits until it is kept. */
  async press(rating: number): Promise<KeptPress> {
    const from = this.child.lines.length;
    this.push(rating);
    const found = await this.child.line(KEPT, from);
    return keptPress(this.terminal, found);
  }

  /** Presses without waiting. */
  push(...ratings: number[]): void {
    this.#pushes += ratings.length;
    this.child.write(ratings.map((rating) => `${rating}\n`).join(''));
  }

  /** Resolves once every press has its answer, kept or not. */
  async answered(): Promise<void> {
    for (let from = 0, count = 0; count < this.#pushes; count += 1) {
      await this.child.line(ANSWER, from);
      from = this.child.lines.findIndex((line, index) => index >= from && ANSWER.test(line)) + 1;
    }
  }

  /** Every press it has said is kept so far. */
  kept(): KeptPress[] {
    return this.child.lines.flatMap((line) => {
      const found = KEPT.exec(line);
      return found ? [keptPress(this.terminal, found)] : [];
    });
  }

  connected(from = 0): Promise<unknown> {
    return this.child.line(/"msg":"connected"/, from);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.child.kill(signal);
  }
}

const KEPT = /^kept epoch=(\S+) seq=(\d+) rating=([0-3])$/;
const ANSWER = /^(not-)?kept /;

function keptPress(terminal: string, [, epoch = '', seq, rating]: RegExpExecArray): KeptPress {
  return { terminal, epoch, seq: Number(seq), rating: Number(rating) };
}
