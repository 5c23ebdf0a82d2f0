import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  describeIdentities,
  describeOfficeTally,
  describeSeeds,
  simulateIdentities,
  simulateInJobs,
  simulateOfficeInJobs,
  simulateOffices,
  simulateSeeds,
} from '@hymio/simulator';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const SIMULATOR = fileURLToPath(new URL('../../simulator/dist/cli/main.js', import.meta.url));

describe('seeds in several threads', () => {
  it('come to what they come to in one, by the command as well', async () => {
    const alone = await simulateSeeds(2001, 2030);
    expect(await simulateInJobs({ from: 2001, to: 2030 }, { jobs: 2 })).toEqual(alone);
    const office = await simulateOffices(2001, 2030);
    expect(await simulateOfficeInJobs({ from: 2001, to: 2030 }, { jobs: 2 })).toEqual(office);
    const certificates = await simulateIdentities({ from: 2001, to: 2002 });
    const told = ['simulate', '--seeds', '30', '--office', '30', '--identity', '2', '--from', '2001', '--jobs', '2'];
    const { stdout } = await run(process.execPath, [SIMULATOR, ...told]);
    const [time, ...rest] = stdout.trimEnd().split('\n').reverse();
    expect(rest.reverse().join('\n')).toBe(
      [describeSeeds(alone), describeOfficeTally(office), describeIdentities(certificates)].join('\n'),
    );
    expect(time).toMatch(/^time: presses \d+ s, office \d+ s \(\d+ %\), certificates \d+ s \(\d+ %\)$/);
  });

  it('are a quarter as many of the office and a twentieth of certificates where nothing is said, and none where so told', async () => {
    const given = ['simulate', '--seeds', '3001..3006', '--jobs', '1'];
    const both = await run(process.execPath, [SIMULATOR, ...given]);
    expect(both.stdout).toContain(describeOfficeTally(await simulateOffices(3001, 3002)));
    expect(both.stdout).toContain(describeIdentities(await simulateIdentities({ from: 3001, to: 3001 })));
    const alone = await run(process.execPath, [SIMULATOR, ...given, '--office', '0', '--identity', '0']);
    expect(alone.stdout).toBe(`${describeSeeds(await simulateSeeds(3001, 3006))}\n`);
  });

  it('are refused where there are none', async () => {
    await expect(run(process.execPath, [SIMULATOR, 'simulate', '--seeds', '0'])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[option-invalid]'),
    });
  });
});
