import { readFileSync } from 'node:fs';
import { FirmataPanelDriver, type FirmataPanelOptions, firmataPanelConfigSchema, SystemClock } from '@hymio/device';
import { afterEach, describe, expect, it } from 'vitest';
import { EmulatedFirmataBoard } from '../../../support/firmata-board/emulated-firmata-board.js';
import { PseudoTerminal } from '../../../support/pseudo-terminal.js';
import { describeWith } from '../../../support/requirements.js';
import { ScriptedFirmataBoard } from '../../../support/scripted-firmata-board.js';
import { DriverWatch } from './driver-watch.js';

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

function open(port: string, options: Partial<FirmataPanelOptions> = {}, more: object = {}): DriverWatch {
  const config = firmataPanelConfigSchema.parse({ type: 'firmata', port, pins: [2, 7, 8, 12], led: 10, ...more });
  const driver = new FirmataPanelDriver({ config, clock: new SystemClock('system', 0), ...options });
  undo.push(() => driver.close());
  return DriverWatch.open(driver);
}

async function failure(watch: DriverWatch): Promise<{ code: string; detail: string }> {
  await watch.until(() => watch.all('failed').length > 0, 'a failure');
  expect(watch.all('ready')).toEqual([]);
  return watch.all('failed')[0] ?? { code: '', detail: '' };
}

async function board(): Promise<EmulatedFirmataBoard> {
  const made = await EmulatedFirmataBoard.plugged();
  undo.push(() => made.remove());
  return made;
}

/** A tty behind which something answers each write. */
async function answering(answer: (bytes: Buffer) => Buffer | undefined): Promise<string> {
  const tty = new PseudoTerminal((bytes) => {
    const reply = answer(bytes);
    if (reply !== undefined) tty.write(reply);
  });
  undo.push(() => tty.remove());
  await tty.plug();
  return tty.path;
}

/** Firmata's report of a firmware's name. */
function firmwareReport(name: string): Buffer {
  const letters = [...Buffer.from(name, 'latin1')].flatMap((byte) => [byte & 0x7f, byte >> 7]);
  return Buffer.from([0xf9, 2, 5, 0xf0, 0x79, 2, 5, ...letters, 0xf7]);
}

describe('the Firmata driver without a board', () => {
  it('names a port that is not there', async () => {
    expect(await failure(open('/dev/no-such-panel'))).toMatchObject({ code: 'panel-not-found' });
  });

  it('names what is no serial port', async () => {
    expect(await failure(open('/dev/null'))).toMatchObject({ code: 'panel-wrong-port' });
  });

  it('looks for the only USB serial port, and does not guess between two', async () => {
    const usb = (path: string) => ({ path, vendorId: '2341', productId: '0043', product: 'Arduino Uno' });
    const none = await failure(open('auto', { listPorts: () => [{ path: '/dev/ttyS0' }] }));
    expect(none.code).toBe('panel-not-found');
    const two = await failure(open('auto', { listPorts: () => [usb('/dev/ttyACM0'), usb('/dev/ttyACM1')] }));
    expect(two.code).toBe('panel-several-found');
    expect(two.detail).toContain('/dev/ttyACM1');
  });
});

describeWith(['socat'], 'the Firmata driver', () => {
  it('finds the only board by itself', async () => {
    const { path } = await board();
    const watch = open('auto', { listPorts: () => [{ path, vendorId: '2341' }] });
    expect((await watch.first('ready')).description).toBe(`StandardFirmata.ino (protocol 2.4) on ${path}`);
  });

  it('names a board on which nothing speaks Firmata', async () => {
    const silent = await failure(open(await answering(() => undefined)));
    expect(silent).toMatchObject({ code: 'panel-wrong-firmware', detail: expect.stringContaining('nothing answers') });
    const other = await failure(open(await answering(() => Buffer.from('temperature 21.5\r\n'))));
    expect(other).toMatchObject({ code: 'panel-wrong-firmware', detail: expect.stringContaining('not as Firmata') });
  });

  it('names a sketch that is not Firmata, and a protocol that is too old', async () => {
    const sketch = await failure(open(await answering(() => firmwareReport('blink.ino'))));
    expect(sketch).toMatchObject({ code: 'panel-wrong-firmware', detail: expect.stringContaining('blink.ino') });
    const old = await failure(open(await answering(() => Buffer.from([0xf9, 1, 0]))));
    expect(old).toMatchObject({ code: 'panel-wrong-firmware', detail: expect.stringContaining('Firmata 1.0') });
  });

  it.each([
    ['the name of a firmware without its version', [0xf0, 0x79, 0xf7]],
    ['the state of a pin that no board has', [0xf0, 0x6e, 0x18, 0xf7]],
    ['a message without an end', [0xf0, 0x71, ...new Array(20_000).fill(0x01)]],
  ])('is not brought down by %s, in the greeting or later, and another driver can be opened', async (_, odd) => {
    const early = await failure(open(await answering(() => Buffer.from([0xf9, 2, 5, ...odd]))));
    expect(early).toMatchObject({ code: 'panel-wrong-firmware', detail: expect.stringContaining('not as Firmata') });
    const made = await ScriptedFirmataBoard.plugged();
    undo.push(() => made.remove());
    const watch = open(made.path);
    await watch.first('ready');
    made.say(Buffer.from(odd));
    await watch.until(() => watch.all('failed').length > 0, 'the fault');
    expect(watch.all('failed')).toMatchObject([
      { code: 'panel-failed', detail: expect.stringContaining('is not Firmata') },
    ]);
    await open(made.path).first('ready');
  });

  it('names a pin that the board does not have', async () => {
    const { path } = await board();
    const fault = await failure(open(path, {}, { led: 77 }));
    expect(fault).toMatchObject({ code: 'panel-failed', detail: expect.stringContaining('pin 77 (led)') });
  });

  it('notices that the board was reset', async () => {
    const made = await board();
    const watch = open(made.path);
    await watch.first('ready');
    made.reset();
    await watch.until(() => watch.all('failed').length > 0, 'the fault');
    expect(watch.all('failed')).toMatchObject([{ code: 'panel-reset' }]);
    await open(made.path).first('ready');
  });

  it('notices that the board hangs', async () => {
    const made = await board();
    const watch = open(made.path);
    await watch.first('ready');
    made.hang();
    await watch.until(() => watch.all('failed').length > 0, 'the fault');
    expect(watch.all('failed')).toMatchObject([{ code: 'panel-silent' }]);
  });

  it('reads analog pins as buttons too', async () => {
    const made = await board();
    const watch = open(made.path, {}, { pins: [2, 7, 'A0', 'A1'] });
    await watch.first('ready');
    made.contact(15, true);
    await watch.until(() => watch.all('edge').length > 0, 'the edge');
    expect(watch.all('edge')[0]?.edge).toMatchObject({ button: 3, down: true });
  });
});

describe('the dependencies', () => {
  const lock: unknown = JSON.parse(readFileSync(new URL('../../../../package-lock.json', import.meta.url), 'utf8'));
  const packages = Object.entries((lock as { packages: Record<string, { version?: string; name?: string }> }).packages);
  const versionsOf = (name: string): string[] =>
    packages.flatMap(([path, { version = '', name: alias }]) =>
      path.endsWith(`node_modules/${name}`) && (alias === undefined || alias === name) ? [version] : [],
    );

  it('hold serialport 13 alone: the one that johnny-five asks for compiles for a minute', () => {
    expect(versionsOf('serialport').map((version) => version.split('.')[0])).toEqual(['13']);
    expect(packages.filter(([path]) => /node_modules\/@serialport\/bindings$/.test(path))).toEqual([]);
  });

  it('hold no firmata but firmata-io', () => {
    const firmata = packages.filter(([path]) => path.endsWith('node_modules/firmata'));
    expect(firmata.map(([, { name }]) => name)).toEqual(firmata.map(() => 'firmata-io'));
    expect(versionsOf('firmata')).toEqual([]);
  });
});
