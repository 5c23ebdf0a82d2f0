import { describe, expect, it } from 'vitest';
import { isThere, rowsOf, testsNamed } from './named-tests.js';

const PAPER = new URL('../../../docs/attacks.md', import.meta.url);

describe('docs/attacks.md', () => {
  const rows = rowsOf(PAPER, 'attack');

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
    expect(named.filter((one) => !isThere(one, PAPER))).toEqual([]);
  });
});
