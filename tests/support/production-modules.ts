import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ link: z.boolean().optional(), resolved: z.string().optional() })),
});

/**
 * Makes the node_modules that `npm ci` would make from the lock of an unpacked archive, out of the packages that are
 * installed here: those that the lock names and no others, so that one that it forgot is missing. `linked`: quicker,
 * and only good where nobody looks for what is missing.
 */
export function installFromHere(archive: string, target: string, { linked = false } = {}): void {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(archive, 'package-lock.json'), 'utf8')));
  for (const [place, { link, resolved = '' }] of Object.entries(packages)) {
    if (!place.startsWith('node_modules/')) continue;
    const inner = place.slice('node_modules/'.length);
    if (linked && inner.includes('/node_modules/')) continue;
    const to = join(target, inner);
    mkdirSync(dirname(to), { recursive: true });
    if (link === true) symlinkSync(relative(dirname(to), join(dirname(target), resolved)), to);
    else if (linked) symlinkSync(join(ROOT, place), to);
    else copyPackage(join(ROOT, place), to);
  }
}

/** What Node never reads: sources in C, types, maps, texts. */
const NOT_LOADED = /\.(d\.[cm]?ts|map|md|c|h|a|o)$/;

function copyPackage(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    // What lies in a package's own node_modules has a place of its own in the lock.
    filter: (source) => (basename(source) !== 'node_modules' || source === from) && !NOT_LOADED.test(source),
  });
}
