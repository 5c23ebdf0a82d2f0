import { ResilientJournal } from '@hymio/device';
import { RATINGS, type Rating } from '@hymio/protocol';
import { drawBetween, drawInteger, seededRandom } from '@hymio/simulator';
import { afterEach, expect, it } from 'vitest';
import type { ChildProgram } from '../support/child-program.js';
import { EmulatedFirmataBoard } from '../support/firmata-board/emulated-firmata-board.js';
import { describeWith } from '../support/requirements.js';
import { writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const SEED = Number(process.env['HYMIO_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Two entrances of one house, so that the day takes half the time. */
const ENTRANCES = ['kallio-1', 'kallio-2'];
const PUSHES = 500;
const UNPLUGGED_AT = [170, 340];
const PINS = [2, 7, 8, 12] as const;
const LED = 10;
const STARTING_FLASHES = 3;
/** On a busy machine emulator and firmware wait for each other: more than the 25 ms of a real panel. */
const LOCKOUT_MS = 80;
/** Nobody pushes one button again sooner. */
const REST_MS = 130;

interface Push {
  rating: Rating;
  /** `lit`: the light said thanks. `cut`: the cable came out at that moment, so nobody knows. */
  seen: 'lit' | 'cut';
}

/** Offsets of bounces within 10 ms, an even number, so that the contact ends as it was meant. */
function bounce(random: () => number, withinMs: number): number[] {
  const count = 2 * drawInteger(random, 0, 3);
  return Array.from({ length: count }, () => drawBetween(random, 0.2, withinMs)).sort((a, b) => a - b);
}

class Entrance {
  readonly pushes: Push[] = [];
  readonly #name: string;
  readonly #board: EmulatedFirmataBoard;
  readonly #terminal: ChildProgram;
  readonly #random: () => number;
  /** Until each button may be pushed again. */
  readonly #resting: Promise<void>[] = RATINGS.map(() => Promise.resolve());

  constructor(name: string, board: EmulatedFirmataBoard, terminal: ChildProgram, random: () => number) {
    this.#name = name;
    this.#board = board;
    this.#terminal = terminal;
    this.#random = random;
  }

  async day(): Promise<void> {
    await this.#ready(0, 0);
    for (let count = 0; count < PUSHES; count += 1) {
      if (UNPLUGGED_AT.includes(count)) await this.#cut();
      else await this.#push();
    }
    await this.#terminal.kill('SIGTERM');
  }

  /** The panel is ready, and its start signal is over. */
  async #ready(fromLine: number, flashesBefore: number): Promise<void> {
    await this.#terminal.line(/"msg":"panel ready"/, fromLine);
    await until(
      `start signal of ${this.#name}`,
      async () => this.#board.outputs(LED).filter(({ high }) => !high).length - flashesBefore,
      (flashes) => flashes >= STARTING_FLASHES,
    );
  }

  async #press(): Promise<Rating> {
    const recent = this.pushes.slice(-2).map(({ rating }) => rating);
    const free = RATINGS.filter((rating) => !recent.includes(rating));
    const rating = free[drawInteger(this.#random, 0, free.length - 1)] ?? 0;
    await this.#resting[rating];
    const holdMs = drawBetween(this.#random, 5, 45);
    const atPush = bounce(this.#random, Math.min(10, holdMs - 0.5));
    this.#board.push(PINS[rating], holdMs, atPush, bounce(this.#random, 10));
    return rating;
  }

  async #push(): Promise<void> {
    const from = this.#board.told;
    const rating = await this.#press();
    await this.#board.output(LED, true, from);
    this.#resting[rating] = this.#board.rested(PINS[rating]).then(() => pause(REST_MS));
    this.pushes.push({ rating, seen: 'lit' });
  }

  /** Somebody pushes, and the cable comes out; another push goes nowhere; the cable is put back. */
  async #cut(): Promise<void> {
    const rating = await this.#press();
    await pause(drawBetween(this.#random, 0, 30));
    await this.#board.unplug();
    this.pushes.push({ rating, seen: 'cut' });
    this.#board.push(PINS[0], 50);
    await this.#terminal.line(/"code":"panel-unplugged"/);
    const fromLine = this.#terminal.lines.length;
    const flashesBefore = this.#board.outputs(LED).filter(({ high }) => !high).length;
    await this.#board.plug();
    await this.#ready(fromLine, flashesBefore);
    this.#resting.fill(Promise.resolve());
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Ratings in the journal, in order, over all epochs. */
function journalled(folder: string, terminal: string): Rating[] {
  const place = { folder, terminal, now: () => 0, opening: () => ({ epoch: 'reader', bootId: 'reader', bootMs: 0 }) };
  const journal = new ResilientJournal(place, ({ detail }) => {
    throw new Error(detail);
  });
  try {
    return journal.spans().flatMap(({ epoch, oldestSeq, lastSeq }) =>
      journal.read(epoch, oldestSeq, lastSeq - oldestSeq + 1).map((press) => {
        if (press === null) throw new Error('a press cannot be read');
        return press.rating;
      }),
    );
  } finally {
    journal.close();
  }
}

/** True where the journal holds every push that got its light, in order and once, and beyond them only cut ones. */
function accounted(pushes: readonly Push[], journal: readonly Rating[]): boolean {
  let at = 0;
  for (const { rating, seen } of pushes) {
    if (journal[at] === rating) at += 1;
    else if (seen === 'lit') return false;
  }
  return at === journal.length;
}

describeWith(['socat'], `a day at two entrances (seed ${SEED})`, () => {
  const bench = new TestBench('panel-day');
  const boards: EmulatedFirmataBoard[] = [];
  afterEach(async () => {
    for (const board of boards.splice(0)) await board.remove();
    await bench.clear();
  });

  it(`has each of ${PUSHES * ENTRANCES.length} pushes that got its light in the journal once, and invents none`, async () => {
    const port = await freePort();
    const entrances = await Promise.all(
      ENTRANCES.map(async (name, index) => {
        const board = await EmulatedFirmataBoard.plugged();
        boards.push(board);
        const panel = { type: 'firmata', port: board.path, pins: PINS, led: LED };
        const config = writeTerminalConfig(bench, name, port, { panel, buttons: { lockoutMs: LOCKOUT_MS } });
        const terminal = bench.node(name, TERMINAL_PROGRAM, 'run', '--config', config);
        return new Entrance(name, board, terminal, seededRandom(SEED + index));
      }),
    );
    await Promise.all(entrances.map((entrance) => entrance.day()));
    for (const [index, { pushes }] of entrances.entries()) {
      const terminal = ENTRANCES[index] ?? '';
      const journal = journalled(bench.path(`${terminal}-data`), terminal);
      expect(pushes.filter(({ seen }) => seen === 'lit')).toHaveLength(PUSHES - UNPLUGGED_AT.length);
      expect({ terminal, accounted: accounted(pushes, journal), journal: journal.length }).toEqual({
        terminal,
        accounted: true,
        journal: journal.length,
      });
      expect(journal.length).toBeLessThanOrEqual(PUSHES);
    }
  }, 120_000);
});
