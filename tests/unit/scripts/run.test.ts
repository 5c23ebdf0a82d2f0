import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const run = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));
const { isSupportedNode }: { isSupportedNode: (version: string) => boolean } = await import(
  new URL('../../../scripts/set-up/node-version.mjs', import.meta.url).href
);

describe('scripts/run.mjs', () => {
  it.each([[[]], [['toaster']], [['toString']]])('names the programs there are when called with %j', (args) => {
    const result = spawnSync(process.execPath, [run, ...args], { encoding: 'utf8' });
    expect(result.status).toBe(1);
    expect(result.stdout).toBe('');
    expect(result.stderr).toContain('demo|terminal|gateway|simulator|bench');
  });
});

describe('the Node that is needed', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('may be %s', (version) => {
    expect(isSupportedNode(version)).toBe(true);
  });

  it.each(['20.18.3', '18.20.0', '9.0.0', ''])('may not be %j', (version) => {
    expect(isSupportedNode(version)).toBe(false);
  });
});
