import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PAPER = new URL('../../../docs/attacks.md', import.meta.url);

interface Named {
  attack: string;
  /** As it stands in the link. */
  path: string;
  /** Of one test of that file; absent: all of it. */
  title: string | undefined;
}

describe('docs/attacks.md', () => {
  const rows = readFileSync(PAPER, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
    .filter(([first = '']) => first !== 'attack' && !/^-+$/.test(first));

  it('says of each attack what happens, and which test shows it', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const [attack = '', happens = '', shown = '', ...more] of rows) {
      expect({ attack, more, isSaid: happens.length > 2 && shown.includes('.test.ts)') }).toEqual({
        ...{ attack, more: [], isSaid: true },
      });
    }
  });

  it('names tests that exist', () => {
    const named = rows.flatMap(([attack = '', , shown = '']) => testsNamed(attack, shown));
    expect(named.filter((one) => !exists(one))).toEqual([]);
  });
});

function testsNamed(attack: string, shown: string): Named[] {
  return shown.split('; ').map((one) => {
    const [, path = '', title] = /\]\(([^)]+)\)(?: “([^”]+)”)?$/.exec(one) ?? [];
    return { attack, path, title };
  });
}

/** The title stands in the file as it stands in the paper. */
function exists({ path, title }: Named): boolean {
  const file = new URL(path, PAPER);
  if (!path.endsWith('.test.ts') || !existsSync(file)) return false;
  return title === undefined || readFileSync(file, 'utf8').includes(title);
}
