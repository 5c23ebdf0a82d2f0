import { mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;

/**
 * Runs `work` while no other process holds the lock `folder`. A lock whose owner is dead is broken.
 *
 * The lock is a folder with one file named after its owner, made aside and renamed into place: a rename onto a folder
 * that is not empty fails, so there is never a lock without an owner, and a dead owner's file can be removed by any
 * number of waiters at once without one of them removing its successor's.
 * @param {string} folder
 * @param {(owner: string) => void} onWait called once if another process holds it
 * @param {() => Promise<T>} work
 * @template T
 */
export async function withLock(folder, onWait, work) {
  const owner = ownerName(process.pid);
  let waited = false;
  while (!tryAcquire(folder, owner)) {
    const held = readOwner(folder);
    if (held !== undefined && !isAlive(held)) {
      rmSync(join(folder, held), { force: true });
      continue;
    }
    if (!waited && held !== undefined) onWait(held);
    waited = true;
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(join(folder, owner), { force: true });
    removeIfEmpty(folder);
  }
}

function tryAcquire(folder, owner) {
  const aside = mkdtempSync(join(dirname(folder), `${basename(folder)}-`));
  writeFileSync(join(aside, owner), '');
  try {
    renameSync(aside, folder);
    return true;
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST' || error.code === 'EPERM') return false;
    throw error;
  }
}

function readOwner(folder) {
  try {
    return readdirSync(folder)[0];
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** `<pid>-<start time>`: the start time tells a process from a later one that was given the same pid. */
function ownerName(pid) {
  return `${pid}-${startTime(pid) ?? 'unknown'}`;
}

function isAlive(owner) {
  const [pid, started] = owner.split('-');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  const now = startTime(pid);
  return started === 'unknown' || now === undefined || now === started;
}

/** Field 22 of /proc/<pid>/stat; undefined where there is no such file. */
function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}

function removeIfEmpty(folder) {
  try {
    rmdirSync(folder);
  } catch (error) {
    // Another process may have taken the lock, or have tidied it away, in between.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
  }
}
