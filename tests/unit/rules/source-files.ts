import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file by its path from the root, with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const notOurs = /(^|\/)(node_modules|dist|results|screenshots)\//;

/** Paths of the files of a folder whose names end so, from the root. */
export async function filesBelow(folder: string, ending: RegExp): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !notOurs.test(path));
}

/** Every TypeScript file of these folders. */
export async function sourcesOf(folders: readonly string[]): Promise<SourceFile[]> {
  const paths = await Promise.all(folders.map((folder) => filesBelow(folder, /\.[cm]?tsx?$/)));
  return Promise.all(paths.flat().map(async (path) => ({ path, text: await readText(path) })));
}

/** A text file by its path from the root. */
export function readText(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}
