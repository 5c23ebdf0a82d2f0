import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PARTS, ROOT } from './root.mjs';
import { say } from './say.mjs';
import { SetUpError } from './set-up-error.mjs';

const STAMP = join(ROOT, 'node_modules/.hymio-built');
const SKIPPED = new Set(['node_modules', 'dist', 'results', 'screenshots']);

/** True where nothing changed since the last build that succeeded. Takes a few milliseconds. */
export function isBuilt() {
  return (
    PARTS.every((part) => existsSync(join(ROOT, part, 'dist/.tsbuildinfo'))) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === fingerprint()
  );
}

/** Type check and compile. Throws SetUpError. Call it under the lock. */
export function build() {
  // Taken before: what changes meanwhile is built the next time.
  const sources = fingerprint();
  say('Building (tsc -b) …');
  const tsc = spawnSync(process.execPath, [join(ROOT, 'node_modules/.bin/tsc'), '-b'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (tsc.status !== 0)
    throw new SetUpError('The type check failed; the errors are above. Nothing was started.', 'build');
  for (const part of PARTS) makeExecutable(part);
  writeFileSync(STAMP, sources);
}

/** tsc writes files without the executable bit. */
function makeExecutable(part) {
  const manifest = join(ROOT, part, 'package.json');
  const { bin = {} } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  for (const file of Object.values(bin)) {
    const path = join(ROOT, part, file);
    if (existsSync(path)) chmodSync(path, 0o755);
  }
}

/** Names, sizes and times of all sources: differs also where a file went away or an older one came back. */
function fingerprint() {
  const hash = createHash('sha256');
  const files = PARTS.flatMap((part) => walk(join(ROOT, part)).filter(isSource));
  for (const file of [join(ROOT, 'tsconfig.json'), ...files]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${relative(ROOT, file)} ${mtimeMs} ${size}\n`);
  }
  return `${hash.digest('hex')}\n`;
}

function isSource(file) {
  return /\.[cm]?tsx?$/.test(file) || /(^|[\\/])(tsconfig|package)\.json$/.test(file);
}

function walk(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : walk(join(folder, entry.name));
    return entry.isFile() ? [join(folder, entry.name)] : [];
  });
}
