import { readFleetOptions } from '../fleet/fleet-options.js';
import { describeTally } from '../fleet/fleet-tally.js';
import { runFleet } from '../fleet/run-fleet.js';

/** Runs a fleet; the first SIGINT or SIGTERM ends the presses and delivers, the second ends at once. */
export async function fleet({ config, ...given }: { config?: string }): Promise<void> {
  const options = readFleetOptions(given, config);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(1);
      process.stderr.write('stopping: what was pressed is delivered still; again to end at once\n');
      stop.abort();
    });
  }
  const began = performance.now();
  const tally = await runFleet(options, {
    progress: (text) => void process.stderr.write(`${text}\n`),
    stop: stop.signal,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${describeTally(tally)}; all delivered, seed ${options.seed}, ${seconds} s\n`);
}
