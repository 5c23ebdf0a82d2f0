import { join } from 'node:path';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { type Program, ROOT } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { KINDS, type Kind, type Lane, mosquittoMissing, openLane, runOnce, TERMINALS } from '../ingest/lane.js';
import { PARTS, type Part, partsOf } from './parts.js';

const BATCHES = [1, 100];
const WARM_UP_SECONDS = 3;
const HOOK = `file://${join(ROOT, 'bench/dist/ingest-parts/profile-hook.js')}`;

export const ingestParts: Bench = {
  name: 'ingest-parts',
  title: `what the processor time of a press goes into: ${TERMINALS} terminals, profiles of the gateway and of the program that only inserts and acknowledges`,
  obstacle: mosquittoMissing,
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

const NOTES = [
  'µs of the main thread a press, by whose code it is; what SQLite does is counted where it is called from',
  'a profile costs time itself: compare the parts with each other, and take the whole from `ingest`',
];

async function measure(folder: string, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const figures: Figure[] = [];
  for (const batch of BATCHES) {
    const parts = {} as Record<Kind, ReadonlyMap<Part, number>>;
    for (const kind of KINDS) {
      parts[kind] = await profile(kind, folder, batch, options);
      say(`${batch}-press messages: ${kind} ${sum(parts[kind]).toFixed(2)} µs a press`);
    }
    figures.push(...compare(`${batch}-press messages, broker elsewhere`, parts.external, parts.baseline));
    figures.push(...compare(`${batch}-press messages, own broker`, parts.embedded, parts.baseline));
  }
  return { figures, notes: NOTES };
}

/** µs a press by part. */
async function profile(
  kind: Kind,
  base: string,
  batch: number,
  { rounds, seconds }: BenchOptions,
): Promise<ReadonlyMap<Part, number>> {
  const started: Program[] = [];
  const file = join(base, `${kind}-${batch}.cpuprofile`);
  try {
    const lane = await openLane(kind, base, batch, started, { NODE_OPTIONS: `--import ${HOOK}`, HYMIO_PROFILE: file });
    await runOnce(lane, WARM_UP_SECONDS);
    await signal(lane, 'profile begun');
    const { rows } = await runOnce(lane, rounds * seconds);
    await signal(lane, 'profile written');
    return new Map([...partsOf(file)].map(([part, micros]) => [part, micros / rows]));
  } finally {
    for (const program of started.reverse()) await program.stop();
  }
}

async function signal({ receiver }: Lane, answer: string): Promise<void> {
  process.kill(receiver.pid, 'SIGUSR2');
  await receiver.line(answer);
}

function compare(name: string, ours: ReadonlyMap<Part, number>, theirs: ReadonlyMap<Part, number>): Figure[] {
  const against = 'insert and ack only';
  const whole = { value: sum(ours), unit: 'µs', baseline: { name: against, value: sum(theirs) } };
  const parts = PARTS.map((part) => {
    const their = theirs.get(part) ?? 0;
    const figure = { name: `… ${part}`, value: ours.get(part) ?? 0, unit: 'µs' };
    return their === 0 ? figure : { ...figure, baseline: { name: against, value: their } };
  });
  return [{ name, ...whole }, ...parts];
}

function sum(parts: ReadonlyMap<Part, number>): number {
  return [...parts.values()].reduce((total, micros) => total + micros, 0);
}
