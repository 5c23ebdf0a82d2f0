import { chmodSync } from 'node:fs';
import { RATING_NAMES, RATINGS, type Rating } from '@hymio/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChildProgram } from '../support/child-program.js';
import { EmulatedSerialPanel } from '../support/emulated-serial-panel.js';
import { EmulatedFirmataBoard } from '../support/firmata-board/emulated-firmata-board.js';
import { StandInBoard } from '../support/gpio-stand-in/stand-in-board.js';
import { describeWith } from '../support/requirements.js';
import { writeTerminalConfig } from '../support/terminal-program.js';
import { TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const PINS = [2, 7, 8, 12] as const;
const LED = 10;
const LINES = { 'very-unhappy': 17, unhappy: 27, happy: 22, 'very-happy': 23 };
const LIGHT_LINE = 24;
const SIGNALS = 4;
const WITHOUT_OVERRIDE = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'];

const bench = new TestBench('panel-test');
const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  await bench.killAll();
  for (const each of undo.splice(0)) await each();
  await bench.clear();
});

function later<T>(made: T, how: (made: T) => Promise<void>): T {
  undo.push(() => how(made));
  return made;
}

const board = async () => later(await EmulatedFirmataBoard.plugged(), (made) => made.remove());

function config(panel: object): string {
  return writeTerminalConfig(bench, 'kallio-1', 1, { panel });
}

function start(panel: object, environment: Record<string, string> = {}, command = 'panel-test'): ChildProgram {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const program = [process.execPath, TERMINAL_PROGRAM, command, '--config', config(panel)];
  return bench.spawn(command, 'env', [...variables, ...program]);
}

/** Follows the test through its four buttons. */
async function walk(test: ChildProgram, push: (rating: Rating) => void): Promise<void> {
  for (const rating of RATINGS) {
    await test.line(new RegExp(`^push the button "${RATING_NAMES[rating]}"`));
    push(rating);
    await test.line(new RegExp(`^ +edge +${RATING_NAMES[rating]} down`));
    await test.line(new RegExp(`^ +press +${RATING_NAMES[rating]}$`));
  }
}

/** Once the board, which may be slower than what it is told, has done all of it: nobody speaks to it any more. */
async function expectDark(arduino: EmulatedFirmataBoard): Promise<void> {
  await until(
    'the light is out',
    async () => arduino.outputs(LED).at(-1)?.high,
    (high) => high === false,
  );
}

/** Without waiting for all signals of the light. */
async function expectButtonsPassed(test: ChildProgram): Promise<void> {
  await test.line(/^ {2}thanks: /);
  expect(await test.kill('SIGTERM')).toEqual({ code: 143, signal: null });
  expect(test.lines.filter((line) => line.startsWith('pass '))).toHaveLength(RATINGS.length);
}

async function expectPassed(test: ChildProgram): Promise<void> {
  expect(await test.exited).toEqual({ code: 0, signal: null });
  expect(test.lines.filter((line) => line.startsWith('pass '))).toHaveLength(RATINGS.length);
  expect(test.lines.filter((line) => /^ {2}[a-z-]+: /.test(line))).toHaveLength(SIGNALS);
  expect(test.lines.at(-1)).toMatch(/^the panel passed/);
}

describeWith(['socat'], 'hymio-terminal panel-test on an Arduino', () => {
  const firmata = (path: string, pins: readonly number[] = PINS) => ({ type: 'firmata', port: path, pins, led: LED });

  it('shows what happens, walks through buttons and lights, and passes a good panel; nobody need type', async () => {
    const arduino = await board();
    const test = start(firmata(arduino.path));
    test.endInput();
    await test.line(/^ready: StandardFirmata/);
    await walk(test, (rating) => arduino.push(PINS[rating], 60));
    await expectPassed(test);
    // Thanks for four presses, then the four signals: one light, six flashes, three, a blip.
    await until(
      'all flashes',
      async () => arduino.outputs(LED).filter(({ high }) => high).length,
      (flashes) => flashes >= 4 + 1 + 6 + 3 + 1,
    );
    await expectDark(arduino);
  });

  it('fails a panel with two buttons crossed', async () => {
    const arduino = await board();
    const test = start(firmata(arduino.path, [PINS[1], PINS[0], PINS[2], PINS[3]]));
    for (const index of [0, 1]) {
      await test.line(new RegExp(`^push the button "${RATING_NAMES[index]}"`));
      const from = test.lines.length;
      arduino.push(PINS[index] ?? 0, 60);
      await test.line(/that was/, from);
      arduino.push(PINS[1 - index] ?? 0, 60);
    }
    await test.line(/^push the button "happy"/);
    await test.kill('SIGTERM');
    expect(test.lines).toContain('FAIL  very-unhappy: unhappy was seen instead');
    expect(test.lines).toContain('FAIL  unhappy: very-unhappy was seen instead');
  });

  it('says so where the firmware has the panel', async () => {
    const arduino = await board();
    const firmware = start(firmata(arduino.path), {}, 'run');
    await firmware.line(/"msg":"panel ready"/);
    const test = start(firmata(arduino.path));
    expect(await test.exited).toMatchObject({ code: 1 });
    expect(test.lines.at(-1)).toMatch(/Another program has the panel .*systemctl stop hymio-terminal.*panel-in-use/);
    expect(firmware.running).toBe(true);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends on %s, says how far it came, and lets go of the panel', async (signal, code) => {
    const arduino = await board();
    const test = start(firmata(arduino.path));
    await test.line(/^push the button "very-unhappy"/);
    arduino.push(PINS[0], 60);
    await test.line(/^push the button "unhappy"/);
    expect(await test.kill(signal)).toEqual({ code, signal: null });
    expect(test.lines.slice(-5)).toEqual([
      'pass  very-unhappy',
      ...RATING_NAMES.slice(1).map((name) => `FAIL  ${name}: not tried`),
      'the test was stopped before its end',
    ]);
    await expectDark(arduino);
    await start(firmata(arduino.path)).line(/^ready: /);
  });
});

describe('hymio-terminal panel-test on pins', () => {
  it('passes a good panel, and leaves its light off', async () => {
    const pins = later(new StandInBoard(), (made) => made.stop());
    await pins.start();
    const test = start({ type: 'gpio', lines: LINES, led: LIGHT_LINE }, pins.environment);
    await walk(test, (rating) => pins.push(LINES[RATING_NAMES[rating]]));
    await expectButtonsPassed(test);
    expect(pins.outputs().at(-1)).toBe(`${LIGHT_LINE}=0`);
  });

  it('says so where another program has a line', async () => {
    const pins = later(new StandInBoard(), (made) => made.stop());
    await pins.start();
    pins.write('busy', ' 22 ');
    const test = start({ type: 'gpio', lines: LINES, led: LIGHT_LINE }, pins.environment);
    expect(await test.exited).toMatchObject({ code: 1 });
    expect(test.lines.at(-1)).toMatch(/panel-in-use/);
  });
});

describeWith(['socat'], 'hymio-terminal panel-test on a panel that numbers its presses', () => {
  it('passes a good panel, and leaves it the presses that were made before, for the firmware', async () => {
    const panel = later(new EmulatedSerialPanel(), (made) => made.stop());
    await panel.start();
    panel.push(3);
    const test = start({ type: 'serial', port: panel.path });
    await test.line(/holds presses that were made before/);
    await until('that it is asked for edges', async () => panel.saysEdges, Boolean);
    await walk(test, (rating) => panel.push(rating));
    await expectButtonsPassed(test);
    expect(panel.waiting).toBe(1);
    await until(
      'the light off',
      async () => panel.light,
      (light) => !light,
    );
  });
});

describe('hymio-terminal panel-test without a panel', () => {
  it.each([
    ['that is stdin', { type: 'stdin' }, /no buttons that could be tested.*panel-has-no-hardware/],
    ['of a kind that there is not', { type: 'valve' }, /config-invalid/],
  ])('%s refuses', async (_, panel, says) => {
    const test = start(panel);
    expect(await test.exited).toMatchObject({ code: 1 });
    expect(test.lines.join('\n')).toMatch(says);
  });

  it('says at once what is wrong, and once', async () => {
    const test = start({ type: 'firmata', port: bench.path('nothing'), pins: PINS });
    await test.line(/^fault panel-not-found: .*nothing is plugged in there/);
    await test.kill('SIGINT');
    expect(test.lines.filter((line) => line.startsWith('fault'))).toHaveLength(1);
    expect(test.lines).toContainEqual(expect.stringMatching(/^FAIL {2}it does not work: panel-not-found/));
  });
});

describeWith(['socat'], 'hymio-terminal panel-test on a port that may not be opened', () => {
  it('says so, and whom to ask', async () => {
    const panel = later(new EmulatedSerialPanel(), (made) => made.stop());
    await panel.start();
    chmodSync(panel.path, 0o000);
    const command = [
      process.execPath,
      TERMINAL_PROGRAM,
      'panel-test',
      '--config',
      config({ type: 'serial', port: panel.path }),
    ];
    // Root may open everything, unless that right is taken from it.
    const [first = '', ...rest] = process.getuid?.() === 0 ? [...WITHOUT_OVERRIDE, ...command] : command;
    const test = bench.spawn('panel-test', first, rest);
    await test.line(/^fault panel-permission-denied: .*dialout/);
    await test.kill('SIGINT');
  });
});

describe('hymio-terminal ports', () => {
  it('says what is plugged in', async () => {
    const asJson = bench.node('ports', TERMINAL_PROGRAM, 'ports', '--json');
    const forPeople = bench.node('ports', TERMINAL_PROGRAM, 'ports');
    await Promise.all([asJson.exited, forPeople.exited]);
    const { ports } = JSON.parse(asJson.lines.join('')) as { ports: { path: string }[] };
    for (const { path } of ports) expect(forPeople.lines).toContain(path);
    if (ports.length === 0) expect(forPeople.lines.join()).toMatch(/no serial port is there/);
  });
});
