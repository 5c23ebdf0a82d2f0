import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps brokers and file system tools where the PATH of an ordinary user does not look. */
const ALSO = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** Absolute path of a program, or undefined where it is not installed. */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...ALSO];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
