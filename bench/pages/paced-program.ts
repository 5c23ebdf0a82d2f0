import { createInterface } from 'node:readline';
import { LoadTerminal } from '../ingest/load-terminal.js';

/** Terminals that are well say so again this often, each at a time of its own. */
const HEARTBEAT_MS = 60_000;
/** Presses are due in steps of this. */
const STEP_MS = 20;

/**
 * A fleet of the terminals `bench-0` … that press now and then. Arguments: port, terminals. Prints `ready`; then a line on
 * standard input is a command: `rate N` presses per second from now on by all but the last ten (answered `rate`),
 * `press INDEX` one press of one terminal (answered `kept INDEX at=MS`, the wall time at which it was sent).
 */
async function main([port = 0, count = 0]: number[]): Promise<void> {
  const fleet = Array.from({ length: count }, (_, index) => new LoadTerminal(index, 1, `bench-${index}`));
  for (const terminal of fleet) await terminal.connect(port);
  for (const [index, terminal] of fleet.entries()) {
    terminal.tellStatus();
    setTimeout(() => setInterval(() => terminal.tellStatus(), HEARTBEAT_MS), (index / count) * HEARTBEAT_MS);
  }
  const pace = new Pace(fleet.slice(0, -10));
  process.stdout.write('ready\n');
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, value] = line.split(' ');
    if (command === 'rate') {
      pace.perSecond = Number(value);
      process.stdout.write('rate\n');
    } else {
      const at = Date.now();
      await fleet[Number(value)]?.sendOne();
      process.stdout.write(`kept ${value} at=${at}\n`);
    }
  }
}

/** Presses of one terminal after the other, at a rate. */
class Pace {
  perSecond = 0;
  readonly #free: LoadTerminal[];
  #due = 0;

  constructor(fleet: readonly LoadTerminal[]) {
    this.#free = [...fleet];
    setInterval(() => this.#step(), STEP_MS);
  }

  #step(): void {
    this.#due += (this.perSecond * STEP_MS) / 1_000;
    for (; this.#due >= 1; this.#due -= 1) {
      const terminal = this.#free.shift();
      if (terminal === undefined) return;
      void terminal.sendOne().then(() => this.#free.push(terminal));
    }
  }
}

process.once('SIGTERM', () => process.exit());
await main(process.argv.slice(2).map(Number));
