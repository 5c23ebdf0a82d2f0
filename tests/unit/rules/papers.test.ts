import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const PAPERS = ['SECURITY.md', 'docs/en-303-645.md', 'docs/data-protection.md'];

/** Numbers of EN 303 645 V3.1.3 by their clause; what has parts is listed by them. */
const CLAUSES = [
  ['5.0', '1'],
  ['5.1', '1 2 2A 3 4 5'],
  ['5.2', '1 2 3'],
  ['5.3', '1 2 3 4A 4B 5 6A 6B 7 8 9 10 11 12 13 14 15A 15B 16'],
  ['5.4', '1 2 3 4'],
  ['5.5', '1 2 3 4 5 6 7 8'],
  ['5.6', '1 2 3 4A 4B 5 6 7 8 9'],
  ['5.7', '1 2'],
  ['5.8', '1 2 3'],
  ['5.9', '1 2 3'],
  ['5.10', '1'],
  ['5.11', '1 2 3 4'],
  ['5.12', '1 2 3'],
  ['5.13', '1A 1B'],
  ['6', '1 2 3A 3B 4 5 6 7 8'],
] as const;
const PROVISIONS = CLAUSES.flatMap(([clause, numbers]) => numbers.split(' ').map((one) => `${clause}-${one}`));
const STATES = ['met', 'partly', 'not met yet', 'operator', 'n/a'];

describe('the paper on EN 303 645', () => {
  const rows = read('docs/en-303-645.md')
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

  it('names every provision once, in order, with a state and where it is met or why not', () => {
    expect(rows.map(([number = '']) => number.split(' ')[0])).toEqual(PROVISIONS);
    for (const row of rows) {
      expect(row).toHaveLength(4);
      const [number, asked, state, where] = row;
      expect({ number, known: STATES.includes(state ?? '') }).toEqual({ number, known: true });
      expect({ number, said: [asked, where].every((text) => (text ?? '').length > 5) }).toEqual({ number, said: true });
    }
  });
});

describe.each(PAPERS)('%s', (paper) => {
  it('names only tests and files that exist, and commands that the programs have', () => {
    const text = read(paper);
    const folder = paper.includes('/') ? 'docs/' : '';
    // Links as such are held by links.test.ts; a test may be named in other ways too.
    const paths = [...text.matchAll(/(?:tests|gateway|device|protocol|scripts|docs)\/[\w./-]*[\w-]/g)].map(
      ([path]) => path,
    );
    const missing = paths.filter((path) => ![path, `${folder}${path}`].some((one) => existsSync(rooted(one))));
    expect(missing).toEqual([]);
    const programs = ['gateway/src/cli/main.ts', 'device/src/cli/program.ts', 'device/src/cli/main.ts']
      .map(read)
      .join('\n');
    for (const [, word = ''] of text.matchAll(/`hymio-(?:gateway|terminal) ([a-z][a-z-]*)/g)) {
      expect({ word, known: programs.includes(`'${word}'`) }).toEqual({ word, known: true });
    }
  });

  it('is linked from the README or the map', () => {
    expect(read('README.md') + read('ARCHITECTURE.md')).toContain(`(${paper})`);
  });
});

function rooted(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}
