import { PATIENCE_MS } from '../support/patience.js';

/** How much is tried: the few inputs of `npm test`, or as many as a given time allows. */
export interface FuzzBudget {
  /** For each property, ms; undefined: its own number of inputs. */
  timeMs: (properties: number) => number | undefined;
  seed: number | undefined;
  /** Way to one input of the seed, as a failure prints it. */
  path: string | undefined;
  /** Topics; empty: all. */
  topics: readonly string[];
  timeoutMs: number;
}

/** As `npm run fuzz` hands it over; nothing of it is set in `npm test`. */
export function fuzzBudget(): FuzzBudget {
  const { HYMIO_FUZZ_MINUTES, HYMIO_FUZZ_SEED, HYMIO_FUZZ_PATH, HYMIO_FUZZ_ONLY } = process.env;
  const totalMs = HYMIO_FUZZ_MINUTES === undefined ? undefined : Number(HYMIO_FUZZ_MINUTES) * 60_000;
  return {
    timeMs: (properties) => (totalMs === undefined ? undefined : Math.ceil(totalMs / Math.max(1, properties))),
    seed: HYMIO_FUZZ_SEED === undefined ? undefined : Number(HYMIO_FUZZ_SEED),
    path: HYMIO_FUZZ_PATH,
    topics: HYMIO_FUZZ_ONLY?.split(',') ?? [],
    timeoutMs: 2 * PATIENCE_MS + (totalMs ?? 0),
  };
}
