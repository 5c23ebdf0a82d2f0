import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  applyCut,
  describeCut,
  describeShrunk,
  readCut,
  shrinkSeed,
  simulateSeed,
  simulateSeeds,
} from '@hymio/simulator';
import { describe, expect, it } from 'vitest';
import { PLANTED_FAULTS } from './planted-faults.js';

const run = promisify(execFile);
const SIMULATOR = fileURLToPath(new URL('../../simulator/dist/cli/main.js', import.meta.url));

describe('a failed seed is made small', () => {
  it('to the faults and visits without which it would not fail, by a command that repeats it', async () => {
    const tampering = PLANTED_FAULTS['numbers presses again after a restart'];
    const { failed } = await simulateSeeds(1, 100, { maxFailures: 1, tampering });
    const [whole] = failed;
    if (whole === undefined) throw new Error('the planted fault was not found');
    const shrunk = await shrinkSeed(whole, { tampering });
    const { cut, result } = shrunk;
    expect(result.breach?.code).toBe(whole.breach?.code);
    // It takes one terminal, a press, something that ends its firmware, and a press.
    expect(result.plan.terminals).toHaveLength(1);
    expect(result.faults.length).toBeLessThanOrEqual(1);
    expect(result.visits.length).toBeLessThanOrEqual(2);
    const again = await simulateSeed(whole.plan.seed, {
      tampering,
      replan: (plan) => applyCut(plan, readCut(describeCut(cut))),
    });
    expect(again.traceHash).toBe(result.traceHash);
    expect(describeShrunk(shrunk)).toContain(`replay --seed ${whole.plan.seed} --cut ${describeCut(cut)} --verbose`);
    process.stdout.write(
      `  from ${whole.faults.length} faults and ${whole.visits.length} visits to ${result.faults.length} and ${result.visits.length} in ${shrunk.runs} runs\n`,
    );
  });

  it('by a plan of which the command line can take the same away', async () => {
    const cut = { terminals: ['terminal-1'], faults: [1, 2], without: ['poison', 'backups'] };
    const here = await simulateSeed(12, { replan: (plan) => applyCut(plan, cut) });
    const { stdout } = await run(process.execPath, [SIMULATOR, 'replay', '--seed', '12', '--cut', describeCut(cut)]);
    expect(stdout).toContain(`trace ${here.traceHash}`);
    expect(stdout).toContain('seed 12 held: 1 terminals');
  });

  it('and what is no cut is refused', () => {
    for (const cut of ['faults=x', 'without=rain', 'nonsense']) expect(() => readCut(cut)).toThrow('is nothing to cut');
  });
});
