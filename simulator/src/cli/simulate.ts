import { availableParallelism } from 'node:os';
import { HymioError } from '@hymio/protocol';
import { describeReached } from '../deterministic/describe-reached.js';
import { describeFailure } from '../deterministic/describe-seed.js';
import { type SeedRange, simulateInJobs } from '../deterministic/seed-jobs.js';
import { describeShrunk, shrinkSeed } from '../deterministic/shrink-seed.js';
import type { SeedResult } from '../deterministic/simulate-seed.js';
import { describeTally } from '../deterministic/simulate-seeds.js';
import { PRESS_MACHINES } from '../deterministic/transitions.js';

/** The first failures are told as small as they can be made; hundreds of the same kind need not be. */
const MOST_SHRUNK = 3;
const DEFAULT_SEEDS = 10_000;

interface Given {
  seeds?: string;
  from?: number;
  jobs?: number;
  /** `--no-shrink` makes it false. */
  shrink: boolean;
  /** Says of every state machine where it was. */
  coverage?: boolean;
}

/** Runs many seeds of the deterministic simulation; exit code 1 where any of them fails. Error: `option-invalid`. */
export async function simulate({
  seeds,
  from = 1,
  jobs = availableParallelism(),
  shrink,
  coverage,
}: Given): Promise<void> {
  const range = readRange(seeds ?? String(DEFAULT_SEEDS), from);
  if (!Number.isSafeInteger(jobs) || jobs < 1)
    throw invalid(`--jobs ${jobs} is no number of threads.`, 'Give 1 or more.');
  let shrunk = 0;
  const failures: SeedResult[] = [];
  const tally = await simulateInJobs(range, {
    jobs,
    onTally: ({ failed }) => {
      for (const result of failed) print(`${describeFailure(result)}\n`);
      failures.push(...failed);
    },
  });
  for (const result of failures) {
    if (!shrink || shrunk === MOST_SHRUNK) break;
    shrunk += 1;
    print(`${describeShrunk(await shrinkSeed(result))}\n`);
  }
  print(describeTally(tally));
  if (coverage) print(describeReached(tally.reached, PRESS_MACHINES));
  if (tally.failed.length === 0) return;
  print(`failed: ${tally.failed.map(({ plan }) => plan.seed).join(', ')}`);
  process.exitCode = 1;
}

/** A count of seeds from the first one, or both ends. */
function readRange(text: string, first: number): SeedRange {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const [count, to] = [Number(match?.[1] ?? Number.NaN), match?.[2]];
  const range = to === undefined ? { from: first, to: first + count - 1 } : { from: count, to: Number(to) };
  if (Number.isSafeInteger(range.from) && range.from >= 0 && range.from <= range.to) return range;
  throw invalid(`--seeds ${text} is no count and no range.`, 'Write it as 1000, with --from, or as 1..1000.');
}

function invalid(what: string, next: string): HymioError {
  return new HymioError('option-invalid', what, next);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
