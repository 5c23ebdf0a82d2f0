import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Identities } from './identities.js';
import { LoadTerminal } from './load-terminal.js';

const QUIET_MS = 5_000;

/**
 * A fleet that sends as fast as it is answered. Arguments: port, terminals, presses per message; then, where wanted, how
 * the ids of its terminals begin, and a file of identities with which it connects over TLS. Prints `ready`; then a
 * line with a number of seconds on standard input makes it send for so long, and answer
 * `done rows=… ms=… resent=…` once every terminal has its ack.
 */
async function main([port, terminals, batch, name = 'load-', file = '']: string[]): Promise<void> {
  const identities = file === '' ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as Identities);
  const fleet = Array.from(
    { length: Number(terminals) },
    (_, index) => new LoadTerminal(index, Number(batch), `${name}${index}`),
  );
  const tlsOf = (index: number) =>
    identities && { ca: identities.ca, key: identities.key, cert: identities.certificates[index] ?? '' };
  await Promise.all(fleet.map((terminal, index) => terminal.connect(Number(port), tlsOf(index))));
  process.stdout.write('ready\n');
  for await (const line of createInterface({ input: process.stdin })) await run(fleet, Number(line));
}

async function run(fleet: readonly LoadTerminal[], seconds: number): Promise<void> {
  const before = acked(fleet);
  const start = performance.now();
  for (const terminal of fleet) terminal.start();
  await wait(seconds * 1000);
  const ms = performance.now() - start;
  const rows = acked(fleet) - before;
  const quiet = Promise.all(fleet.map((terminal) => terminal.pause()));
  await Promise.race([quiet, wait(QUIET_MS)]);
  const resent = fleet.reduce((sum, terminal) => sum + terminal.resent, 0);
  process.stdout.write(`done rows=${rows} ms=${Math.round(ms)} resent=${resent}\n`);
}

function acked(fleet: readonly LoadTerminal[]): number {
  return fleet.reduce((sum, terminal) => sum + terminal.acked, 0);
}

process.once('SIGTERM', () => process.exit());
await main(process.argv.slice(2));
