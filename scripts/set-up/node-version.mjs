import { SetUpError } from './set-up-error.mjs';

const OLDEST = [20, 19];

/** True for Node 20.19 and later; `version` as in process.versions.node. */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Throws SetUpError on a Node that is too old. */
export function checkNodeVersion() {
  if (isSupportedNode(process.versions.node)) return;
  throw new SetUpError(
    `Hymiö needs Node ${OLDEST.join('.')} or later; this is ${process.versions.node} (${process.execPath}). ` +
      'Install a newer one from https://nodejs.org or your distribution and try again.',
    'node',
  );
}
