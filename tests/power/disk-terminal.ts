import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@hymio/protocol';
import type { KeptPress, LedgerContent } from '@hymio/simulator';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import type { TestBench } from '../support/test-bench.js';
import type { PowerDisk } from './power-disk.js';

/** Nobody listens there. */
const NO_BROKER = 1;
/** Longest time between two presses, ms: fast, so that a cut often strikes in the middle of a commit. */
const HASTE_MS = 8;

interface Push {
  rating: number;
  at: number;
}

interface Run {
  program: TerminalProgram;
  pushes: Push[];
}

/** The real firmware with its journal on a disk whose plug can be pulled, and what its customers were thanked for. */
export class DiskTerminal {
  readonly name: string;
  readonly disk: PowerDisk;
  readonly #bench: TestBench;
  readonly #random: Random;
  readonly #runs: Run[] = [];
  readonly #began = Date.now();

  constructor(bench: TestBench, name: string, disk: PowerDisk, random: Random) {
    this.#bench = bench;
    this.name = name;
    this.disk = disk;
    this.#random = random;
  }

  /** How often it was started. */
  get starts(): number {
    return this.#runs.length;
  }

  /** Starts it without waiting; `brokerPort` undefined: without a network. */
  launch(brokerPort: number | undefined, more: Record<string, unknown> = {}): TerminalProgram {
    const config = writeTerminalConfig(this.#bench, this.name, brokerPort ?? NO_BROKER, {
      data: this.disk.folder,
      ...more,
    });
    const program = new TerminalProgram(this.#bench, this.name, config);
    this.#runs.push({ program, pushes: [] });
    return program;
  }

  /** Starts it and waits until it takes presses. */
  async start(brokerPort: number | undefined, more?: Record<string, unknown>): Promise<void> {
    await this.launch(brokerPort, more).child.line(/"msg":"ready for presses"/);
  }

  /** Presses again and again until `signal`, at most `hasteMs` apart. */
  async pressUntil(signal: AbortSignal, hasteMs = HASTE_MS): Promise<void> {
    while (!signal.aborted) {
      this.push(Math.floor(this.#random() * 4));
      await sleep(this.#random() * hasteMs);
    }
  }

  push(rating: number): void {
    const { program, pushes } = this.#current();
    pushes.push({ rating, at: Date.now() });
    program.push(rating);
  }

  /** One press, once it is kept. */
  async press(rating: number): Promise<{ epoch: string; seq: number }> {
    const { program, pushes } = this.#current();
    pushes.push({ rating, at: Date.now() });
    return program.press(rating);
  }

  /** Ends the process as a plug does, after the disk's was pulled. */
  async kill(): Promise<void> {
    await this.#current().program.stop('SIGKILL');
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    await this.#current().program.stop('SIGTERM');
  }

  get pid(): number {
    return this.#current().program.child.pid;
  }

  /** Every line that it ever wrote. */
  lines(): string[] {
    return this.#runs.flatMap(({ program }) => program.child.lines);
  }

  /** What customers were thanked for, and what was pressed without an answer or while the disk was going. */
  ledger(): LedgerContent {
    const runs = [{ event: 'run' as const, version: 1 as const, seed: 0, from: this.#began, terminals: [this.name] }];
    return {
      runs,
      kept: this.#runs.flatMap(({ program, pushes }) => keptOf(program, pushes)),
      unanswered: this.#runs.flatMap(({ program, pushes }) => this.#unanswered(program, pushes)),
    };
  }

  #unanswered(program: TerminalProgram, pushes: readonly Push[]): LedgerContent['unanswered'] {
    const answers = program.child.lines.filter((line) => /^(not-)?kept /.test(line));
    return pushes
      .filter((_, index) => answers[index]?.startsWith('kept ') !== true)
      .map(({ rating, at }) => ({
        event: 'unanswered',
        terminal: this.name,
        rating: rating as KeptPress['rating'],
        trueAt: at,
      }));
  }

  #current(): Run {
    const run = this.#runs.at(-1);
    if (run === undefined) throw new Error(`${this.name} was never started`);
    return run;
  }
}

function keptOf(program: TerminalProgram, pushes: readonly Push[]): KeptPress[] {
  const answers = program.child.lines.filter((line) => /^(not-)?kept /.test(line));
  const times = pushes.filter((_, index) => answers[index]?.startsWith('kept ') === true).map(({ at }) => at);
  return program.kept().map(({ terminal, epoch, seq, rating }, index) => {
    const at = times[index] ?? 0;
    return { event: 'kept', terminal, epoch, seq, rating: rating as KeptPress['rating'], trueAt: at, wallAt: at };
  });
}
