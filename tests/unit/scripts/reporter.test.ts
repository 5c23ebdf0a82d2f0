import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const reporter = fileURLToPath(new URL('../../reporter.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hymio-reporter-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs test files, by name, in a vitest of their own that has only our reporter. */
async function runFiles(files: Record<string, string>): Promise<{ status: number | null; lines: string[] }> {
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, `${name}.test.js`), text)));
  const { HYMIO_TALLY_FILE: _, ...env } = process.env;
  const args = ['run', '--root', folder, '--globals', '--pool=threads', `--reporter=${reporter}`];
  const result = spawnSync(process.execPath, [vitest, ...args], { encoding: 'utf8', env });
  return { status: result.status, lines: result.stdout.trimEnd().split('\n') };
}

describe('the last line of a test run', () => {
  it('counts the tests that passed', async () => {
    const { status, lines } = await runFiles({ good: "it('a', () => {}); it('b', () => {});" });
    expect(lines.at(-1)).toBe('2 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('counts a broken file, a broken hook and an unhandled error as a failure each', async () => {
    const { status, lines } = await runFiles({
      good: "it('a', () => {});",
      bad: "it('b', () => { throw new Error('b'); });",
      broken: "throw new Error('not loaded');",
      hook: "describe('s', () => { beforeAll(() => { throw new Error('hook'); }); it('c', () => {}); });",
      unhandled:
        "it('d', async () => { Promise.reject(new Error('nobody')); await new Promise((go) => setTimeout(go)); });",
    });
    expect(lines.at(-1)).toMatch(/^2 passed, 4 failed(, 1 skipped)?$/);
    expect(status).not.toBe(0);
  });

  it('counts skipped tests, and says above why', async () => {
    const { status, lines } = await runFiles({
      good: "it('a', () => {}); it('b', (ctx) => ctx.skip('it rains'));",
      needs: "describe.skip('Chromium (skipped: chromium is not installed)', () => { it('c', () => {}); });",
      silent: "it.skip('d', () => {});",
    });
    expect(lines.at(-1)).toBe('1 passed, 0 failed, 3 skipped');
    expect(status).toBe(0);
    expect(lines).toContain('  good.test.js > b: it rains');
    expect(lines).toContain('  needs.test.js > Chromium > c: chromium is not installed');
    expect(lines).toContain('  silent.test.js > d: no reason given');
  });

  it('is a failure where no test ran', async () => {
    const { status, lines } = await runFiles({ silent: "it.skip('d', () => {});" });
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 1 skipped');
    expect(status).not.toBe(0);
  });
});
