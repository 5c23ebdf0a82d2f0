import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChildProgram } from '../support/child-program.js';
import { ROOT } from '../support/repository-root.js';
import { describeWith, unmet } from '../support/requirements.js';
import { type CommandResult, runCommand, runProgram } from '../support/run-command.js';
import { ON_DISK, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const PROGRAM = join(ROOT, 'tests/dist/power/main.js');
const NEEDS = ['root', 'xfs_io', 'mkfs.ext4', 'e2fsck', 'unshare', 'loop devices'];

function cut(cuts: { terminal?: number; gateway?: number; both?: number }): Promise<CommandResult> {
  const { terminal = 0, gateway = 0, both = 0 } = cuts;
  const args = ['--terminal', terminal, '--gateway', gateway, '--both', both, '--moments', 0].map(String);
  return runProgram(process.execPath, [PROGRAM, ...args]);
}

/** A run of some seconds; generous, as for any test that shares a busy machine. */
const LONGEST_MS = 360_000;

describeWith(NEEDS, 'power that is cut for real', () => {
  it(
    'costs a terminal none of the presses that it thanked for, where a weaker one loses them',
    async () => {
      const { code, stdout, stderr } = await cut({ terminal: 4 });
      expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^terminal, commits not durable: .* kept: [1-9]\d* lost/m);
      expect(stdout).toMatch(
        /^terminal: 4 cuts, [1-9]\d* presses kept: 0 lost, 0 doubled, 0 wrongly marked as repeats/m,
      );
    },
    LONGEST_MS,
  );

  it(
    'costs a gateway none of the presses that it acknowledged, where a weaker one forgets them',
    async () => {
      const { code, stdout, stderr } = await cut({ gateway: 2 });
      expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^gateway, commits not durable: .* [1-9]\d* acknowledged and forgotten/m);
      expect(stdout).toMatch(
        /^gateway: 2 cuts, [1-9]\d* presses kept: 0 lost, 0 doubled, 0 wrongly .*, 0 acknowledged/m,
      );
    },
    LONGEST_MS,
  );

  it(
    'costs a house in which terminals and gateway go dark together nothing either',
    async () => {
      const { code, stdout, stderr } = await cut({ both: 2 });
      expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^both, commits not durable: .* kept: [1-9]\d* lost/m);
      expect(stdout).toMatch(/^both: 2 cuts, [1-9]\d* presses kept: 0 lost, 0 doubled, 0 wrongly marked as repeats/m);
    },
    LONGEST_MS,
  );

  describe('and interrupted', () => {
    let bench: TestBench;
    beforeEach(() => {
      // A place of its own: every other run clears up after who was killed where it runs itself.
      bench = new TestBench('power-interrupted', ON_DISK);
    });
    afterEach(() => bench.clear());

    /** A run with a disk mounted, and what its folder is called. */
    async function running(): Promise<{ child: ChildProgram; mark: string }> {
      const rounds = ['--terminal', '100', '--gateway', '0', '--both', '0', '--moments', '0'];
      const child = bench.spawn('power-cuts', 'env', [here(), process.execPath, PROGRAM, ...rounds]);
      const mark = `hymio-power-${child.pid}-`;
      await until(
        'a disk is mounted',
        async () => loopFiles(mark),
        ({ length }) => length > 0,
      );
      return { child, mark };
    }

    const here = () => `HYMIO_POWER_PARENT=${bench.folder}`;
    const folders = () => readdirSync(bench.folder).filter((name) => name.startsWith('hymio-power-'));

    /** The kernel gives a loop device back once the last process that saw its mount is gone. */
    async function expectNoMounts(mark: string): Promise<void> {
      await until(
        'the loop devices are free',
        async () => loopFiles(mark),
        ({ length }) => length === 0,
      );
      expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(mark);
    }

    it.each(['SIGINT', 'SIGTERM'] as const)('by %s leaves no mount, no loop device and no file', async (signal) => {
      const { child, mark } = await running();
      expect(await child.kill(signal)).toMatchObject({ code: 130 });
      expect(child.lines.at(-1)).toContain('[power-cuts-interrupted]');
      expect(folders()).toEqual([]);
      await expectNoMounts(mark);
    });

    it('by SIGKILL leaves no mount and no loop device, and its files to the next run', async () => {
      const { child, mark } = await running();
      await child.kill('SIGKILL');
      await expectNoMounts(mark);
      expect(folders()).toHaveLength(1);
      const none = ['--terminal', '0', '--gateway', '0', '--both', '0', '--moments', '0'];
      expect((await runProgram('env', [here(), process.execPath, PROGRAM, ...none])).code).toBe(0);
      expect(folders()).toEqual([]);
    });
  });
});

/** Files behind loop devices whose path has `mark` in it. */
function loopFiles(mark: string): string[] {
  return readdirSync('/sys/block')
    .filter((name) => name.startsWith('loop'))
    .flatMap((name) => backingFile(name))
    .filter((file) => file.includes(mark));
}

/** None where the device is free. */
function backingFile(name: string): string[] {
  try {
    return [readFileSync(`/sys/block/${name}/loop/backing_file`, 'utf8').trim()];
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENXIO', 'ENODEV'].includes(String(error.code)))
      return [];
    throw error;
  }
}

describe('the command that cuts power', () => {
  it('explains itself', async () => {
    const { code, stdout } = await runCommand(PROGRAM, '--help');
    expect(code).toBe(0);
    for (const option of ['--terminal', '--gateway', '--both', '--moments', '--seed']) expect(stdout).toContain(option);
  });

  it.each([
    ['--terminal', 'many'],
    ['--terminals', '3'],
    ['--seed', '-1'],
  ])('refuses %s %s', async (...args) => {
    const { code, stderr } = await runCommand(PROGRAM, ...args);
    expect(code).toBe(1);
    expect(stderr).toContain('[power-cuts-options]');
  });

  describeWith(['root', 'setpriv'], 'not run by root', () => {
    it('says so', async () => {
      const { code, stderr } = await runProgram('setpriv', ['--reuid', '65534', process.execPath, PROGRAM]);
      expect(code).toBe(1);
      expect(stderr).toContain('[power-cuts-need-root]');
    });
  });

  const hides = unmet(NEEDS) === undefined ? ['mount'] : NEEDS;
  describeWith(hides, 'without what it needs', () => {
    it.each([
      ['the programs', 'mount --bind /dev/null "$(command -v xfs_io)"', 'power-cuts-need-programs'],
      ['loop devices', 'mount -t tmpfs -o size=64k none /dev', 'power-cuts-need-loop-devices'],
    ])('names %s', async (_, hide, code) => {
      const script = `PATH=$PATH:/usr/sbin; ${hide} && exec "$0" "$@"`;
      const args = ['--mount', 'sh', '-c', script, process.execPath, PROGRAM];
      const result = await runProgram('unshare', args);
      expect(result.code).toBe(1);
      expect(result.stderr).toContain(`[${code}]`);
    });
  });
});
