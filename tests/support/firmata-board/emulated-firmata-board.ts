import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildProgram } from '../child-program.js';
import { until } from '../until.js';

const PROGRAM = fileURLToPath(new URL('../../dist/support/firmata-board/board-program.js', import.meta.url));
const STANDARD_FIRMATA = fileURLToPath(
  new URL('../../../node_modules/avrgirl-arduino/junk/hex/uno/StandardFirmata.cpp.hex', import.meta.url),
);

/** Contact changes after the one at 0 ms: pairs of an opening and a closing. */
export type Bounce = readonly number[];

export interface OutputChange {
  pin: number;
  high: boolean;
  at: number;
}

/** The real StandardFirmata on an emulated Arduino Uno behind a real tty, plugged in. Needs `socat`. */
export class EmulatedFirmataBoard {
  readonly path: string;
  readonly #folder: string;
  readonly #program: ChildProgram;
  /** Contact changes of pushes so far, by pin. */
  readonly #planned = new Map<number, number>();

  private constructor(hex: string, speed: number) {
    this.#folder = mkdtempSync(join(tmpdir(), 'hymio-board-'));
    this.path = join(this.#folder, 'panel');
    this.#program = new ChildProgram('board', process.execPath, [
      PROGRAM,
      ...['--tty', this.path, '--hex', hex, '--speed', String(speed)],
    ]);
  }

  static async plugged({ hex = STANDARD_FIRMATA, speed = 0.5 } = {}): Promise<EmulatedFirmataBoard> {
    const board = new EmulatedFirmataBoard(hex, speed);
    await board.plug();
    return board;
  }

  async plug(): Promise<void> {
    const from = this.#program.lines.length;
    this.#order({ do: 'plug' });
    await this.#program.line(/"event":"plugged"/, from);
  }

  async unplug(): Promise<void> {
    const from = this.#program.lines.length;
    this.#order({ do: 'unplug' });
    await this.#program.line(/"event":"unplugged"/, from);
  }

  reset(): void {
    this.#order({ do: 'reset' });
  }

  hang(hang = true): void {
    this.#order({ do: 'hang', hang });
  }

  /** Closes or opens a contact, with bounce. */
  contact(pin: number, closed: boolean, bounce: Bounce = []): void {
    const steps = [0, ...bounce].map((ms, index) => [ms, index % 2 === 0 ? closed : !closed]);
    this.#order({ do: 'contact', at: now(), pin, steps });
  }

  /** A whole push. Both bounces hold an even number of times. */
  push(pin: number, holdMs: number, atPush: Bounce = [], atRelease: Bounce = []): void {
    const down = [0, ...atPush].map((ms, index) => [ms, index % 2 === 0]);
    const up = [0, ...atRelease].map((ms, index) => [holdMs + ms, index % 2 === 1]);
    this.#order({ do: 'contact', at: now(), pin, steps: [...down, ...up] });
    this.#planned.set(pin, (this.#planned.get(pin) ?? 0) + down.length + up.length);
  }

  /** Resolves once all pushes of a pin are over, their last bounce included; what the cable interrupted is over when it is back. */
  async rested(pin: number): Promise<void> {
    const start = `{"event":"contact","pin":${pin},`;
    await until(
      `pin ${pin} at rest`,
      async () => this.#program.lines.filter((line) => line.startsWith(start)).length - (this.#planned.get(pin) ?? 0),
      (ahead) => ahead >= 0,
    );
  }

  /** Changes of an output pin so far. */
  outputs(pin: number): OutputChange[] {
    return this.#program.lines.flatMap((line) => {
      if (!line.startsWith(`{"event":"output","pin":${pin},`)) return [];
      return [JSON.parse(line) as OutputChange];
    });
  }

  /** Resolves once an output pin has that level, or has had it since line `from` of what the board told. */
  async output(pin: number, high: boolean, from = 0): Promise<void> {
    await this.#program.line(new RegExp(`^{"event":"output","pin":${pin},"high":${high},`), from);
  }

  /** Lines told so far, for `from`. */
  get told(): number {
    return this.#program.lines.length;
  }

  async remove(): Promise<void> {
    this.#program.endInput();
    await this.#program.exited;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #order(order: object): void {
    this.#program.write(`${JSON.stringify(order)}\n`);
  }
}

/** CLOCK_MONOTONIC, ms: the same in every process. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
