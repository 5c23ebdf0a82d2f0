import { randomBytes } from 'node:crypto';
import { lstatSync, rmSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HymioError } from '@hymio/protocol';

export type Chunks = AsyncIterable<string | Uint8Array>;

/** Signals by which a person or a system ends a command. */
const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes a file that does not exist yet: all of it, or nothing. It is written under another name beside its place, brought
 * to the disk and only then given its name, so that who watches the folder never sees a part of it. `chunks` are asked for
 * once the folder is known to take a file. Errors: HymioError `output-exists`, `output-is-folder`,
 * `output-folder-missing`, `output-full`, `output-unwritable`, and whatever `chunks` throws.
 */
export async function writeOutputFile(path: string, chunks: Chunks): Promise<void> {
  requireFree(path);
  const folder = dirname(path);
  const draft = join(folder, `.hymio-${randomBytes(8).toString('hex')}.part`);
  const handle = await open(draft, 'wx').catch((error: unknown) => {
    throw outputError(path, error);
  });
  const forget = removeWhenEnded(draft);
  try {
    await fill(handle, path, chunks);
    await giveName(draft, path).catch((error: unknown) => {
      throw outputError(path, error);
    });
    await syncFolder(folder);
  } finally {
    await rm(draft, { force: true });
    forget();
  }
}

/** Errors: HymioError as of `writeOutputFile`. */
function requireFree(path: string): void {
  if (path.endsWith('/') || kindOf(path) === 'folder') {
    throw new HymioError('output-is-folder', `${path} is a folder.`, 'Name a file in it with --out.');
  }
  if (kindOf(path) === 'file')
    throw new HymioError('output-exists', `${path} exists already.`, 'Choose another --out.');
}

function kindOf(path: string): 'folder' | 'file' | 'nothing' {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'nothing';
    return found.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    throw outputError(path, error);
  }
}

async function fill(handle: FileHandle, path: string, chunks: Chunks): Promise<void> {
  try {
    for await (const chunk of chunks) {
      await handle.writeFile(chunk).catch((error: unknown) => {
        throw outputError(path, error);
      });
    }
    await handle.sync().catch((error: unknown) => {
      throw outputError(path, error);
    });
  } finally {
    await handle.close();
  }
}

/** Never in the place of a file that somebody made in the meantime. */
async function giveName(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error;
    // No hard links here (FAT, some network folders): the name is taken first, by an empty file, then filled at once.
    await (await open(path, 'wx')).close();
    await rename(draft, path).catch(async (failed: unknown) => {
      await rm(path, { force: true });
      throw failed;
    });
  }
}

/** The name, too, must outlast a power cut; where folders cannot be synchronised nothing is lost by not doing it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function removeWhenEnded(draft: string): () => void {
  const end = (signal: NodeJS.Signals) => {
    rmSync(draft, { force: true });
    forget();
    process.kill(process.pid, signal);
  };
  const forget = () => {
    for (const signal of ENDINGS) process.off(signal, end);
  };
  for (const signal of ENDINGS) process.once(signal, end);
  return forget;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function outputError(path: string, cause: unknown): HymioError {
  const code = codeOf(cause);
  if (code === 'EEXIST') {
    return new HymioError('output-exists', `${path} exists already.`, 'Choose another --out.', { cause });
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const next = 'Make the folder, or choose another --out.';
    return new HymioError('output-folder-missing', `${dirname(path)} is not a folder that exists.`, next, { cause });
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const next = 'Free space there, or choose another --out; nothing was left behind.';
    return new HymioError('output-full', `There is no room left for ${path}.`, next, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  const next = 'Check the rights of the folder, or choose another --out.';
  return new HymioError('output-unwritable', `${path} cannot be written: ${why}.`, next, { cause });
}
