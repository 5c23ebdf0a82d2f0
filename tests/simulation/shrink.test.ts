import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  applyCut,
  applyOfficeCut,
  describeCut,
  describeShrunk,
  describeShrunkOffice,
  type OfficeResult,
  readCut,
  shrinkOffice,
  shrinkSeed,
  simulateOffice,
  simulateSeed,
  simulateSeeds,
} from '@hymio/simulator';
import { describe, expect, it } from 'vitest';
import { PLANTED_FAULTS } from './planted-faults.js';
import { PLANTED_OFFICE_FAULTS } from './planted-office-faults.js';

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

describe('a failed seed of the office is made small', () => {
  it('to the faults without which it would not fail, by a cut that repeats it', async () => {
    const plant = PLANTED_OFFICE_FAULTS['keeps alerts in memory only'];
    let whole: OfficeResult | undefined;
    for (let seed = 1; seed <= 60 && whole?.breach === undefined; seed += 1) {
      whole = await simulateOffice(seed, { tampering: plant() });
    }
    if (whole?.breach === undefined) throw new Error('the planted fault was not found');
    const shrunk = await shrinkOffice(whole, { tampering: plant() });
    const { cut, result } = shrunk;
    expect(result.breach?.code).toBe(whole.breach.code);
    expect(result.faults.length).toBeLessThan(whole.faults.length);
    const again = await simulateOffice(whole.plan.seed, {
      tampering: plant(),
      replan: (plan) => applyOfficeCut(plan, readCut(describeCut(cut))),
    });
    expect(again.traceHash).toBe(result.traceHash);
    const command = `replay --office --seed ${whole.plan.seed} --cut ${describeCut(cut)} --verbose`;
    expect(describeShrunkOffice(shrunk)).toContain(command);
  });

  it('by a plan of which the command line can take the same away', async () => {
    const whole = await simulateOffice(5);
    const numbers = whole.faults.map(({ number }) => number).slice(0, 2);
    const here = await simulateOffice(5, { replan: (plan) => applyOfficeCut(plan, { faults: numbers }) });
    expect(here.faults.map(({ number }) => number)).toEqual(numbers);
    expect(here.traceHash).not.toBe(whole.traceHash);
    const cut = describeCut({ faults: numbers });
    const { stdout } = await run(process.execPath, [SIMULATOR, 'replay', '--office', '--seed', '5', '--cut', cut]);
    expect(stdout).toContain(`trace ${here.traceHash}`);
  });

  it('and what the office has not is refused', async () => {
    const given = ['replay', '--office', '--seed', '5', '--cut', 'terminals=terminal-1'];
    await expect(run(process.execPath, [SIMULATOR, ...given])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[option-invalid]'),
    });
  });
});
