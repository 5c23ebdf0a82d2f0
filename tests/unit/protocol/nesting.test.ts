import { isNestedTooDeep } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const FLAT = 'data: ./data\nlists: [[1, 2], {a: [3]}]\n- - - x\n';

describe('a text that is nested too deep', () => {
  it.each([
    ['lists', '['.repeat(101)],
    ['maps', '{a: '.repeat(2_000)],
    ['lists that are closed again', `${'['.repeat(2_000)}1${']'.repeat(2_000)}`],
    ['lists after what closes nothing', `${']'.repeat(500)}${'['.repeat(500)}`],
    ['dashes', `${'- '.repeat(3_000)}x`],
    ['dashes further down', `a: 1\nb:\n  ${'- '.repeat(100)}x`],
    ['indentation', `a:\n${' '.repeat(800)}b: 1`],
  ])('is one of %s', (_, text) => {
    expect(isNestedTooDeep(text)).toBe(true);
    expect(isNestedTooDeep(FLAT + text)).toBe(true);
  });

  it('is none of ours, however long', () => {
    expect(isNestedTooDeep(FLAT.repeat(1_000))).toBe(false);
    expect(isNestedTooDeep('')).toBe(false);
  });
});
