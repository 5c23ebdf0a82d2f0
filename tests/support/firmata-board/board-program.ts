import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { AvrBoard, CLOCK_HZ } from './avr-board.js';
import { readHex } from './read-hex.js';
import { SerialEnd } from './serial-end.js';

/*
 * An emulated Arduino behind a real tty, as a program of its own: the emulator's work does not disturb the test.
 * Orders come as JSON lines on standard input, what happens goes out as JSON lines; times are CLOCK_MONOTONIC ms.
 */

const SLICE_MS = 1;
/** Time that is made up for after the process was kept waiting, so that a push lasts as long as it was meant to. */
const MAX_LAG_MS = 2_000;
/** Boot loader and blinking are run as fast as the machine can, ms of the board's time. */
const BOOT_MS = 2_200;

type Order =
  /** Changes of one contact: ms from `at` on, closed or not. */
  | { do: 'contact'; at: number; pin: number; steps: [number, boolean][] }
  | { do: 'reset' }
  /** The program hangs, or goes on. */
  | { do: 'hang'; hang: boolean }
  | { do: 'unplug' }
  | { do: 'plug' };

const { values } = parseArgs({
  options: {
    tty: { type: 'string' },
    hex: { type: 'string' },
    /** Board time per real time: less spares the processor. */
    speed: { type: 'string', default: '0.5' },
  },
});
const { tty, hex } = values;
if (tty === undefined || hex === undefined) throw new Error('usage: --tty path --hex file [--speed 0.5]');
const cyclesPerMs = (CLOCK_HZ / 1000) * Number(values.speed);

const outgoing: number[] = [];
const board = new AvrBoard(readHex(readFileSync(hex, 'utf8')), {
  sent: (byte) => void outgoing.push(byte),
  output: (pin, high) => tell({ event: 'output', pin, high, at: now() }),
  contact: (pin, closed) => tell({ event: 'contact', pin, closed, at: now() }),
});
const serial = new SerialEnd(tty, (bytes) => board.receive(bytes));
/** Up to when the board has lived. */
let lastMs = now();
let power: 'on' | 'off' | 'hung' = 'off';

function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function tell(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function run(cycles: number): void {
  board.run(cycles);
  if (outgoing.length > 0) serial.write(Uint8Array.from(outgoing.splice(0)));
}

function powerUp(): void {
  board.reset();
  outgoing.length = 0;
  power = 'on';
  run((CLOCK_HZ / 1000) * BOOT_MS);
  lastMs = now();
}

async function follow(order: Order): Promise<void> {
  switch (order.do) {
    case 'contact':
      for (const [ms, closed] of order.steps) {
        board.plan(Math.max(0, order.at + ms - lastMs) * cyclesPerMs, order.pin, closed);
      }
      return;
    case 'reset':
      powerUp();
      return;
    case 'hang':
      power = order.hang ? 'hung' : 'on';
      return;
    case 'unplug':
      power = 'off';
      await serial.unplug();
      tell({ event: 'unplugged' });
      return;
    case 'plug':
      await serial.plug();
      powerUp();
      tell({ event: 'plugged' });
  }
}

function slice(): void {
  const untilMs = now();
  const elapsedMs = Math.min(MAX_LAG_MS, untilMs - lastMs);
  lastMs = untilMs;
  if (power === 'on') run(elapsedMs * cyclesPerMs);
}

let orders = Promise.resolve();
createInterface({ input: process.stdin })
  .on('line', (line) => {
    orders = orders.then(() => follow(JSON.parse(line) as Order));
  })
  .on('close', () => {
    clearInterval(timer);
    orders = orders.then(() => serial.unplug());
  });
const timer = setInterval(slice, SLICE_MS);
