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
/** A quarter of a real board's speed: two emulators leave a busy machine time for the rest, and keep up with it. */
const BOARD_SPEED = 0.25;
/** Nobody pushes one button again sooner after its release was read: more than the lockout of 25 ms. */
const REST_MS = 30;
/** Half a minute where nothing else runs; the emulators want a core of their own, and get a quarter of one at times. */
const MOST_MS = 480_000;

interface Push {
  rating: Rating;
  /** `lit`: the light said thanks. `cut`: the cable came out at that moment, so nobody knows. */
  seen: 'lit' | 'cut';
}

type ButtonState = 'free' | 'moving' | 'over' | 'read';

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
  /**
   * `moving`: pushed and not at rest yet. `over`: at rest, but on a busy machine the firmware may not have read it, and
   * would take a push that follows for bounce. `read`: it has, since a later push got its light. `free`: REST_MS later.
   */
  readonly #buttons: ButtonState[] = RATINGS.map(() => 'free');
  /** How often the cable came out. */
  #cable = 0;
  /** Resolves when that button is over, or free. */
  readonly #resting = new Map<Rating, Promise<void>>();

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

  #all(state: ButtonState): Rating[] {
    return RATINGS.filter((rating) => this.#buttons[rating] === state);
  }

  async #press(): Promise<Rating> {
    // The light of the last free button is to free another one.
    while (this.#all('free').length <= 1 && this.#all('moving').length > 0) await this.#next('moving');
    while (this.#all('free').length === 0) await this.#next('read');
    // After a push of which nobody knows another button, or it could not be told which of the two was recorded.
    const last = this.pushes.at(-1);
    const free = this.#all('free').filter((rating) => last?.seen !== 'cut' || rating !== last.rating);
    const rating = free[drawInteger(this.#random, 0, free.length - 1)] ?? 0;
    const holdMs = drawBetween(this.#random, 5, 45);
    const atPush = bounce(this.#random, Math.min(10, holdMs - 0.5));
    this.#board.push(PINS[rating], holdMs, atPush, bounce(this.#random, 10));
    this.#buttons[rating] = 'moving';
    return rating;
  }

  async #next(state: ButtonState): Promise<void> {
    await Promise.race(this.#all(state).map((rating) => this.#resting.get(rating)));
  }

  async #push(): Promise<void> {
    const rating = await this.#press();
    const from = this.#board.told;
    const over = this.#all('over');
    this.#becomes(rating, 'over', this.#board.rested(PINS[rating]));
    await this.#board.output(LED, true, from);
    this.pushes.push({ rating, seen: 'lit' });
    for (const each of over) {
      this.#buttons[each] = 'read';
      this.#becomes(each, 'free', pause(REST_MS));
    }
  }

  #becomes(rating: Rating, state: ButtonState, when: Promise<void>): void {
    const cable = this.#cable;
    const change = when.then(() => {
      if (cable === this.#cable) this.#buttons[rating] = state;
    });
    this.#resting.set(rating, change);
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
    this.#cable += 1;
    this.#buttons.fill('free');
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

/**
 * Where the journal first differs from what was seen, in words: it must hold every push that got its light, in order and
 * once, and beyond them only pushes at which the cable came out. Undefined where it does.
 */
function difference(pushes: readonly Push[], journal: readonly Rating[]): string | undefined {
  let at = 0;
  for (const [number, { rating, seen }] of pushes.entries()) {
    if (journal[at] === rating) at += 1;
    else if (seen === 'lit') {
      const around = pushes.slice(Math.max(0, number - 3), number + 4).map((push) => `${push.rating}${push.seen}`);
      return `push ${number} of ${around.join(' ')} against ${journal.slice(Math.max(0, at - 3), at + 4).join(' ')}`;
    }
  }
  return at === journal.length ? undefined : `${journal.length - at} presses that nobody made`;
}

describeWith(['socat'], `a day at two entrances (seed ${SEED})`, () => {
  const bench = new TestBench('panel-day');
  const boards: EmulatedFirmataBoard[] = [];
  afterEach(async () => {
    for (const board of boards.splice(0)) await board.remove();
    await bench.clear();
  });

  it(
    `has each of ${PUSHES * ENTRANCES.length} pushes that got its light in the journal once, and invents none`,
    async () => {
      const port = await freePort();
      const entrances = await Promise.all(
        ENTRANCES.map(async (name, index) => {
          const board = await EmulatedFirmataBoard.plugged({ speed: BOARD_SPEED });
          boards.push(board);
          const panel = { type: 'firmata', port: board.path, pins: PINS, led: LED };
          const config = writeTerminalConfig(bench, name, port, { panel });
          const terminal = bench.node(name, TERMINAL_PROGRAM, 'run', '--config', config);
          return new Entrance(name, board, terminal, seededRandom(SEED + index));
        }),
      );
      await Promise.all(entrances.map((entrance) => entrance.day()));
      for (const [index, { pushes }] of entrances.entries()) {
        const terminal = ENTRANCES[index] ?? '';
        const journal = journalled(bench.path(`${terminal}-data`), terminal);
        expect(pushes.filter(({ seen }) => seen === 'lit')).toHaveLength(PUSHES - UNPLUGGED_AT.length);
        expect({ terminal, difference: difference(pushes, journal) }).toEqual({ terminal, difference: undefined });
        expect(journal.length).toBeLessThanOrEqual(PUSHES);
      }
    },
    MOST_MS,
  );
});
