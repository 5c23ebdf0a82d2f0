import {
  compareReached,
  describeOffice,
  describeReached,
  OFFICE_FAULT_KINDS,
  OFFICE_MACHINES,
  type OfficeResult,
  type ReachedCounts,
  simulateOffice,
} from '@hymio/simulator';
import { afterAll, describe, expect, it } from 'vitest';

import { OFFICE_FOUND_AS, type OfficePlantedFault, PLANTED_OFFICE_FAULTS } from './planted-office-faults.js';

const SEEDS = 250;
const SLICE = 25;
const SEEDS_FOR_PLANTED = 60;

describe('alerts ring once, and reports go out once', () => {
  const results: OfficeResult[] = [];
  afterAll(() => {
    const sum = (pick: (result: OfficeResult) => number): number => results.reduce((all, each) => all + pick(each), 0);
    process.stdout.write(
      `office simulation, seeds 1 to ${SEEDS}: ${sum(({ alerts }) => alerts)} alerts, ${sum(({ mails }) => mails)} mails of ` +
        `${sum(({ weeks }) => weeks)} weeks, ${sum(({ messages }) => messages)} messages of which ${sum(({ again }) => again)} ` +
        `came once more after a death, ${sum(({ faults }) => faults.length)} faults\n`,
    );
  });

  for (let first = 1; first <= SEEDS; first += SLICE) {
    it(`seeds ${first} to ${first + SLICE - 1}`, async () => {
      for (let seed = first; seed < first + SLICE; seed += 1) {
        const result = await simulateOffice(seed);
        if (result.breach !== undefined) expect.fail(describeOffice(result));
        results.push(result);
      }
    });
  }

  it('through every kind of fault, with messages that came again as well', () => {
    const kinds = new Set(results.flatMap(({ faults }) => faults.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual([...OFFICE_FAULT_KINDS].sort());
    expect(results.some(({ again }) => again > 0)).toBe(true);
  });

  it('and took every transition of the table, and no other', () => {
    const reached: ReachedCounts = {};
    for (const result of results) {
      for (const [name, count] of Object.entries(result.reached)) reached[name] = (reached[name] ?? 0) + count;
    }
    process.stdout.write(`${describeReached(reached, OFFICE_MACHINES)}\n`);
    expect(compareReached(reached, OFFICE_MACHINES)).toEqual({ unknown: [], missing: [], explainedAway: [] });
  });

  it('the same way for the same seed', async () => {
    for (const seed of [1, 2, 3]) {
      const { traceHash } = await simulateOffice(seed);
      expect(traceHash).toBe(results[seed - 1]?.traceHash);
    }
    expect(new Set(results.map(({ traceHash }) => traceHash)).size).toBe(SEEDS);
  });
});

describe('a deliberately broken part of the office is found', () => {
  it.each(Object.keys(PLANTED_OFFICE_FAULTS) as OfficePlantedFault[])('%s', async (name) => {
    for (let seed = 1; seed <= SEEDS_FOR_PLANTED; seed += 1) {
      const { breach } = await simulateOffice(seed, { tampering: PLANTED_OFFICE_FAULTS[name]() });
      if (breach === undefined) continue;
      expect(OFFICE_FOUND_AS[name]).toContain(breach.code);
      process.stdout.write(`  ${name}: found by seed ${seed} as ${breach.code}\n`);
      return;
    }
    expect.fail(`not found in ${SEEDS_FOR_PLANTED} seeds`);
  });
});
