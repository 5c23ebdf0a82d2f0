import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Brings the names in a folder to the disk: a file that was made or renamed outlasts a power cut only with them. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
