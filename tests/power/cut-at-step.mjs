// Loaded into a program before its own code: cuts the power of its disk before the step of that number, and ends the
// process. A step is whatever changes files or folders, and what SQLite is asked to do as a whole. Parameters stand in
// the URL: `mount`; `step`, 0 for none; `flushed`: all before it has reached the disk; `tally`: a file elsewhere that
// grows by a byte with each step.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const parameters = new URL(import.meta.url).searchParams;
const mount = parameters.get('mount');
const step = Number(parameters.get('step'));
const flushed = parameters.get('flushed') === 'true';
const tally = parameters.get('tally');
const { appendFileSync, openSync, readlinkSync } = fs;
let count = 0;

function before() {
  count += 1;
  appendFileSync(tally, '.');
  if (count !== step) return;
  if (flushed) execFileSync('sync', ['-f', mount]);
  execFileSync('xfs_io', ['-x', '-c', 'shutdown', mount], { stdio: 'ignore' });
  process.kill(process.pid, 'SIGKILL');
}

/** `place`: a path, the number of an open file, or one of `fs/promises`. */
function isThere(place) {
  const number = typeof place === 'number' ? place : place?.fd;
  const path = number === undefined ? String(place) : readlinkSync(`/proc/self/fd/${number}`);
  return `${path}/`.startsWith(`${mount}/`);
}

/** What a program of ours has no use for as yet stands here too: callbacks alone are left out, since none works with them. */
const PATHS = [
  'appendFile',
  'chmod',
  'copyFile',
  'link',
  'mkdir',
  'rename',
  'rm',
  'rmdir',
  'symlink',
  'truncate',
  'unlink',
];
const OPEN = ['write', 'writev', 'fsync', 'fdatasync', 'ftruncate'];
const OPEN_LATER = ['write', 'writev', 'writeFile', 'appendFile', 'sync', 'datasync', 'truncate'];

for (const name of [...PATHS, ...OPEN, 'writeFile'].map((each) => `${each}Sync`)) {
  const original = fs[name];
  fs[name] = (place, ...rest) => {
    if (isThere(place)) before();
    return original(place, ...rest);
  };
}
fs.openSync = (path, flags = 'r', ...rest) => {
  if (flags !== 'r' && isThere(path)) before();
  return openSync(path, flags, ...rest);
};
const handle = await fs.promises.open('/dev/null');
const handles = Object.getPrototypeOf(handle);
await handle.close();
for (const name of OPEN_LATER) {
  const original = handles[name];
  handles[name] = function counted(...args) {
    if (isThere(this)) before();
    return original.apply(this, args);
  };
}
for (const name of [...PATHS, 'writeFile', 'open']) {
  const original = fs.promises[name];
  fs.promises[name] = async (place, ...rest) => {
    if ((name !== 'open' || (rest[0] ?? 'r') !== 'r') && isThere(place)) before();
    return original(place, ...rest);
  };
}
syncBuiltinESMExports();

const Database = createRequire(import.meta.url)('better-sqlite3');
for (const name of ['exec', 'pragma', 'close']) {
  const original = Database.prototype[name];
  Database.prototype[name] = function counted(...args) {
    if (isThere(this.name)) before();
    return original.apply(this, args);
  };
}
const { prototype: statements } = new Database(':memory:').prepare('SELECT 1').constructor;
const run = statements.run;
statements.run = function counted(...args) {
  if (/^(begin|commit|vacuum)/i.test(this.source) && isThere(this.database.name)) before();
  return run.apply(this, args);
};
