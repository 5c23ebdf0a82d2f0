import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GpioPanelDriver, type GpioPanelOptions, SystemClock } from '@hymio/device';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PI_CHIPS, StandInBoard } from '../../../support/gpio-stand-in/stand-in-board.js';
import { until } from '../../../support/until.js';
import { DriverWatch } from './driver-watch.js';

const clock = new SystemClock('system', 0);
const CONFIG: GpioPanelOptions['config'] = {
  lines: { 'very-unhappy': 'GPIO17', unhappy: 'GPIO27', happy: 22, 'very-happy': 23 },
  activeLow: true,
};
const WITH_OUTPUTS = { ...CONFIG, led: 'GPIO24', beeper: 25 };

const clean: (() => Promise<void> | void)[] = [];
let board: StandInBoard;
beforeEach(() => boardWith(PI_CHIPS['Pi 4']));
afterEach(async () => {
  for (const undo of clean.splice(0).reverse()) await undo();
});

async function boardWith(chips: readonly string[]): Promise<void> {
  board = new StandInBoard(chips);
  const { stop } = board;
  clean.push(stop.bind(board));
  await board.start();
}

function openWith(config: GpioPanelOptions['config'] = CONFIG, environment = board.environment) {
  const driver = new GpioPanelDriver({ config, clock, environment });
  const watch = DriverWatch.open(driver);
  clean.push(() => driver.close());
  return { driver, watch };
}

async function faultOf(config = CONFIG, environment = board.environment) {
  const { watch } = openWith(config, environment);
  await watch.until(() => watch.seen.length > 0, 'a fault');
  expect(watch.seen).toHaveLength(1);
  return watch.seen[0];
}

const outputsUntil = (right: (outputs: string[]) => boolean) => until('outputs', async () => board.outputs(), right);

describe('buttons on the pins of a Raspberry Pi', () => {
  it.each(Object.entries(PI_CHIPS))('are found on the header of a %s', async (_, chips) => {
    await boardWith(chips);
    const { watch } = openWith();
    const { description } = await watch.first('ready');
    const header = chips.find((chip) => chip.includes('pinctrl-')) ?? '';
    expect(description).toContain(header.split(' ')[0]);
    await until(
      'the monitor',
      async () => board.monitors.length,
      (count) => count === 1,
    );
    expect(board.monitors[0]).toMatchObject({
      asked: { chip: header.split(' ')[0], bias: 'pull-up', 'active-low': true, edges: 'both' },
      // GPIO17 goes by its number: device trees do not all name the pins alike.
      lines: ['17', '27', '22', '23'],
    });
  });

  it("give edges with the kernel's time in boot time", async () => {
    const { watch } = openWith();
    await watch.first('ready');
    const beforeMs = clock.monotonic();
    const ns = process.hrtime.bigint();
    const afterMs = clock.monotonic();
    board.level(17, false, ns - 250_000_000n);
    board.level(17, true, ns - 245_000_000n);
    board.level(23, false, ns);
    await watch.until(() => watch.all('edge').length === 3, 'three edges');
    const edges = watch.all('edge').map(({ edge }) => edge);
    expect(edges.map(({ button, down }) => [button, down])).toEqual([
      [0, true],
      [0, false],
      [3, true],
    ]);
    const [first = 0, second = 0, third = 0] = edges.map(({ bootMs }) => bootMs);
    expect(second - first).toBeCloseTo(5, 3);
    expect(third - first).toBeCloseTo(250, 3);
    expect(third).toBeGreaterThan(beforeMs - 40);
    expect(third).toBeLessThan(afterMs + 40);
  });

  it('are told apart however fast they come', async () => {
    const { watch } = openWith();
    await watch.first('ready');
    for (let i = 0; i < 100; i += 1) for (const offset of [17, 27, 22, 23]) board.push(offset);
    await watch.until(() => watch.all('edge').length === 800, 'all edges');
    const downs = watch.all('edge').filter(({ edge }) => edge.down);
    expect([0, 1, 2, 3].map((button) => downs.filter(({ edge }) => edge.button === button).length)).toEqual([
      100, 100, 100, 100,
    ]);
  });

  it('are told to be down before they are watched, and without an edge', async () => {
    board.level(22, false);
    const { watch } = openWith();
    await watch.first('ready');
    expect(watch.seen.map(({ type }) => type)).toEqual(['contacts', 'ready']);
    expect(watch.all('contacts')[0]?.down).toEqual([2]);
    board.level(22, true);
    const { edge } = await watch.first('edge');
    expect(edge).toMatchObject({ button: 2, down: false });
  });

  it('may connect to 3.3 V instead of ground', async () => {
    const { watch } = openWith({ ...CONFIG, activeLow: false });
    await watch.first('ready');
    board.level(22, true);
    const { edge } = await watch.first('edge');
    expect(edge).toMatchObject({ button: 2, down: true });
    expect(board.monitors[0]?.asked).toMatchObject({ bias: 'pull-down' });
    expect(board.monitors[0]?.asked['active-low']).toBeUndefined();
  });

  it("may be on another chip, with lines by the kernel's names", async () => {
    board.write('chips', 'gpiochip3 [some-expander] (16 lines)\n');
    board.write('lines', ['left', 'GPIO17', 'right one', 'up', 'down'].join('\n'));
    const lines = { 'very-unhappy': 'left', unhappy: 'GPIO17', happy: 3, 'very-happy': 'down' };
    const { watch } = openWith({ ...CONFIG, chip: 'gpiochip3', lines });
    await watch.first('ready');
    for (const offset of [0, 1, 3, 4]) board.level(offset, false);
    await watch.until(() => watch.all('edge').length === 4, 'four edges');
    expect(watch.all('edge').map(({ edge }) => edge.button)).toEqual([0, 1, 2, 3]);
  });
});

describe('light and beeper on pins', () => {
  it('are off from the start, whatever an earlier run left', async () => {
    board.forgetOn('24=1');
    await openWith(WITH_OUTPUTS).watch.first('ready');
    expect(board.outputs().slice(1).sort()).toEqual(['24=0', '25=0']);
  });

  it('go on and off as told, the last word wins', async () => {
    const { driver, watch } = openWith(WITH_OUTPUTS);
    await watch.first('ready');
    driver.light(true);
    await outputsUntil((outputs) => outputs.at(-1) === '24=1');
    driver.light(false);
    driver.light(true);
    driver.light(false);
    driver.beep(true);
    await outputsUntil((outputs) => outputs.includes('25=1') && outputs.slice(2).includes('24=0'));
    driver.beep(false);
    await outputsUntil((outputs) => outputs.slice(2).includes('25=0'));
    expect(watch.all('failed')).toEqual([]);
  });

  it('are off and free after closing', async () => {
    const { driver, watch } = openWith(WITH_OUTPUTS);
    await watch.first('ready');
    driver.light(true);
    await outputsUntil((outputs) => outputs.at(-1) === '24=1');
    await driver.close();
    expect(board.outputs().at(-1)).toBe('24=0');
    await openWith(WITH_OUTPUTS).watch.first('ready');
  });
});

describe('buttons on pins in trouble', () => {
  it('without the tools', async () => {
    expect(await faultOf(CONFIG, { ...board.environment, PATH: '/nonexistent' })).toMatchObject({
      code: 'panel-tool-missing',
      detail: expect.stringContaining('apt install gpiod'),
    });
  });

  it("with Debian 12's tools, whose command line is another", async () => {
    board.write('version', '1.6.3\n');
    expect(await faultOf()).toMatchObject({
      code: 'panel-tool-missing',
      detail: expect.stringMatching(/v1\.6\.3.*libgpiod 2/),
    });
  });

  it('on a machine that is no Raspberry Pi', async () => {
    board.write('chips', 'gpiochip0 [INT34C5:00] (463 lines)\n');
    expect(await faultOf()).toMatchObject({
      code: 'panel-not-found',
      detail: expect.stringMatching(/INT34C5:00.*panel\.chip/),
    });
  });

  it('on a machine without any GPIO chip', async () => {
    board.write('chips', '');
    expect(await faultOf()).toMatchObject({
      code: 'panel-not-found',
      detail: expect.stringContaining('there is none'),
    });
  });

  it.each([
    { fault: 'a chip that is not there', config: { ...CONFIG, chip: 'gpiochip9' }, code: 'panel-not-found' },
    {
      fault: 'a line that is not there',
      config: { ...CONFIG, lines: { ...CONFIG.lines, happy: 99 } },
      code: 'panel-not-found',
      says: 'offset 99 is out of range',
    },
    {
      fault: 'a name that no line has',
      config: { ...CONFIG, lines: { ...CONFIG.lines, happy: 'SMILE' } },
      code: 'panel-not-found',
      says: "cannot find line 'SMILE'",
    },
  ])('$fault', async ({ config, code, says = '' }) => {
    expect(await faultOf(config)).toMatchObject({ code, detail: expect.stringContaining(says) });
  });

  it.each([
    { fact: 'denied', config: CONFIG },
    { fact: 'denied-output', config: WITH_OUTPUTS },
  ])('without permission ($fact)', async ({ fact, config }) => {
    board.write(fact, '');
    expect(await faultOf(config)).toMatchObject({
      code: 'panel-permission-denied',
      detail: expect.stringContaining('group gpio'),
    });
  });

  it.each([{ busy: ' 22 ' }, { busy: ' 24 ' }])('with line $busy in use elsewhere', async ({ busy }) => {
    board.write('busy', busy);
    expect(await faultOf(WITH_OUTPUTS)).toMatchObject({ code: 'panel-line-busy' });
  });

  it('when the monitor is killed, and again in order when it is opened anew', async () => {
    const { watch } = openWith();
    await watch.first('ready');
    await until(
      'the monitor',
      async () => board.monitors.length,
      (count) => count === 1,
    );
    process.kill(board.monitors[0]?.pid ?? 0, 'SIGKILL');
    await watch.until(() => watch.all('failed').length > 0, 'the fault');
    expect(watch.all('failed')[0]).toMatchObject({ code: 'panel-failed', detail: 'gpiomon was killed by SIGKILL' });
    await openWith().watch.first('ready');
  });

  it('when what holds the light on is killed, and again in order when it is opened anew', async () => {
    const { driver, watch } = openWith(WITH_OUTPUTS);
    await watch.first('ready');
    driver.light(true);
    await outputsUntil((outputs) => outputs.at(-1) === '24=1');
    const holder = await until(
      'the holder',
      async () => Number(readFileSync(join(board.folder, 'holder-24'), 'utf8')),
      (pid) => pid > 0,
    );
    process.kill(holder, 'SIGKILL');
    await watch.until(() => watch.all('failed').length > 0, 'the fault');
    expect(watch.all('failed')[0]).toMatchObject({ code: 'panel-failed', detail: 'gpioset was killed by SIGKILL' });
    await openWith(WITH_OUTPUTS).watch.first('ready');
    expect(board.outputs().findLast((pair) => pair.startsWith('24='))).toBe('24=0');
  });

  it('when the chip goes away, or what is printed is not understood', async () => {
    const first = openWith();
    await first.watch.first('ready');
    board.breakMonitor('error polling for events: No such device');
    await first.watch.until(() => first.watch.all('failed').length > 0, 'the fault');
    const second = openWith();
    await second.watch.first('ready');
    board.say('17 rising');
    await second.watch.until(() => second.watch.all('failed').length > 0, 'the fault');
    expect([first, second].map(({ watch }) => watch.all('failed')[0]?.code)).toEqual([
      'panel-unplugged',
      'panel-failed',
    ]);
    await openWith().watch.first('ready');
  });

  it('reports nothing any more once it is closed', async () => {
    const early = openWith();
    await early.driver.close();
    const late = openWith();
    await late.watch.first('ready');
    await late.driver.close();
    expect(early.watch.seen).toEqual([]);
    expect(late.watch.seen).toHaveLength(1);
    await openWith().watch.first('ready');
  });
});
