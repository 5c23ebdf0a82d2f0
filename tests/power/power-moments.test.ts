import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/repository-root.js';
import { describeWith } from '../support/requirements.js';
import { runProgram } from '../support/run-command.js';

const PROGRAM = join(ROOT, 'tests/dist/power/main.js');
/** Forty starts of programs; generous, as for any test that shares a busy machine. */
const LONGEST_MS = 600_000;
const NEEDS = ['root', 'xfs_io', 'mkfs.ext4', 'e2fsck', 'unshare', 'loop devices'];
/** What programs do with files; each line ends with how often something was wrong. */
const MOMENTS = [
  'first start of a terminal',
  'a damaged journal is set aside',
  'the store is migrated',
  'a backup is made',
  'old presses are pruned',
  'a backup is restored',
  'the authority of a gateway is made',
  'a terminal enrols',
  'a certificate is renewed',
  'settings are written down',
];
/** What is tried with a program that waits for no disk: it loses what it said is there. */
const CONTROLS = ['the authority of a gateway is made', 'a backup is made'];

describeWith(NEEDS, 'power that is cut in a special moment', () => {
  it(
    'leaves what was before or what was to be, and all of it once it was said to be done',
    async () => {
      const rounds = ['--terminal', '0', '--gateway', '0', '--both', '0'];
      const { code, stdout, stderr } = await runProgram(process.execPath, [PROGRAM, ...rounds, '--moments', '2']);
      expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
      for (const moment of CONTROLS) {
        expect(stdout).toMatch(new RegExp(`^moment, files not durable: ${moment}: .* 1 faults$`, 'm'));
      }
      for (const moment of MOMENTS) expect(stdout).toContain(`moment: ${moment}: 2 cuts`);
      expect(stdout.match(/, 0 faults$/gm)).toHaveLength(MOMENTS.length);
    },
    LONGEST_MS,
  );
});
