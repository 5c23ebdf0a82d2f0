import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../set-up/root.mjs';
import { thinEntry } from './thin-entry.mjs';

const PLAIN_VITEST = fileURLToPath(new URL('./plain-vitest.mjs', import.meta.url));
const OWN = new Set(['@hymio', 'vitest']);
const PACKAGES = ['protocol', 'device', 'gateway', 'simulator'];

/**
 * A copy of what is built, for a run that changes it: folders of this kind are thrown away afterwards.
 * @param {string[]} tests built test files, relative to the root
 * @returns {Promise<{folder: string, remove: () => void}>}
 */
export async function mutationCopy(tests) {
  const folder = mkdtempSync(join(tmpdir(), 'hymio-mutated-'));
  for (const part of [...PACKAGES, 'tests']) {
    cpSync(join(ROOT, part, 'dist'), join(folder, part, 'dist'), { recursive: true, filter: isRun });
  }
  linkModules(folder);
  for (const part of PACKAGES) {
    cpSync(join(ROOT, part, 'package.json'), join(folder, part, 'package.json'));
    // What a test does not import need not be loaded: most of the time would go into that.
    writeFileSync(join(folder, part, 'dist/index.js'), await thinEntry(folder, part, tests));
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The libraries are the tree's own, our packages those of the copy; vitest is only what tests import of it. */
function linkModules(folder) {
  const modules = join(ROOT, 'node_modules');
  mkdirSync(join(folder, 'node_modules/@hymio'), { recursive: true });
  for (const name of readdirSync(modules).filter((each) => !each.startsWith('.') && !OWN.has(each))) {
    symlinkSync(join(modules, name), join(folder, 'node_modules', name));
  }
  mkdirSync(join(folder, 'node_modules/vitest'));
  writeFileSync(join(folder, 'node_modules/vitest/package.json'), '{ "type": "module", "exports": "./index.js" }\n');
  writeFileSync(join(folder, 'node_modules/vitest/index.js'), `export * from ${JSON.stringify(PLAIN_VITEST)};\n`);
  for (const part of PACKAGES) symlinkSync(join(folder, part), join(folder, 'node_modules/@hymio', part));
}

function isRun(file) {
  return !/\.(d\.ts|map|tsbuildinfo)$/.test(file);
}
