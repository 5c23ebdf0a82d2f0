import {
  compareReached,
  describeFailure,
  describeSeeds,
  FAULT_KINDS,
  PRESS_MACHINES,
  type SeedTally,
  simulateSeeds,
  sumTallies,
} from '@hymio/simulator';
import { afterAll, describe, expect, it } from 'vitest';

const SLICE = 25;

/** Tests that seeds `from` to `to`, both included, hold every promise; prints what they went through. */
export function describeSeedRange(from: number, to: number): void {
  const tallies: SeedTally[] = [];

  afterAll(() => {
    process.stdout.write(`deterministic simulation, seeds ${from} to ${to}:\n${describeSeeds(sumTallies(tallies))}\n`);
  });

  describe(`every promise holds under faults, seeds ${from} to ${to}`, () => {
    for (let first = from; first <= to; first += SLICE) {
      const last = Math.min(to, first + SLICE - 1);
      it(`seeds ${first} to ${last}`, async () => {
        const tally = await simulateSeeds(first, last, { maxFailures: 1 });
        tallies.push(tally);
        const [failed] = tally.failed;
        if (failed !== undefined) expect.fail(describeFailure(failed));
        expect(tally.seeds).toBe(last - first + 1);
      });
    }

    it('went through every kind of fault, and had presses of every kind of time', () => {
      const { faults, clocks, lost } = sumTallies(tallies);
      expect(Object.keys(faults).sort()).toEqual([...FAULT_KINDS].sort());
      expect(Object.keys(clocks).sort()).toEqual(['corrected', 'estimated', 'synced']);
      expect(lost).toBeGreaterThan(0);
    });

    it('took every transition of the table, and no other', () => {
      const { reached } = sumTallies(tallies);
      expect(compareReached(reached, PRESS_MACHINES)).toEqual({ unknown: [], missing: [], explainedAway: [] });
    });
  });
}
