import type { ReachedCounts } from '../reached.js';
import { sumRecords } from '../simulate-seeds.js';
import { type IdentityResult, simulateIdentity } from './simulate-identity.js';

/** What many seeds of certificates came to. */
export interface IdentityTally {
  seeds: number;
  failed: IdentityResult[];
  enrolled: number;
  renewed: number;
  faults: number;
  /** Longest true time from a last fault until everybody was in, ms. */
  longestSettlingMs: number;
  reached: ReachedCounts;
}

/** Runs seeds `from` to `to`, both included, one after the other. */
export async function simulateIdentities(
  { from, to }: { from: number; to: number },
  onFailure: (result: IdentityResult) => void = () => undefined,
): Promise<IdentityTally> {
  const results: IdentityResult[] = [];
  for (let seed = from; seed <= to; seed += 1) {
    const result = await simulateIdentity(seed);
    if (result.breach !== undefined) onFailure(result);
    results.push(result);
  }
  const sum = (pick: (result: IdentityResult) => number): number => results.reduce((all, each) => all + pick(each), 0);
  return {
    seeds: results.length,
    failed: results.filter(({ breach }) => breach !== undefined),
    enrolled: sum(({ enrolled }) => enrolled),
    renewed: sum(({ renewed }) => renewed),
    faults: sum(({ faults }) => faults.length),
    longestSettlingMs: Math.max(0, ...results.map(({ settledMs }) => settledMs)),
    reached: sumRecords(results.map(({ reached }) => reached)),
  };
}

/** In a line, for a person. */
export function describeIdentities({
  seeds,
  failed,
  enrolled,
  renewed,
  faults,
  longestSettlingMs,
}: IdentityTally): string {
  return (
    `${seeds} seeds of certificates, ${failed.length} failed: ${enrolled} enrolments, ${renewed} renewals, ${faults} faults; ` +
    `everybody was in at most ${(longestSettlingMs / 3_600_000).toFixed(1)} h after the last fault`
  );
}
