import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { brokenLinks, type Tree } from './markdown-links.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const notOurs = new Set(['node_modules', 'dist', 'results', 'screenshots', 'demo-data', '.git']);

function markdownBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : markdownBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const disk: Tree = {
  exists: (path) => existsSync(join(root, path)),
  read: (path) => readFileSync(join(root, path), 'utf8'),
};

describe('the pages', () => {
  it('link only to files and headings that exist', () => {
    const pages = markdownBelow('');
    expect(pages).toContain('README.md');
    expect(pages.flatMap((page) => brokenLinks(page, disk).map((link) => `${page}: ${link}`))).toEqual([]);
  });
});

describe('a broken link', () => {
  const files = new Map([
    ['README.md', '# A, b\n[1](docs/x.md) ![2](no.png) [3](docs/x.md#none) [4](https://example.org/) `[5](no)`'],
    [
      'docs/x.md',
      '## Two words\n[up](../README.md#a-b) [own](#two-words) [out](../../y.md)\n```\n[code](no)\n```\n[r]: z.md',
    ],
  ]);
  const tree: Tree = { exists: (path) => files.has(path), read: (path) => files.get(path) ?? '' };

  it('is found by file and by heading, and not in code', () => {
    expect(brokenLinks('README.md', tree)).toEqual(['no.png', 'docs/x.md#none']);
    expect(brokenLinks('docs/x.md', tree)).toEqual(['../../y.md', 'z.md']);
  });
});
