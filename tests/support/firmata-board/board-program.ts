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
/** Real time that is lived through without reading what the terminal says. */
const MOST_AT_ONCE_MS = 5;
/** Time that is made up for after the process was kept waiting, so that a push lasts as long as it was meant to. */
const MAX_LAG_MS = 2_000;
/**
 * Changes of a contact that are nearer to each other than this are bounce, ms. A board is never kept waiting between
 * them, this process is: so they are run through at once, until their reports have left the board, and reach the tty in
 * one piece, as they do from a real board, whose USB gathers bytes. Then real time catches up.
 */
const BOUNCE_MS = 12;
/** What is reported of a contact leaves the board within this, ms of the board's time: 24 bytes at 57,600 baud, twice. */
const REPORTED_MS = 8;
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
    /** Tells of all bytes too, as hexadecimal digits: when they were written to the tty, when they were read from it. */
    trace: { type: 'boolean', default: false },
  },
});
const { tty, hex } = values;
if (tty === undefined || hex === undefined) throw new Error('usage: --tty path --hex file [--speed 0.5]');
const cyclesPerMs = (CLOCK_HZ / 1000) * Number(values.speed);

const outgoing: number[] = [];
/** Changes of contacts so far. */
let changes = 0;
const board = new AvrBoard(readHex(readFileSync(hex, 'utf8')), {
  sent: (byte) => void outgoing.push(byte),
  output: (pin, high) => tell({ event: 'output', pin, high, at: now() }),
  contact: (pin, closed) => {
    changes += 1;
    tell({ event: 'contact', pin, closed, at: now() });
  },
});
const serial = new SerialEnd(tty, (bytes) => {
  if (values.trace) tell({ event: 'received', bytes: bytes.toString('hex'), at: now() });
  board.receive(bytes);
});
/** Up to when the board has lived. */
let lastMs = now();
let power: 'on' | 'off' | 'hung' = 'off';

function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function tell(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Returns how far it ran: bounce is run through to its end. */
function run(cycles: number): number {
  const from = board.cycles;
  const before = changes;
  let known = before;
  board.run(cycles);
  while (changes > known) {
    known = changes;
    const nextIn = board.nextContactIn ?? Number.POSITIVE_INFINITY;
    if (nextIn < BOUNCE_MS * cyclesPerMs) board.run(nextIn + 1);
    else if (known > before + 1) board.run((CLOCK_HZ / 1000) * REPORTED_MS);
  }
  say();
  return board.cycles - from;
}

function say(): void {
  if (outgoing.length === 0) return;
  const bytes = Buffer.from(outgoing.splice(0));
  serial.write(bytes);
  if (values.trace) tell({ event: 'sent', bytes: bytes.toString('hex'), at: now() });
}

function powerUp(): void {
  board.reset();
  outgoing.length = 0;
  power = 'on';
  board.waitThrough((CLOCK_HZ / 1000) * BOOT_MS);
  say();
  lastMs = now();
}

/** What was ordered late takes place late, as a whole: a push lasts as long as it was meant to. */
function plan(pin: number, steps: readonly [number, boolean][], afterMs: number): void {
  for (const [ms, closed] of steps) board.plan((afterMs + ms) * cyclesPerMs, pin, closed);
}

async function follow(order: Order): Promise<void> {
  switch (order.do) {
    case 'contact':
      plan(order.pin, order.steps, Math.max(0, order.at - lastMs));
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

/** Lives on to this moment, a little at a time: what the board says leaves at once, what it is told is read between. */
function slice(): void {
  const behindMs = now() - lastMs;
  if (power !== 'on' || behindMs <= 0) {
    lastMs = Math.max(lastMs, now());
    return;
  }
  if (behindMs > MAX_LAG_MS) lastMs += behindMs - MAX_LAG_MS;
  lastMs += run(Math.min(behindMs, MOST_AT_ONCE_MS) * cyclesPerMs) / cyclesPerMs;
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
