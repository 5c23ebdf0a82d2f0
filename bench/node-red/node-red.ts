import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { exportedPresses } from '../fleet/exported-presses.js';
import { startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median } from '../harness/percentile.js';
import { memoryOf } from '../harness/process-usage.js';
import { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { MOSQUITTO_PATHS, startMosquitto } from '../ingest/mosquitto.js';
import { type FlowWrites, flowDatabase, startFlow } from './flow.js';
import { installNodeRed } from './install-node-red.js';
import { type DeliveredBy, PacedTerminal } from './paced-terminal.js';

const TERMINALS = 200;
const WARM_UP_SECONDS = 2;
/**
 * Messages of so many presses, and how the flow beside writes them: of one press both ways are the same. Press by press it
 * is so slow that more terminals would send again before they are answered, and it would not come to rest.
 */
const RATES: { batch: number; writes: FlowWrites; terminals: number; leastSeconds: number }[] = [
  { batch: 1, writes: 'message', terminals: TERMINALS, leastSeconds: 0 },
  { batch: 100, writes: 'press', terminals: 20, leastSeconds: 4 },
  { batch: 100, writes: 'message', terminals: TERMINALS, leastSeconds: 0 },
];
/** Visitors of all terminals together, and how long they come before and after the kill; it is down for so long. */
const PRESSES_PER_SECOND = 100;
const KILL_MS = { before: 5_000, down: 2_000, after: 5_000 };
const DRAIN_MS = 30_000;
const KILLED_FLOW = { acknowledges: false, writes: 'message' } as const;

export const nodeRed: Bench = {
  name: 'node-red',
  title:
    'the gateway beside a flow put together by hand: Node-RED with its SQLite node, same messages, a mosquitto each',
  obstacle: () => (MOSQUITTO_PATHS.some(existsSync) ? undefined : 'needs mosquitto (apt install mosquitto)'),
  run: async (options, say) => {
    const installed = installNodeRed(say);
    return inTemporaryFolder((folder) => measure(installed, folder, options, say));
  },
};

const NOTES = [
  `press by press the flow is loaded by ${RATES[1]?.terminals} terminals, the gateway beside it too; otherwise by ${TERMINALS}`,
  'the flow: MQTT in, JSON, split, the SQLite node with a prepared statement for each press (WAL, synchronous=FULL), and for the rates an acknowledgement by MQTT once all is written',
  'one INSERT a message: a function makes it instead, as somebody does who knows what a commit costs; of one press a message both are the same',
  `killed: ${PRESSES_PER_SECOND} presses a second; after ${KILL_MS.before / 1000} s kill -9, started again after ${KILL_MS.down / 1000} s; lost is what the terminals were told had arrived and is stored nowhere`,
  'the flow that is killed is one without acknowledgements of its own, as such flows are: its terminals go by the PUBACK of the broker',
];

type Kind = 'hymio' | 'flow';
/** `stored`: presses by terminal. */
type Receiver = { program: Program; stored: () => Promise<Map<string, number>> };

async function measure(
  installed: string,
  folder: string,
  options: BenchOptions,
  say: (line: string) => void,
): Promise<BenchResult> {
  const figures: Figure[] = [];
  for (const each of RATES) figures.push(...(await rates(installed, folder, each, options, say)));
  const lost = {
    hymio: await killed('hymio', installed, folder),
    flow: await killed('flow', installed, folder),
  };
  say(`killed: the gateway lost ${lost.hymio}, the flow ${lost.flow}`);
  figures.push({
    ...{ name: 'lost when killed', value: lost.hymio, unit: 'presses' },
    baseline: { name: 'Node-RED', value: lost.flow },
    bar: { of: 'value', atMost: 0 },
  });
  return { figures, notes: NOTES };
}

/** Both stand at once and are loaded in turn. */
async function rates(
  installed: string,
  base: string,
  { batch, writes, terminals, leastSeconds }: (typeof RATES)[number],
  { rounds, seconds: wanted }: BenchOptions,
  say: (line: string) => void,
): Promise<Figure[]> {
  const name = `${batch}-press messages${batch > 1 && writes === 'message' ? ', one INSERT a message' : ''}`;
  const seconds = Math.max(wanted, leastSeconds);
  const started: Program[] = [];
  const open = async (kind: Kind): Promise<{ receiver: Receiver; fleet: Program }> => {
    const folder = await mkdtemp(join(base, `${kind}-`));
    const mosquitto = await startMosquitto(MOSQUITTO_PATHS.find(existsSync) ?? '', folder);
    started.push(mosquitto.program);
    const receiver = await startReceiver(kind, installed, folder, mosquitto.port, { acknowledges: true, writes });
    started.push(receiver.program);
    const fleet = Program.node('bench/dist/ingest/load-program.js', ...[mosquitto.port, terminals, batch].map(String));
    started.push(fleet);
    await fleet.line('ready');
    await rate(fleet, WARM_UP_SECONDS);
    return { receiver, fleet };
  };
  try {
    const lanes = { hymio: await open('hymio'), flow: await open('flow') };
    const runs: Record<Kind, number>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      runs.push({ hymio: await rate(lanes.hymio.fleet, seconds), flow: await rate(lanes.flow.fleet, seconds) });
      say(`${name}: gateway ${runs.at(-1)?.hymio} rows/s, flow ${runs.at(-1)?.flow} rows/s`);
    }
    const memory = (kind: Kind) => memoryOf(lanes[kind].receiver.program.pid).residentMb;
    return [
      {
        ...{ name, unit: 'rows/s', value: median(runs.map(({ hymio }) => hymio)) },
        baseline: { name: 'Node-RED', value: median(runs.map(({ flow }) => flow)) },
        ratio: median(runs.map(({ hymio, flow }) => hymio / flow)),
        bar: { of: 'ratio', atLeast: 4 },
      },
      {
        ...{ name: '… resident memory', unit: 'MB', value: memory('hymio') },
        baseline: { name: 'Node-RED', value: memory('flow') },
      },
    ];
  } finally {
    for (const program of started.reverse()) await program.stop();
  }
}

async function rate(fleet: Program, seconds: number): Promise<number> {
  const { text } = await fleet.ask(String(seconds), 'done ', (seconds + 60) * 1000);
  const [, rows = '', ms = ''] = /rows=(\d+) ms=(\d+)/.exec(text) ?? [];
  return Math.round(Number(rows) / (Number(ms) / 1000));
}

/** Presses that terminals were told had arrived, and that are stored nowhere after a kill. */
async function killed(kind: Kind, installed: string, base: string): Promise<number> {
  const folder = await mkdtemp(join(base, `killed-${kind}-`));
  const mosquitto = await startMosquitto(MOSQUITTO_PATHS.find(existsSync) ?? '', folder);
  let receiver = await startReceiver(kind, installed, folder, mosquitto.port, KILLED_FLOW);
  try {
    const by: DeliveredBy = kind === 'hymio' ? 'ack' : 'puback';
    const terminals = Array.from({ length: TERMINALS }, (_, index) => new PacedTerminal(`killed-${index}`, by));
    await Promise.all(terminals.map((terminal) => terminal.connect(mosquitto.port)));
    let turn = 0;
    const visitors = setInterval(() => terminals[turn++ % TERMINALS]?.press(), 1_000 / PRESSES_PER_SECOND);
    await wait(KILL_MS.before);
    process.kill(receiver.program.pid, 'SIGKILL');
    await receiver.program.end();
    await wait(KILL_MS.down);
    receiver = await startReceiver(kind, installed, folder, mosquitto.port, KILLED_FLOW);
    await wait(KILL_MS.after);
    clearInterval(visitors);
    const delivered = () => terminals.reduce((sum, terminal) => sum + terminal.delivered, 0);
    const pressed = terminals.reduce((sum, terminal) => sum + terminal.pressed, 0);
    const deadline = performance.now() + DRAIN_MS;
    while (delivered() < pressed && performance.now() < deadline) await wait(100);
    // What it has taken from the broker it may write yet.
    await wait(2_000);
    const stored = await receiver.stored();
    return terminals.reduce((lost, { id, delivered: told }) => lost + Math.max(0, told - (stored.get(id) ?? 0)), 0);
  } finally {
    await receiver.program.stop();
    await mosquitto.program.stop();
  }
}

async function startReceiver(
  kind: Kind,
  installed: string,
  folder: string,
  port: number,
  flow: { acknowledges: boolean; writes: FlowWrites },
): Promise<Receiver> {
  if (kind === 'flow') {
    const program = await startFlow(installed, folder, port, flow);
    return { program, stored: async () => rowsByTerminal(flowDatabase(folder)) };
  }
  const { program, http } = await startGateway(folder, { connect: port });
  while (!(await fetch(`${http}/readyz`)).ok) await wait(50);
  return { program, stored: async () => (await exportedPresses(http)).byTerminal };
}

function rowsByTerminal(file: string): Map<string, number> {
  const db = new Database(file, { readonly: true });
  try {
    const rows = db
      .prepare<[], [string, number]>('SELECT terminal, count(*) FROM presses GROUP BY terminal')
      .raw()
      .all();
    return new Map(rows);
  } finally {
    db.close();
  }
}
