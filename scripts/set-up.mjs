import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, isBuilt } from './set-up/build.mjs';
import { install, isInstalled } from './set-up/install.mjs';
import { withLock } from './set-up/lock.mjs';
import { checkNodeVersion } from './set-up/node-version.mjs';
import { ROOT } from './set-up/root.mjs';
import { say } from './set-up/say.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';

/**
 * Makes a fresh clone runnable: dependencies installed, everything built. Returns at once where nothing is to be done.
 * Several processes may call it at the same time. Says what it does on standard error. Throws SetUpError.
 */
export async function ensureSetUp() {
  checkNodeVersion();
  if (isInstalled() && isBuilt()) return;
  const onWait = (owner) => say(`Waiting for process ${owner.split('-')[0]}, which is setting Hymiö up …`);
  await withLock(join(ROOT, '.set-up-lock'), onWait, async () => {
    if (!isInstalled()) install();
    if (!isBuilt()) build();
  });
}

/** Prints an error of set-up for a person and chooses the exit code. Other errors are ours: thrown on. */
export function reportSetUpError(error) {
  if (!(error instanceof SetUpError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await ensureSetUp().catch(reportSetUpError);
}
