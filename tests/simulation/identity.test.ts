import {
  compareReached,
  describeIdentity,
  describeReached,
  IDENTITY_FAULT_KINDS,
  IDENTITY_MACHINES,
  type IdentityResult,
  type ReachedCounts,
  simulateIdentity,
} from '@hymio/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { IDENTITY_FOUND_AS, type IdentityPlantedFault, PLANTED_IDENTITY_FAULTS } from './planted-identity-faults.js';

const SEEDS = 150;
const SLICE = 15;
const SEEDS_FOR_PLANTED = 60;

describe('terminals enrol and renew', () => {
  const results: IdentityResult[] = [];
  afterAll(() => {
    const sum = (pick: (result: IdentityResult) => number): number =>
      results.reduce((all, each) => all + pick(each), 0);
    const longestMs = Math.max(...results.map(({ settledMs }) => settledMs));
    process.stdout.write(
      `identity simulation, seeds 1 to ${SEEDS}: ${sum(({ enrolled }) => enrolled)} enrolments, ` +
        `${sum(({ renewed }) => renewed)} renewals, ${sum(({ faults }) => faults.length)} faults; everybody was in ` +
        `at most ${(longestMs / 3_600_000).toFixed(1)} h after the last fault\n`,
    );
  });

  for (let first = 1; first <= SEEDS; first += SLICE) {
    it(`seeds ${first} to ${first + SLICE - 1}`, async () => {
      for (let seed = first; seed < first + SLICE; seed += 1) {
        const result = await simulateIdentity(seed);
        if (result.breach !== undefined) expect.fail(describeIdentity(result));
        results.push(result);
      }
    });
  }

  it('through every kind of fault', () => {
    const kinds = new Set(results.flatMap(({ faults }) => faults.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual([...IDENTITY_FAULT_KINDS].sort());
  });

  it('and took every transition of the table, and no other', () => {
    const reached: ReachedCounts = {};
    for (const result of results) {
      for (const [name, count] of Object.entries(result.reached)) reached[name] = (reached[name] ?? 0) + count;
    }
    process.stdout.write(`${describeReached(reached, IDENTITY_MACHINES)}\n`);
    expect(compareReached(reached, IDENTITY_MACHINES)).toEqual({ unknown: [], missing: [], explainedAway: [] });
  });

  it('the same way for the same seed, though every key is another one', async () => {
    for (const seed of [1, 2, 3]) {
      const { traceHash } = await simulateIdentity(seed);
      expect(traceHash).toBe(results[seed - 1]?.traceHash);
    }
    expect(new Set(results.map(({ traceHash }) => traceHash)).size).toBe(SEEDS);
  });
});

describe('a deliberately broken part of enrolment or renewal is found', () => {
  it.each(Object.keys(PLANTED_IDENTITY_FAULTS) as IdentityPlantedFault[])('%s', async (name) => {
    for (let seed = 1; seed <= SEEDS_FOR_PLANTED; seed += 1) {
      const { breach } = await simulateIdentity(seed, { tampering: PLANTED_IDENTITY_FAULTS[name] });
      if (breach === undefined) continue;
      expect(IDENTITY_FOUND_AS[name]).toContain(breach.code);
      process.stdout.write(`  ${name}: found by seed ${seed} as ${breach.code}\n`);
      return;
    }
    expect.fail(`not found in ${SEEDS_FOR_PLANTED} seeds`);
  });
});
