import { setTimeout as wait } from 'node:timers/promises';
import { LoadTerminal } from './load-terminal.js';

/** Arguments: port, terminals, presses per message, seconds to warm up, seconds to measure. Prints `rows/s=… resent=…`. */
async function main([port = 0, terminals = 0, batch = 0, warmUpSeconds = 0, seconds = 0]: number[]): Promise<void> {
  const fleet = Array.from({ length: terminals }, (_, index) => new LoadTerminal(index, batch));
  await Promise.all(fleet.map((terminal) => terminal.connect(port)));
  for (const terminal of fleet) terminal.start();
  await wait(warmUpSeconds * 1000);
  const before = acked(fleet);
  const start = performance.now();
  await wait(seconds * 1000);
  const rows = acked(fleet) - before;
  const took = (performance.now() - start) / 1000;
  const resent = fleet.reduce((sum, terminal) => sum + terminal.resent, 0);
  process.stdout.write(`rows/s=${Math.round(rows / took)} resent=${resent}\n`);
  for (const terminal of fleet) terminal.stop();
  process.exit();
}

function acked(fleet: readonly LoadTerminal[]): number {
  return fleet.reduce((sum, terminal) => sum + terminal.acked, 0);
}

await main(process.argv.slice(2).map(Number));
