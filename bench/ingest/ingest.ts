import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median } from '../harness/percentile.js';
import { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { MOSQUITTO_PATHS, startMosquitto } from './mosquitto.js';

const TERMINALS = 200;
const WARM_UP_SECONDS = 1;
const READY_MS = 10_000;

export const ingest: Bench = {
  name: 'ingest',
  title: `${TERMINALS} terminals into the real gateway, in turn with a program that only inserts and acknowledges`,
  obstacle: () => (MOSQUITTO_PATHS.some(existsSync) ? undefined : 'needs mosquitto (apt install mosquitto)'),
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

/** What receives: the gateway with a broker elsewhere, with its own, or the baseline program. */
const KINDS = ['external', 'embedded', 'baseline'] as const;
type Kind = (typeof KINDS)[number];
type Rates = Record<Kind, number[]>;

async function measure(folder: string, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const path = MOSQUITTO_PATHS.find(existsSync) ?? '';
  const mosquitto = await startMosquitto(path, folder);
  const figures: Figure[] = [];
  try {
    for (const batch of [1, 100]) {
      const rates: Rates = { external: [], embedded: [], baseline: [] };
      for (let pair = 0; pair < options.pairs; pair += 1) {
        for (const kind of pair % 2 === 0 ? KINDS : KINDS.toReversed()) {
          const rate = await runOnce(folder, kind, mosquitto.port, batch, options.seconds);
          rates[kind].push(rate);
          say(`${batch}-press messages, ${kind}: ${rate.toLocaleString('en')} rows/s`);
        }
      }
      figures.push(compare(`${batch}-press messages, broker elsewhere`, rates.external, rates.baseline));
      figures.push(compare(`${batch}-press messages, own broker`, rates.embedded, rates.baseline));
    }
  } finally {
    await mosquitto.program.stop();
  }
  return { figures, notes: NOTES };
}

const NOTES = [
  'rows/s are presses acknowledged after their COMMIT; the ratio is the median of the ratios of the pairs',
  'broker elsewhere and baseline: the same mosquitto; own broker is compared with that baseline too',
  'single presses are made now; batches are a backlog, 30 s between presses',
];

function compare(name: string, ours: readonly number[], baseline: readonly number[]): Figure {
  return {
    name,
    value: median(ours),
    unit: 'rows/s',
    baseline: { name: 'insert and ack only', value: median(baseline) },
    ratio: median(ours.map((rate, index) => rate / (baseline[index] ?? Number.NaN))),
    bar: { of: 'ratio', atLeast: 0.8 },
  };
}

/** Presses per second that were acknowledged. */
async function runOnce(base: string, kind: Kind, port: number, batch: number, seconds: number): Promise<number> {
  const folder = await mkdtemp(join(base, `${kind}-`));
  const receiver = await startReceiver(kind, folder, port);
  try {
    const args = [receiver.port, TERMINALS, batch, WARM_UP_SECONDS, seconds].map(String);
    const load = Program.node('bench/dist/ingest/load-program.js', ...args);
    const { text } = await load.line('rows/s=', (WARM_UP_SECONDS + seconds + 30) * 1000);
    await load.end();
    const [, rate = '', resent = ''] = /rows\/s=(\d+) resent=(\d+)/.exec(text) ?? [];
    if (Number(resent) > 0) throw new Error(`${kind}: ${resent} batches had to be sent again`);
    return Number(rate);
  } finally {
    await receiver.program.stop();
    await rm(folder, { recursive: true });
  }
}

async function startReceiver(kind: Kind, folder: string, port: number): Promise<{ program: Program; port: number }> {
  if (kind === 'baseline') {
    const program = Program.node('bench/dist/ingest/baseline-program.js', folder, String(port));
    await program.line('ready');
    return { program, port };
  }
  const gateway = await startGateway(folder, kind === 'embedded' ? { listen: 0 } : { connect: port });
  await ready(gateway.http);
  return { program: gateway.program, port: kind === 'embedded' ? gateway.mqttPort : port };
}

async function ready(http: string): Promise<void> {
  const deadline = performance.now() + READY_MS;
  while (!(await fetch(`${http}/readyz`)).ok) {
    if (performance.now() > deadline) throw new Error('the gateway is not ready');
    await wait(50);
  }
}
