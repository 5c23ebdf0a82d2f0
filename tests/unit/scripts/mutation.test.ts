import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const mutation = (...args: string[]) =>
  spawnSync(process.execPath, [root('scripts/mutation.mjs'), ...args], { encoding: 'utf8' });

interface Mutated {
  sources: string[];
  tests: string[];
}
const { MODULES }: { MODULES: Record<string, Mutated> } = await import(
  new URL('../../../scripts/mutation/modules.mjs', import.meta.url).href
);
const { pageWithScores }: { pageWithScores: (page: string, rows: string[][], modules: string[]) => string } =
  await import(new URL('../../../scripts/mutation/score-table.mjs', import.meta.url).href);

describe('npm run mutation', () => {
  it('explains itself, with every module that there is; so does its page, with a score', () => {
    const { status, stdout } = mutation('--help');
    expect(status).toBe(0);
    expect(stdout).toContain(`again for more: ${Object.keys(MODULES).join(', ')}\n`);
    const page = readFileSync(root('docs/mutation.md'), 'utf8');
    for (const name of Object.keys(MODULES))
      expect(page).toMatch(new RegExp(`^\\| \`${name}\` \\| [\\d.]+ % \\|`, 'm'));
  });

  it.each([
    [['--only', 'weather'], 'mutation-module-unknown'],
    [['--at-once', '0'], 'mutation-at-once-invalid'],
    [['--at-once', 'all'], 'mutation-at-once-invalid'],
    [['--minutes', '1'], 'mutation-option-unknown'],
    [['uplink'], 'mutation-option-unknown'],
  ])('refuses %j before anything runs', (args, code) => {
    const { status, stdout, stderr } = mutation(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`[${code}]`);
  });

  it.each(Object.entries(MODULES))('finds the sources and tests of %s', (_name, { sources, tests }) => {
    const files = [
      ...sources.map((source) => `${source.replace('/', '/src/')}.ts`),
      ...tests.map((test) => `tests/unit/${test}.test.ts`),
    ];
    expect(files.filter((file) => !existsSync(root(file)))).toEqual([]);
  });
});

describe('the table of scores', () => {
  const BEGIN = '<!-- scores: written by the command -->';
  const END = '<!-- end of scores -->';
  const rows = (page: string) => page.split('\n').filter((line) => line.startsWith('| `'));

  it('keeps the rows of modules that were not run, in the order of the modules, and all around it', () => {
    const page = `above\n\n${BEGIN}\n| \`a\` | 1 % |\n| \`c\` | 3 % |\n| \`gone\` | 4 % |\n${END}\n\nbelow\n`;
    const after = pageWithScores(
      page,
      [
        ['`c`', '30 %'],
        ['`b`', '20 %'],
      ],
      ['a', 'b', 'c', 'd'],
    );
    expect(rows(after)).toEqual(['| `a` | 1 % |', '| `b` | 20 % |', '| `c` | 30 % |']);
    expect(after.startsWith(`above\n\n${BEGIN}\n| module |`)).toBe(true);
    expect(after.endsWith(`${END}\n\nbelow\n`)).toBe(true);
  });
});
