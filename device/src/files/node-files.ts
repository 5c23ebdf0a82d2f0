import {
  closeSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { DurableFiles } from './durable-files.js';
import { syncFolder } from './sync-folder.js';

/** The files of this computer. */
export const NODE_FILES: DurableFiles = {
  read: (file) => {
    try {
      return readFileSync(file);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  },
  makeFolder: (folder) => {
    mkdirSync(folder, { recursive: true });
  },
  create: (file) => {
    const handle = openSync(file, 'wx', 0o600);
    try {
      // The firmware, which is not root, is to read what root enrolled.
      const { uid, gid } = statSync(dirname(file));
      if (process.getuid?.() === 0) fchownSync(handle, uid, gid);
      return handle;
    } catch (error) {
      closeSync(handle);
      throw error;
    }
  },
  write: (handle, content) => {
    writeSync(handle, content);
  },
  sync: fsyncSync,
  close: closeSync,
  rename: renameSync,
  remove: (file) => rmSync(file, { force: true }),
  syncFolder,
};
