import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median } from '../harness/percentile.js';
import type { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { KINDS, type Kind, type Lane, mosquittoMissing, openLane, type Run, runOnce, TERMINALS } from './lane.js';

const WARM_UP_SECONDS = 3;

export const ingest: Bench = {
  name: 'ingest',
  title: `${TERMINALS} terminals into the real gateway, in turn with a program that only inserts and acknowledges`,
  obstacle: mosquittoMissing,
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

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
      bar: { of: 'ratio', atLeast: 0.9 },
    },
    { name: '… processor time a row', value: cpu(ours), unit: 'µs', baseline: { name: against, value: cpu(baseline) } },
  ];
}
