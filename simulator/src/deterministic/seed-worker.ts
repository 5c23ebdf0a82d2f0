import { parentPort } from 'node:worker_threads';
import type { SeedRange } from './seed-jobs.js';
import { simulateSeeds } from './simulate-seeds.js';

/** A thread that runs the seeds that it is told, and tells what they came to. */
parentPort?.on('message', ({ from, to }: SeedRange) => {
  // What is thrown is not caught: it ends this thread, and the run with it.
  void simulateSeeds(from, to).then((tally) => parentPort?.postMessage(tally));
});
