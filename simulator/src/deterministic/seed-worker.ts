import { parentPort } from 'node:worker_threads';
import { simulateOffices } from './office/simulate-offices.js';
import type { Slice } from './seed-jobs.js';
import { simulateSeeds } from './simulate-seeds.js';

/** A thread that runs the seeds that it is told, and tells what they came to. */
parentPort?.on('message', ({ world, from, to }: Slice) => {
  const run = world === 'office' ? simulateOffices : simulateSeeds;
  // What is thrown is not caught: it ends this thread, and the run with it.
  void run(from, to).then((tally) => parentPort?.postMessage(tally));
});
