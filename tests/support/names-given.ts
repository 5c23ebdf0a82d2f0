import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { renameSync, linkSync } = fs;

/** While it acts, no file gets another name from the nth one on: as where the process ends there. */
export async function interruptedAtName<T>(nth: number, act: () => T): Promise<Awaited<T>> {
  let count = 0;
  const guard = (original: typeof renameSync) => (from: fs.PathLike, to: fs.PathLike) => {
    count += 1;
    if (count >= nth) throw new Error(`interrupted at ${count}`);
    original(from, to);
  };
  fs.renameSync = guard(renameSync);
  fs.linkSync = guard(linkSync);
  syncBuiltinESMExports();
  try {
    return await act();
  } finally {
    Object.assign(fs, { renameSync, linkSync });
    syncBuiltinESMExports();
  }
}
