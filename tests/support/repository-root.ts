import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository, from a source file of the tests as well as from a compiled one. */
export const ROOT = above(fileURLToPath(import.meta.url));

function above(path: string): string {
  const folder = dirname(path);
  if (folder === path) throw new Error('these tests are not in a repository');
  return existsSync(join(folder, 'package-lock.json')) ? folder : above(folder);
}
