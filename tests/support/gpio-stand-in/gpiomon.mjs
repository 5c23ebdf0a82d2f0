// Says what gpiomon of libgpiod 2.2 says (its source: tools/gpiomon.c, tools/tools-common.c), for a board in a folder.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const board = process.env['HYMIO_STAND_IN_BOARD'] ?? '';
const words = (file) => readFileSync(join(board, file), 'utf8').split('\n').filter(Boolean);

function die(...lines) {
  for (const line of lines) console.error(`gpiomon: ${line}`);
  process.exit(1);
}

function readArguments() {
  const text = { type: 'string' };
  const flag = { type: 'boolean' };
  const options = { banner: flag, bias: text, chip: text, consumer: text, edges: text, format: text, version: flag };
  try {
    return parseArgs({ options: { ...options, 'active-low': flag }, allowPositionals: true });
  } catch (error) {
    const [, option] = /'(--?[^' ]+)/.exec(error.message) ?? [];
    return die(`unrecognized option '${option}'`, 'try gpiomon --help');
  }
}

const { values: asked, positionals: lines } = readArguments();
if (asked.version) {
  console.log(`gpiomon (libgpiod) v${words('version')[0]}`);
  console.log('Copyright (C) 2017-2023 Bartosz Golaszewski');
  process.exit(0);
}
if (lines.length === 0) die('at least one GPIO line must be specified');

const chip = words('chips').find((line) => line.startsWith(`${asked.chip} `));
if (chip === undefined) die(`cannot find GPIO chip character device '${asked.chip}'`);
const path = `/dev/${asked.chip}`;
if (existsSync(join(board, 'denied'))) die(`unable to open chip '${path}': Permission denied`);

const names = words('lines');
const offsets = lines.map((line) => {
  const offset = /^[0-9]+$/.test(line) ? Number(line) : names.indexOf(line);
  if (offset >= names.length) die(`offset ${line} is out of range on chip '${asked.chip}'`);
  if (offset < 0) die(`cannot find line '${line}'`);
  return offset;
});
const busy = readFileSync(join(board, 'busy'), 'utf8').split(' ').filter(Boolean).map(Number);
if (heldByAnother() || offsets.some((offset) => busy.includes(offset)))
  die(`unable to request lines on chip ${path}: Device or resource busy`);
writeFileSync(join(board, 'monitor'), String(process.pid));

/** A dead process that nobody has collected holds nothing. */
function heldByAnother() {
  if (!existsSync(join(board, 'monitor'))) return false;
  const status = `/proc/${words('monitor')[0]}/status`;
  return existsSync(status) && /^State:\s[^ZX]/m.test(readFileSync(status, 'utf8'));
}

/** A level on the wire becomes an edge; for lines that are active low the kernel turns it round. */
function printEdge({ offset, high, ns }) {
  if (!offsets.includes(offset)) return;
  const rising = high !== (asked['active-low'] ?? false);
  const time = `${BigInt(ns) / 1_000_000_000n}.${String(BigInt(ns) % 1_000_000_000n).padStart(9, '0')}`;
  const fields = {
    o: offset,
    l: names[offset],
    c: asked.chip,
    e: rising ? 1 : 2,
    E: rising ? 'rising' : 'falling',
    S: time,
  };
  const plain = `${time}\t${rising ? 'rising' : 'falling'}\t${asked.chip} ${offset} "${names[offset]}"`;
  console.log(asked.format === undefined ? plain : asked.format.replace(/%([olceES])/g, (_, key) => fields[key]));
}

const socket = createConnection(join(board, 'socket'));
createInterface({ input: socket }).on('line', (line) => {
  const told = JSON.parse(line);
  if (told.raw !== undefined) console.log(told.raw);
  else if (told.die !== undefined) die(told.die);
  else printEdge(told);
});
socket.on('connect', () => {
  socket.write(`${JSON.stringify({ asked, lines, pid: process.pid })}\n`);
  if (asked.banner)
    console.log(
      `Monitoring lines ${lines
        .map((line) => `'${line}'`)
        .join(', ')
        .replace(/, ([^,]*)$/, ', and $1')}...`,
    );
});
// The board is gone, and with it the test.
socket.on('close', () => process.exit(1));
