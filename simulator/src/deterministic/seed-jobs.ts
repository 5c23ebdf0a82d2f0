import { Worker } from 'node:worker_threads';
import { type OfficeTally, simulateOffices, sumOfficeTallies } from './office/simulate-offices.js';
import { type SeedTally, simulateSeeds, sumTallies } from './simulate-seeds.js';

/** A worker gets so many seeds at a time. */
const SLICE = 25;

export interface SeedRange {
  from: number;
  /** Included. */
  to: number;
}

/** What a worker is told: seeds of one of the two worlds. */
export interface Slice extends SeedRange {
  world: 'presses' | 'office';
}

export interface JobOptions<Tally> {
  /** Threads; 1: none but this one. */
  jobs: number;
  /** After each slice, in the order in which they end. */
  onTally?: (tally: Tally) => void;
}

/** Runs seeds in several threads. Seeds know nothing of each other, so that the sum is the same however they are spread. */
export async function simulateInJobs(range: SeedRange, options: JobOptions<SeedTally>): Promise<SeedTally> {
  return sumTallies(await inJobs('presses', range, options, ({ from, to }) => simulateSeeds(from, to)));
}

/** As `simulateInJobs`, of the office. */
export async function simulateOfficeInJobs(range: SeedRange, options: JobOptions<OfficeTally>): Promise<OfficeTally> {
  return sumOfficeTallies(await inJobs('office', range, options, ({ from, to }) => simulateOffices(from, to)));
}

/** What each slice came to; those that failed in order of their seeds. */
async function inJobs<Tally extends { failed: { plan: { seed: number } }[] }>(
  world: Slice['world'],
  { from, to }: SeedRange,
  { jobs, onTally }: JobOptions<Tally>,
  run: (range: SeedRange) => Promise<Tally>,
): Promise<Tally[]> {
  const slices: Slice[] = [];
  for (let first = from; first <= to; first += SLICE) {
    slices.push({ world, from: first, to: Math.min(to, first + SLICE - 1) });
  }
  const tallies: Tally[] = [];
  const note = (tally: Tally): void => {
    tallies.push(tally);
    onTally?.(tally);
  };
  const next = slices.values();
  const threads = Math.min(jobs, slices.length);
  if (threads <= 1) for (const slice of slices) note(await run(slice));
  else await Promise.all(Array.from({ length: threads }, () => employ(next, note)));
  return tallies.sort((one, other) => (one.failed[0]?.plan.seed ?? 0) - (other.failed[0]?.plan.seed ?? 0));
}

/** One thread, until no slice is left. */
function employ<Tally>(slices: Iterator<Slice>, note: (tally: Tally) => void): Promise<void> {
  const worker = new Worker(new URL('./seed-worker.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const give = (): void => {
      const slice = slices.next();
      if (slice.done === true) void worker.terminate().then(() => resolve(), reject);
      else worker.postMessage(slice.value);
    };
    worker.on('message', (tally: Tally) => {
      note(tally);
      give();
    });
    worker.once('error', reject);
    give();
  });
}
