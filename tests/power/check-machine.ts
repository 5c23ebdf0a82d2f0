import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { powerError } from './power-error.js';

/** Programs that cut power and mend disks, with the Debian packages that hold them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  xfs_io: 'xfsprogs',
  'mkfs.ext4': 'e2fsprogs',
  e2fsck: 'e2fsprogs',
  mount: 'mount',
  umount: 'mount',
  unshare: 'util-linux',
};

/**
 * Throws where power cannot be cut on this machine: `power-cuts-need-root`, `power-cuts-need-programs`,
 * `power-cuts-need-loop-devices`.
 */
export function checkMachine(): void {
  if (process.getuid?.() !== 0) {
    throw powerError(
      'power-cuts-need-root',
      'Only root may mount a disk and pull its plug.',
      'Run it as root, or with sudo.',
    );
  }
  const missing = Object.keys(PROGRAMS).filter((name) => !isInstalled(name));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((name) => PROGRAMS[name]))].join(' ');
    throw powerError(
      'power-cuts-need-programs',
      `Missing programs: ${missing.join(', ')}.`,
      `On Debian: apt-get install ${packages}`,
    );
  }
  if (!may('/dev/loop-control', constants.R_OK | constants.W_OK)) {
    throw powerError(
      'power-cuts-need-loop-devices',
      'There is no /dev/loop-control: a file cannot be mounted as a disk here.',
      'Load the kernel module `loop`, or give the container its devices.',
    );
  }
}

function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => may(join(folder, name), constants.X_OK));
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
