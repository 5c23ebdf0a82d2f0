import { describeFailure, type FaultKind, type Plan, simulateSeed } from '@hymio/simulator';
import { describe, expect, it } from 'vitest';
import { TwinDisks } from './twin-journal.js';

/** The last one goes on for weeks: presses are forgotten. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 22];
/** Nothing that happens to the card behind the journal's back: only the simulated one would be told of it. */
const BEHIND_ITS_BACK: readonly FaultKind[] = [
  'disk-full',
  'journal-destroyed',
  'journal-copied',
  'journal-rolled-back',
  'journal-cloned',
  'unreadable',
];

function withoutCardFaults(plan: Plan): Plan {
  const faults = plan.faults.filter((kind) => !BEHIND_ITS_BACK.includes(kind));
  return {
    ...plan,
    lyingCard: 0,
    poisonChance: 0.01,
    faults: [...faults, 'kill-firmware', 'power-cut', 'stop-firmware'],
  };
}

describe('the journal in a file does what the simulated one does', () => {
  it(`under the faults of ${SEEDS.length} seeds, after every call and every crash`, async () => {
    for (const seed of SEEDS) {
      const disks = new TwinDisks();
      try {
        const tampering = { journal: disks.twin.bind(disks) };
        const result = await simulateSeed(seed, { tampering, replan: withoutCardFaults });
        expect(disks.differences.slice(0, 3), `seed ${seed}`).toEqual([]);
        if (result.breach !== undefined) expect.fail(describeFailure(result));
        expect(disks.compared).toBeGreaterThan(100);
      } finally {
        disks.remove();
      }
    }
  });
});
