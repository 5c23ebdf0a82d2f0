import { compareReached, simulateSeeds } from '@hymio/simulator';
import { describe, expect, it } from 'vitest';
import { FOUND_AS, PLANTED_FAULTS, type PlantedFault, TIMER_LEFT_ARMED } from './planted-faults.js';

const SEEDS = 200;

describe('a deliberately broken part is found', () => {
  it.each(Object.keys(PLANTED_FAULTS) as PlantedFault[])('%s', async (name) => {
    const tally = await simulateSeeds(1, SEEDS, { tampering: PLANTED_FAULTS[name], maxFailures: 1 });
    const [found] = tally.failed;
    expect(found, `not found in ${SEEDS} seeds`).toBeDefined();
    expect(FOUND_AS[name]).toContain(found?.breach?.code);
    process.stdout.write(`  ${name}: found by seed ${found?.plan.seed} as ${found?.breach?.code}\n`);
  });

  it('a timer that is left armed is found in the table of transitions', async () => {
    const { reached, failed } = await simulateSeeds(1, 30, { tampering: TIMER_LEFT_ARMED });
    expect(failed).toEqual([]);
    expect(compareReached(reached, ['uplink']).explainedAway).toContain('uplink: idle, timeout → idle');
  });
});
