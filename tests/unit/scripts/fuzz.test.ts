import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ALL_FUZZED } from '../../fuzz/all-fuzzed.js';

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const fuzz = (...args: string[]) =>
  spawnSync(process.execPath, [root('scripts/fuzz.mjs'), ...args], { encoding: 'utf8' });
const topics = [...new Set(ALL_FUZZED.map(({ topic }) => topic))];

describe('npm run fuzz', () => {
  it('explains itself, with every topic that there is; so does its page', () => {
    const { status, stdout } = fuzz('--help');
    expect(status).toBe(0);
    expect(stdout).toContain(`again for more: ${[...topics, 'properties'].join(', ')}\n`);
    const page = readFileSync(root('docs/fuzzing.md'), 'utf8');
    for (const topic of topics) expect(page).toContain(`\n| \`${topic}\` |`);
    expect(page).toContain('`--only properties`');
  });

  it.each([
    [['--only', 'weather'], 'fuzz-topic-unknown'],
    [['--minutes', 'ten'], 'fuzz-minutes-invalid'],
    [['--minutes', '0'], 'fuzz-minutes-invalid'],
    [['--seed', 'x'], 'fuzz-seed-invalid'],
    [['--path', '1:2'], 'fuzz-path-invalid'],
    [['--hours', '1'], 'fuzz-option-unknown'],
  ])('refuses %j before anything runs', (args, code) => {
    const { status, stderr } = fuzz(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(`[${code}]`);
  });
});
