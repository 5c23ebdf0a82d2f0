import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeSeeds, simulateInJobs, simulateSeeds } from '@hymio/simulator';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const SIMULATOR = fileURLToPath(new URL('../../simulator/dist/cli/main.js', import.meta.url));

describe('seeds in several threads', () => {
  it('come to what they come to in one, by the command as well', async () => {
    const alone = await simulateSeeds(2001, 2030);
    expect(await simulateInJobs({ from: 2001, to: 2030 }, { jobs: 2 })).toEqual(alone);
    const told = ['simulate', '--seeds', '30', '--from', '2001', '--jobs', '2'];
    const { stdout } = await run(process.execPath, [SIMULATOR, ...told]);
    expect(stdout).toBe(`${describeSeeds(alone)}\n`);
  });

  it('are refused where there are none', async () => {
    await expect(run(process.execPath, [SIMULATOR, 'simulate', '--seeds', '0'])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[option-invalid]'),
    });
  });
});
