import { Worker } from 'node:worker_threads';
import { type SeedTally, simulateSeeds, sumTallies } from './simulate-seeds.js';

/** A worker gets so many seeds at a time. */
const SLICE = 25;

export interface SeedRange {
  from: number;
  /** Included. */
  to: number;
}

export interface JobOptions {
  /** Threads; 1: none but this one. */
  jobs: number;
  /** After each slice, in the order in which they end. */
  onTally?: (tally: SeedTally) => void;
}

/** Runs seeds in several threads. Seeds know nothing of each other, so that the sum is the same however they are spread. */
export async function simulateInJobs({ from, to }: SeedRange, { jobs, onTally }: JobOptions): Promise<SeedTally> {
  const slices: SeedRange[] = [];
  for (let first = from; first <= to; first += SLICE) slices.push({ from: first, to: Math.min(to, first + SLICE - 1) });
  const tallies: SeedTally[] = [];
  const note = (tally: SeedTally): void => {
    tallies.push(tally);
    onTally?.(tally);
  };
  const next = slices.values();
  const threads = Math.min(jobs, slices.length);
  if (threads <= 1) for (const slice of slices) note(await simulateSeeds(slice.from, slice.to));
  else await Promise.all(Array.from({ length: threads }, () => employ(next, note)));
  tallies.sort((one, other) => (one.failed[0]?.plan.seed ?? 0) - (other.failed[0]?.plan.seed ?? 0));
  return sumTallies(tallies);
}

/** One thread, until no slice is left. */
function employ(slices: Iterator<SeedRange>, note: (tally: SeedTally) => void): Promise<void> {
  const worker = new Worker(new URL('./seed-worker.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const give = (): void => {
      const slice = slices.next();
      if (slice.done === true) void worker.terminate().then(() => resolve(), reject);
      else worker.postMessage(slice.value);
    };
    worker.on('message', (tally: SeedTally) => {
      note(tally);
      give();
    });
    worker.once('error', reject);
    give();
  });
}
