import { type SeedResult, type SimulateOptions, simulateSeed } from './simulate-seed.js';

/** What many seeds came to. */
export interface SeedTally {
  seeds: number;
  failed: SeedResult[];
  presses: number;
  thanked: number;
  stored: number;
  lost: number;
  events: number;
  /** Faults that happened, by kind. */
  faults: Record<string, number>;
  /** Stored presses by how their time is known. */
  clocks: Record<string, number>;
  /** Longest time from the last fault until everything had arrived, ms of true time. */
  longestSettlingMs: number;
}

/** Runs seeds `from` to `to`, both included, one after the other. Ends at `maxFailures`. */
export async function simulateSeeds(
  from: number,
  to: number,
  options: SimulateOptions & { maxFailures?: number; onSeed?: (result: SeedResult) => void } = {},
): Promise<SeedTally> {
  const tally: SeedTally = {
    seeds: 0,
    failed: [],
    presses: 0,
    thanked: 0,
    stored: 0,
    lost: 0,
    events: 0,
    faults: {},
    clocks: {},
    longestSettlingMs: 0,
  };
  for (let seed = from; seed <= to; seed += 1) {
    const result = await simulateSeed(seed, options);
    add(tally, result);
    options.onSeed?.(result);
    if (tally.failed.length >= (options.maxFailures ?? Number.POSITIVE_INFINITY)) break;
  }
  return tally;
}

/** In a few lines, for a person. */
export function describeTally(tally: SeedTally): string {
  const { seeds, failed, presses, thanked, stored, lost, events, longestSettlingMs } = tally;
  const faults = Object.values(tally.faults).reduce((sum, count) => sum + count, 0);
  return [
    `${seeds} seeds, ${failed.length} failed: ${presses} presses (${thanked} thanked for), ${stored} stored, ${lost} recorded as lost,`,
    `${faults} faults of ${Object.keys(tally.faults).length} kinds, ${events} events; everything had arrived at most ${Math.round(longestSettlingMs / 1000)} s after the last fault`,
    `faults: ${counts(tally.faults)}`,
    `times: ${counts(tally.clocks)}`,
  ].join('\n');
}

function add(tally: SeedTally, result: SeedResult): void {
  tally.seeds += 1;
  if (result.breach !== undefined) tally.failed.push(result);
  tally.presses += result.presses;
  tally.thanked += result.thanked;
  tally.stored += result.stored;
  tally.lost += result.lost;
  tally.events += result.events;
  tally.longestSettlingMs = Math.max(tally.longestSettlingMs, result.settledMs);
  for (const { kind } of result.faults) tally.faults[kind] = (tally.faults[kind] ?? 0) + 1;
  for (const [clock, count] of Object.entries(result.clocks)) tally.clocks[clock] = (tally.clocks[clock] ?? 0) + count;
}

function counts(record: Record<string, number>): string {
  return Object.entries(record)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
