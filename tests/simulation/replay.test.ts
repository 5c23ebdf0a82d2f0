import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeFailure, simulateSeed, simulateSeeds } from '@hymio/simulator';
import { describe, expect, it } from 'vitest';
import { PLANTED_FAULTS } from './planted-faults.js';

const run = promisify(execFile);
const SIMULATOR = fileURLToPath(new URL('../../simulator/dist/cli/main.js', import.meta.url));

describe('replay', () => {
  it('runs the same seed the same way, event by event', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const first = await simulateSeed(seed);
      const lines: string[] = [];
      const second = await simulateSeed(seed, { onLine: (line) => lines.push(line) });
      expect(second.traceHash, `seed ${seed}`).toBe(first.traceHash);
      expect(second.faults).toEqual(first.faults);
      expect(lines.length).toBeGreaterThan(0);
    }
  });

  it('runs different seeds differently', async () => {
    const hashes = new Set<string>();
    await simulateSeeds(1, 20, { onSeed: ({ traceHash }) => hashes.add(traceHash) });
    expect(hashes.size).toBe(20);
  });

  it('is one command, which runs in another process as it ran here', async () => {
    const here = await simulateSeed(11);
    const { stdout } = await run(process.execPath, [SIMULATOR, 'replay', '--seed', '11', '--verbose']);
    expect(stdout).toContain(`seed 11 held: ${here.plan.terminals.length} terminals, ${here.presses} presses`);
    expect(stdout).toContain(`trace ${here.traceHash}`);
    expect(stdout).toMatch(/ kept [0-9a-f]{8} 1: [0-3]\n/);
  });

  it('a failure names the promise, the seed, the command, the faults and the last events', async () => {
    const tampering = PLANTED_FAULTS['acknowledges one press too many'];
    const { failed } = await simulateSeeds(1, 20, { maxFailures: 1, tampering });
    const [result] = failed;
    if (result === undefined) throw new Error('the planted fault was not found');
    const text = describeFailure(result);
    expect(text).toContain(`seed ${result.plan.seed} failed: ack-above-mark`);
    expect(text).toContain(`npm run simulator -- replay --seed ${result.plan.seed} --verbose`);
    expect(text).toMatch(/last events:\n(.*\n)*.* ack terminal-/);
  });

  it('a wrong range or seed is refused with a code', async () => {
    await expect(run(process.execPath, [SIMULATOR, 'simulate', '--seeds', '9..1'])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[option-invalid]'),
    });
    await expect(run(process.execPath, [SIMULATOR, 'replay', '--seed', 'x'])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[option-invalid]'),
    });
  });
});
