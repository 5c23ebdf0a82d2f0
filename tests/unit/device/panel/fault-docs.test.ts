import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PANEL_FAULTS, PATTERNS } from '@hymio/device';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');

/** Words of the sources that look like a code and are none. */
const NO_CODES = new Set(['panel-test', 'panel-numbers']);

/** Every code of a panel or button that the firmware's sources name. */
function codesInSources(): string[] {
  const folder = join(root, 'device/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const named = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/'((?:panel|button)-[a-z-]+)'/g)].map(
      ([, code]) => code ?? '',
    ),
  );
  return [...new Set(named)].filter((code) => !NO_CODES.has(code)).sort();
}

function section(heading: string): string {
  return page.split(`\n### ${heading}\n`)[1]?.split('\n### ')[0] ?? '';
}

/** First cells of a table's rows with what stands beside them. */
function rows(heading: string): Map<string, string[]> {
  const found = section(heading).matchAll(/^\| `([a-z-]+)` \|(.+)\|$/gm);
  return new Map([...found].map(([, code = '', rest = '']) => [code, rest.split('|').map((cell) => cell.trim())]));
}

describe('docs/operations.md', () => {
  it('says of every fault of a panel what happened and what to do', () => {
    const documented = rows('Faults of the panel');
    const codes = codesInSources();
    expect(codes).toEqual(expect.arrayContaining([...PANEL_FAULTS, 'button-stuck', 'panel-memory-full']));
    const absent = codes.filter((code) => !documented.has(code) && !section('The panel').includes(`\`${code}\``));
    expect(absent).toEqual([]);
    for (const [code, cells] of documented) {
      expect(codes).toContain(code);
      expect(cells.every((cell) => cell.length > 5)).toBe(true);
    }
  });

  it('says of every signal of the light what it means', () => {
    const signals = Object.keys(PATTERNS).filter((signal) => signal !== 'off');
    expect([...rows('What the light says').keys()].sort()).toEqual(signals.sort());
  });
});
