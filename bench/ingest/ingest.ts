import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median } from '../harness/percentile.js';
import { cpuSecondsOf } from '../harness/process-usage.js';
import { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { MOSQUITTO_PATHS, startMosquitto } from './mosquitto.js';

const TERMINALS = 200;
const WARM_UP_SECONDS = 3;
const READY_MS = 10_000;

export const ingest: Bench = {
  name: 'ingest',
  title: `${TERMINALS} terminals into the real gateway, in turn with a program that only inserts and acknowledges`,
  obstacle: () => (MOSQUITTO_PATHS.some(existsSync) ? undefined : 'needs mosquitto (apt install mosquitto)'),
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

/** What receives: the gateway with a broker elsewhere, with its own, or the baseline program with a broker elsewhere. */
const KINDS = ['external', 'embedded', 'baseline'] as const;
type Kind = (typeof KINDS)[number];

/** Presses acknowledged per second, and processor time of the receiver per press, µs. */
interface Run {
  rate: number;
  cpuMicros: number;
}
type Runs = Record<Kind, Run[]>;

async function measure(folder: string, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const figures: Figure[] = [];
  for (const batch of [1, 100]) {
    const runs = await measureBatch(folder, batch, options, say);
    figures.push(...compare(`${batch}-press messages, broker elsewhere`, runs.external, runs.baseline));
    figures.push(...compare(`${batch}-press messages, own broker`, runs.embedded, runs.baseline));
  }
  return { figures, notes: NOTES };
}

/** All receivers stand at once, each with a fleet of its own; the fleets send in turn. */
async function measureBatch(
  folder: string,
  batch: number,
  { rounds, seconds }: BenchOptions,
  say: (line: string) => void,
): Promise<Runs> {
  const started: Program[] = [];
  const runs: Runs = { external: [], embedded: [], baseline: [] };
  try {
    const lanes = {} as Record<Kind, Lane>;
    for (const kind of KINDS) lanes[kind] = await openLane(kind, folder, batch, started);
    for (const kind of KINDS) await runOnce(lanes[kind], WARM_UP_SECONDS);
    for (let round = 0; round < rounds; round += 1) {
      for (const kind of round % 2 === 0 ? KINDS : KINDS.toReversed()) {
        runs[kind].push(await runOnce(lanes[kind], seconds));
      }
      const told = KINDS.map((kind) => describe(kind, runs[kind].at(-1)));
      say(`${batch}-press messages: ${told.join('; ')}`);
    }
    return runs;
  } finally {
    for (const program of started.reverse()) await program.stop();
  }
}

function describe(kind: Kind, run: Run | undefined): string {
  return `${kind} ${run?.rate.toLocaleString('en')} rows/s, ${run?.cpuMicros.toFixed(1)} µs`;
}

const NOTES = [
  'rows/s are presses acknowledged after their COMMIT; all receivers stand at once and are loaded in turn, the ratio is the median of the ratios of the rounds',
  'broker elsewhere and baseline: a mosquitto each, set up alike; own broker is compared with that baseline too',
  'single presses are made now; batches are a backlog, 30 s between presses',
];

function compare(name: string, ours: readonly Run[], baseline: readonly Run[]): Figure[] {
  const against = 'insert and ack only';
  const cpu = (runs: readonly Run[]): number => median(runs.map(({ cpuMicros }) => cpuMicros));
  return [
    {
      name,
      value: median(ours.map(({ rate }) => rate)),
      unit: 'rows/s',
      baseline: { name: against, value: median(baseline.map(({ rate }) => rate)) },
      ratio: median(ours.map(({ rate }, index) => rate / (baseline[index]?.rate ?? Number.NaN))),
      bar: { of: 'ratio', atLeast: 0.8 },
    },
    { name: '… processor time a row', value: cpu(ours), unit: 'µs', baseline: { name: against, value: cpu(baseline) } },
  ];
}

/** A receiver and the fleet that sends to it. */
interface Lane {
  receiver: Program;
  fleet: Program;
}

async function runOnce({ receiver, fleet }: Lane, seconds: number): Promise<Run> {
  const cpuBefore = cpuSecondsOf(receiver.pid);
  const { text } = await fleet.ask(String(seconds), 'done ', (seconds + 30) * 1000);
  const cpuSeconds = cpuSecondsOf(receiver.pid) - cpuBefore;
  const [, rows = '', ms = '', resent = ''] = /rows=(\d+) ms=(\d+) resent=(\d+)/.exec(text) ?? [];
  if (Number(resent) > 0) throw new Error(`${receiver.name}: ${resent} batches had to be sent again`);
  return { rate: Math.round(Number(rows) / (Number(ms) / 1000)), cpuMicros: (cpuSeconds / Number(rows)) * 1e6 };
}

/** What it starts is added to `started`. */
async function openLane(kind: Kind, base: string, batch: number, started: Program[]): Promise<Lane> {
  const folder = await mkdtemp(join(base, `${kind}-`));
  const mosquitto =
    kind === 'embedded' ? undefined : await startMosquitto(MOSQUITTO_PATHS.find(existsSync) ?? '', folder);
  if (mosquitto !== undefined) started.push(mosquitto.program);
  const receiver = await startReceiver(folder, mosquitto?.port, kind === 'baseline');
  started.push(receiver.program);
  const fleet = Program.node('bench/dist/ingest/load-program.js', ...[receiver.port, TERMINALS, batch].map(String));
  started.push(fleet);
  await fleet.line('ready');
  return { receiver: receiver.program, fleet };
}

/** `port`: of the broker elsewhere; undefined: its own. */
async function startReceiver(
  folder: string,
  port: number | undefined,
  baseline: boolean,
): Promise<{ program: Program; port: number }> {
  if (baseline) {
    const program = Program.node('bench/dist/ingest/baseline-program.js', folder, String(port));
    await program.line('ready');
    return { program, port: port ?? 0 };
  }
  const gateway = await startGateway(folder, port === undefined ? { listen: 0 } : { connect: port });
  await ready(gateway.http);
  return { program: gateway.program, port: port ?? gateway.mqttPort };
}

async function ready(http: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (!(await fetch(`${http}/readyz`)).ok) {
    if (performance.now() > deadline) throw new Error('the gateway is not ready');
    await wait(50);
  }
}
