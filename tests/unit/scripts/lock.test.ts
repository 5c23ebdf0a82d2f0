import { spawn, spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type WithLock = <T>(folder: string, onWait: (owner: string) => void, work: () => Promise<T>) => Promise<T>;

const module = new URL('../../../scripts/set-up/lock.mjs', import.meta.url).href;
const { withLock }: { withLock: WithLock } = await import(module);

let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hymio-lock-'));
  lock = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function notToWait(owner: string): never {
  throw new Error(`it waits for ${owner}`);
}

/** Leaves a lock behind as a process with that name would. */
async function leaveLock(owner: string): Promise<void> {
  await mkdir(lock);
  await writeFile(join(lock, owner), '');
}

describe('the lock of set-up', () => {
  it('lets one process work at a time', async () => {
    const log = join(folder, 'log');
    const program = `
      import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      const { withLock } = await import(${JSON.stringify(module)});
      await withLock(${JSON.stringify(lock)}, () => {}, async () => {
        appendFileSync(${JSON.stringify(log)}, 'in\\n');
        await sleep(5);
        appendFileSync(${JSON.stringify(log)}, 'out\\n');
      });`;
    const workers = Array.from({ length: 4 }, () => spawn(process.execPath, ['--input-type=module', '-e', program]));
    const codes = await Promise.all(workers.map(async (worker) => (await once(worker, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect((await readFile(log, 'utf8')).trim().split('\n')).toEqual(Array(4).fill(['in', 'out']).flat());
  });

  it('gives back what the work gave, and leaves nothing behind', async () => {
    expect(await withLock(lock, notToWait, async () => 7)).toBe(7);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is free again when the work failed', async () => {
    const failing = withLock(lock, notToWait, async () => {
      throw new Error('no network');
    });
    await expect(failing).rejects.toThrow('no network');
    expect(await withLock(lock, notToWait, async () => 'again')).toBe('again');
  });

  it('says once whom it waits for', async () => {
    const waits: string[] = [];
    const waiter = new EventEmitter();
    const held = withLock(lock, notToWait, () => once(waiter, 'waits'));
    const next = withLock(
      lock,
      (owner) => {
        waits.push(owner);
        waiter.emit('waits');
      },
      async () => 'done',
    );
    await held;
    expect(await next).toBe('done');
    expect(waits).toHaveLength(1);
    expect(waits[0]).toMatch(new RegExp(`^${process.pid}-`));
  });

  it('is broken where its owner is dead', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']);
    await leaveLock(`${dead.pid}-1`);
    expect(await withLock(lock, notToWait, async () => 'done')).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('is broken where a later process has the pid of its owner', async () => {
    await leaveLock(`${process.pid}-1`);
    expect(await withLock(lock, notToWait, async () => 'done')).toBe('done');
  });
});
