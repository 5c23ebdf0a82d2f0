import type { ReachedCounts } from './reached.js';
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
  reached: ReachedCounts;
  /** Longest time from the last fault until everything had arrived, ms of true time. */
  longestSettlingMs: number;
}

/** Runs seeds `from` to `to`, both included, one after the other. Ends at `maxFailures`. */
export async function simulateSeeds(
  from: number,
  to: number,
  options: SimulateOptions & { maxFailures?: number; onSeed?: (result: SeedResult) => void } = {},
): Promise<SeedTally> {
  const tallies: SeedTally[] = [];
  let failures = 0;
  for (let seed = from; seed <= to && failures < (options.maxFailures ?? Number.POSITIVE_INFINITY); seed += 1) {
    const result = await simulateSeed(seed, options);
    if (result.breach !== undefined) failures += 1;
    tallies.push(tallyOf(result));
    options.onSeed?.(result);
  }
  return sumTallies(tallies);
}

export function sumTallies(tallies: readonly SeedTally[]): SeedTally {
  const total = (pick: (tally: SeedTally) => number): number => tallies.reduce((sum, tally) => sum + pick(tally), 0);
  return {
    seeds: total(({ seeds }) => seeds),
    failed: tallies.flatMap(({ failed }) => failed),
    presses: total(({ presses }) => presses),
    thanked: total(({ thanked }) => thanked),
    stored: total(({ stored }) => stored),
    lost: total(({ lost }) => lost),
    events: total(({ events }) => events),
    faults: sumRecords(tallies.map(({ faults }) => faults)),
    clocks: sumRecords(tallies.map(({ clocks }) => clocks)),
    reached: sumRecords(tallies.map(({ reached }) => reached)),
    longestSettlingMs: Math.max(0, ...tallies.map(({ longestSettlingMs }) => longestSettlingMs)),
  };
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

function tallyOf(result: SeedResult): SeedTally {
  const { presses, thanked, stored, lost, events, clocks, reached, settledMs } = result;
  return {
    seeds: 1,
    failed: result.breach === undefined ? [] : [result],
    presses,
    thanked,
    stored,
    lost,
    events,
    faults: sumRecords(result.faults.map(({ kind }) => ({ [kind]: 1 }))),
    clocks,
    reached,
    longestSettlingMs: settledMs,
  };
}

export function sumRecords(records: readonly Record<string, number>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const record of records) {
    for (const [name, count] of Object.entries(record)) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}

function counts(record: Record<string, number>): string {
  return Object.entries(record)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
