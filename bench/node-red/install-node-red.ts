import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NODE_RED = '4.1.15';
const SQLITE_NODE = '1.1.1';

/**
 * Node-RED with its SQLite node, in a folder for temporary files that is kept for the next run; the first time takes some
 * minutes, since SQLite may have to be compiled. Returns the folder. Throws where npm cannot install it.
 */
export function installNodeRed(say: (line: string) => void): string {
  const folder = join(tmpdir(), `hymio-bench-node-red-${NODE_RED}-${SQLITE_NODE}`);
  if (existsSync(folder)) return folder;
  say(`installing Node-RED ${NODE_RED} in ${folder} (kept for the next run)`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
    const packages = [`node-red@${NODE_RED}`, `node-red-node-sqlite@${SQLITE_NODE}`];
    const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
      cwd: unfinished,
      stdio: ['ignore', 2, 2],
    });
    if (npm.status !== 0) throw new Error('npm could not install Node-RED; what it said is above');
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
