import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { say } from './say.mjs';
import { SetUpError } from './set-up-error.mjs';

const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.hymio-installed');
const SQLITE_BINARY = join(MODULES, 'better-sqlite3/build/Release/better_sqlite3.node');

/** True where node_modules is what package-lock.json says, made for this Node. Takes a few milliseconds. */
export function isInstalled() {
  return read(STAMP) === fingerprint() && existsSync(SQLITE_BINARY);
}

/** Makes node_modules match package-lock.json. Throws SetUpError. Call it under the lock. */
export function install() {
  if (matchesLock() && sqliteFault() === undefined) {
    writeFileSync(STAMP, fingerprint());
    return;
  }
  say(
    'Installing dependencies (npm ci); the first time it may compile SQLite, which takes about a minute and a half …',
  );
  // npm's own standard output goes to our standard error: standard output belongs to the program that follows.
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: withoutNpm(process.env),
  });
  const fault = npm.status === 0 ? sqliteFault() : undefined;
  if (npm.status !== 0 || fault !== undefined) throw new SetUpError(explainFailure(npm, fault), 'install');
  writeFileSync(STAMP, fingerprint());
}

/** The parent npm's settings for its own run, such as `silent`, are not meant for this one. */
function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(lifecycle|package|command|config_(loglevel|workspace))/.test(name)),
  );
}

function explainFailure(npm, fault) {
  if (npm.error !== undefined) return `npm could not be started: ${npm.error.message}. Install npm and try again.`;
  const what =
    fault === undefined
      ? 'npm ci failed; what it said is above.'
      : `SQLite (better-sqlite3) cannot be loaded: ${fault}`;
  const tools = ['g++', 'make', 'python3'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  const advice =
    tools.length === 0
      ? 'Check the network, remove node_modules and try again.'
      : `Where no ready-made binary of better-sqlite3 can be fetched it is compiled, which needs g++, make and python3; ` +
        `missing here: ${tools.join(', ')}. On Debian: apt-get install g++ make python3`;
  return `${what}\n${advice}`;
}

/** What the stamp holds: the lock file and what a compiled module depends on. */
function fingerprint() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform} ${process.arch} ${process.versions.modules}\n`;
}

/** True where npm itself recorded (by an `npm install` or `npm ci` of the reader's own) every package that is required. */
function matchesLock() {
  const record = read(join(MODULES, '.package-lock.json'));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages);
  return wanted.every(([path, entry]) => {
    const found = installed[path];
    if (path === '' || (found === undefined && entry.optional)) return true;
    return found !== undefined && found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** Why SQLite does not work here; undefined where it does. In a process of its own: a bad binary can crash it. */
function sqliteFault() {
  if (!existsSync(SQLITE_BINARY)) return 'its binary is missing (was npm told to ignore scripts?)';
  const probe = spawnSync(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (probe.status === 0) return undefined;
  return probe.stderr.split('\n').find((line) => line.includes('Error')) ?? `the probe ended with ${probe.signal}`;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
