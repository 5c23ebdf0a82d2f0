import { describe, expect, it } from 'vitest';
import { isThere, rowsOf, testsNamed } from './named-tests.js';

const PAPER = new URL('../../../docs/faults.md', import.meta.url);

describe('docs/faults.md', () => {
  const rows = rowsOf(PAPER, 'fault');

  it('says of each fault what customers see, what staff see, what becomes of presses, and which test shows it', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      expect(row).toHaveLength(5);
      const shown = row[4] ?? '';
      expect({ row, isSaid: row.every((cell) => cell.length > 2) && shown.includes('.test.ts)') }).toEqual({
        ...{ row, isSaid: true },
      });
    }
  });

  it('names tests that exist', () => {
    const named = rows.flatMap((row) => testsNamed(row[0] ?? '', row[4] ?? ''));
    expect(named.filter((one) => !isThere(one, PAPER))).toEqual([]);
  });

  it.each([
    [{ line: 'a', path: '../tests/crash/never-written.test.ts', title: undefined }],
    [{ line: 'a', path: '../tests/crash/kill.test.ts', title: 'a title that nobody gave' }],
    [{ line: 'a', path: '../tests/crash/crash-site.ts', title: undefined }],
  ])('would notice %o', (named) => {
    expect(isThere(named, PAPER)).toBe(false);
  });
});
