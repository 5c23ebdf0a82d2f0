import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../set-up/root.mjs';

const IMPORT = /\bimport\s*\{([^}]*)\}\s*from\s*'@hymio\/(\w+)'/g;
const RELATIVE = /\bfrom\s*'(\.[^']*)'/g;
const EXPORT = /^export (?:\*|\{([^}]*)\}) from '(\.[^']*)';$/gm;

/**
 * The entry of a package, with those lines only that export something which the tests import, themselves or by way of
 * their helpers and our other packages.
 * @param {string} folder the copy
 * @param {string} part the package's folder
 * @param {string[]} tests built test files, relative to the copy
 */
export async function thinEntry(folder, part, tests) {
  const wanted = importedNames(folder, part, tests);
  const entry = join(ROOT, part, 'dist/index.js');
  const lines = [];
  for (const [line, , file] of readFileSync(entry, 'utf8').matchAll(EXPORT)) {
    const names = Object.keys(await import(pathToFileURL(join(dirname(entry), file)).href));
    if (names.some((name) => wanted.has(name))) lines.push(line);
  }
  return `${lines.join('\n')}\n`;
}

function importedNames(folder, part, tests) {
  const names = new Set();
  const seen = new Set();
  const queue = tests.map((test) => join(folder, test));
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, list, from] of text.matchAll(IMPORT)) {
      if (from === part) for (const name of list.split(',')) names.add(name.trim().split(/\s/)[0]);
      else queue.push(join(ROOT, from, 'dist/index.js'));
    }
    for (const [, path] of text.matchAll(RELATIVE)) queue.push(join(dirname(file), path));
  }
  return names;
}
