import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '../set-up/say.mjs';
import { SetUpError } from '../set-up/set-up-error.mjs';

const STRYKER = '9.6.1';

/**
 * Stryker, in a folder for temporary files that is kept for the next run; no dependency of the
 * project's. Returns the folder. Throws SetUpError where npm cannot install it.
 */
export function installStryker() {
  const folder = join(tmpdir(), `hymio-mutation-${STRYKER}`);
  if (existsSync(folder)) return folder;
  say(`Installing Stryker ${STRYKER} in ${folder} (kept for the next run) …`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
    const npm = spawnSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--loglevel=error', `@stryker-mutator/core@${STRYKER}`],
      {
        cwd: unfinished,
        stdio: ['ignore', 2, 2],
      },
    );
    if (npm.status !== 0)
      throw new SetUpError('npm could not install Stryker; what it said is above. [mutation-install]', 'install');
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
