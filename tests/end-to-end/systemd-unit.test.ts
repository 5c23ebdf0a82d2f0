import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith, program } from '../support/requirements.js';
import { TestBench } from '../support/test-bench.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Unit, and the program that it starts where it is installed. */
const UNITS = [
  ['device/systemd/hymio-terminal.service', '/usr/local/bin/hymio-terminal'],
  ['gateway/systemd/hymio-gateway.service', '/usr/bin/node'],
] as const;
/** systemd's exposure level, 0 to 10. */
const MOST_EXPOSED = 2.0;

let bench: TestBench;
beforeAll(() => {
  bench = new TestBench('units');
});
afterAll(() => bench.clear());

function analyze(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(program('systemd-analyze'), args, { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

/** A copy that starts a program which is here: verify asks for it. */
function unitHere(unit: string, starts: string): string {
  const file = join(ROOT, unit);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(`ExecStart=${starts} `);
  return bench.write(
    `${dirname(unit)}/${unit.split('/').at(-1)}`,
    text.replace(`=${starts} `, `=${process.execPath} `),
  );
}

function systemdVersion(): number {
  return Number(/^systemd (\d+)/.exec(analyze('--version').output)?.[1]);
}

describeWith(['systemd-analyze'], 'the systemd units', () => {
  it.each(UNITS)('%s has nothing that systemd finds fault with', (unit, starts) => {
    const { status, output } = analyze('verify', '--man=no', '--recursive-errors=no', unitHere(unit, starts));
    expect(output).toBe('');
    expect(status).toBe(0);
  });

  it.each(UNITS)(`%s is exposed by at most ${MOST_EXPOSED}`, (unit) => {
    const { status, output } = analyze(
      'security',
      '--offline=true',
      `--threshold=${MOST_EXPOSED * 10}`,
      join(ROOT, unit),
    );
    const level = Number(/Overall exposure level .*: ([\d.]+)/.exec(output)?.[1]);
    expect(level).toBeLessThanOrEqual(MOST_EXPOSED);
    expect(status).toBe(0);
  });

  it('restarts get slower with a drop-in that systemd understands from version 254 on', () => {
    const [unit, starts] = UNITS[0];
    const file = unitHere(unit, starts);
    mkdirSync(`${file}.d`, { recursive: true });
    copyFileSync(join(ROOT, 'device/systemd/restart-backoff.conf'), `${file}.d/restart-backoff.conf`);
    const { output } = analyze('verify', '--man=no', '--recursive-errors=no', file);
    // Why the installer leaves it out of older systems.
    if (systemdVersion() < 254) expect(output).toMatch(/Unknown key.* 'RestartSteps'/);
    else expect(output).toBe('');
  });

  it('and what is checked is what would be noticed', () => {
    const [unit, starts] = UNITS[0];
    const file = unitHere(unit, starts);
    writeFileSync(file, readFileSync(file, 'utf8').replace('WatchdogSec', 'WatchdogSeconds'));
    expect(analyze('verify', '--man=no', '--recursive-errors=no', file).output).toMatch(/WatchdogSeconds/);
  });
});
