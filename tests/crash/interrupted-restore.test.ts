import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore, restoreStore } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFolder } from '../support/memory-folder.js';
import { interruptedAtName } from '../support/names-given.js';
import { commitPresses, SAMPLE_NOW, sampleEpoch } from '../support/sample-store.js';

const COPIED = 5;
const SINCE = 3;
let folder: string;

beforeEach(() => {
  folder = memoryFolder('hymio-restore-');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const presses = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    at: SAMPLE_NOW - 60_000 + index,
    rating: 3 as const,
    clock: 'synced' as const,
  }));

/** A store whose newest presses are in its log alone, as a gateway that was killed leaves it, and a copy without them. */
async function killedStore(): Promise<void> {
  const store = await openSqliteStore({ folder, reads: 'in-thread', now: () => SAMPLE_NOW });
  await commitPresses(store, 'kallio-1', sampleEpoch(1), presses(COPIED));
  await store.backup(join(folder, 'copy'));
  await commitPresses(store, 'kallio-1', sampleEpoch(1), presses(SINCE), { firstSeq: COPIED + 1 });
  const files = ['', '-wal'].map((suffix) => join(folder, `store.sqlite${suffix}`));
  const contents = files.map((file) => readFileSync(file));
  await store.close();
  for (const [index, file] of files.entries()) writeFileSync(file, contents[index] ?? '');
}

async function pressesThere(): Promise<number> {
  const store = await openSqliteStore({ folder, reads: 'in-thread', now: () => SAMPLE_NOW });
  const page = await store.presses({ after: 0, limit: 100 });
  await store.close();
  return page.presses.length;
}

describe('a restore that is interrupted', () => {
  it.each([1, 2, 3, 4])('before name %i is given leaves the whole store in its place', async (nth) => {
    await killedStore();
    const restore = () => restoreStore({ folder, from: join(folder, 'copy'), now: SAMPLE_NOW });
    const ended = await interruptedAtName(nth, restore).then(
      () => 'restored',
      () => 'interrupted',
    );
    expect(await pressesThere()).toBe(ended === 'restored' ? COPIED : COPIED + SINCE);
  });

  it('can be made again', async () => {
    await killedStore();
    const restore = () => restoreStore({ folder, from: join(folder, 'copy'), now: SAMPLE_NOW });
    await expect(interruptedAtName(2, restore)).rejects.toThrow();
    const { aside } = await restoreStore({ folder, from: join(folder, 'copy'), now: SAMPLE_NOW + 1 });
    expect(await pressesThere()).toBe(COPIED);
    expect(aside).toContain('before-restore');
  });
});

describe('a restore that cannot bring the present store together', () => {
  const restore = () => restoreStore({ folder, from: join(folder, 'copy'), now: SAMPLE_NOW, patienceMs: 50 });
  const files = () => readdirSync(folder).sort();

  it('changes nothing while somebody reads there, and succeeds afterwards', async () => {
    await killedStore();
    const reader = new Database(join(folder, 'store.sqlite'));
    reader.exec('BEGIN');
    const there = () => reader.prepare('SELECT count(*) AS n FROM presses').get();
    expect(there()).toEqual({ n: COPIED + SINCE });
    const before = files();
    await expect(restore()).rejects.toMatchObject({ code: 'store-unwritable' });
    expect(files()).toEqual(before);
    expect(there()).toEqual({ n: COPIED + SINCE });
    reader.close();
    expect(await pressesThere()).toBe(COPIED + SINCE);
    await restore();
    expect(await pressesThere()).toBe(COPIED);
  });

  it('changes nothing where its files cannot be opened, which is no damage', async () => {
    await killedStore();
    mkdirSync(join(folder, 'store.sqlite-shm'));
    const before = files();
    await expect(restore()).rejects.toMatchObject({ code: 'store-unwritable' });
    expect(files()).toEqual(before);
    rmdirSync(join(folder, 'store.sqlite-shm'));
    expect(await pressesThere()).toBe(COPIED + SINCE);
  });

  it('puts a damaged store aside as it is, with its log', async () => {
    await killedStore();
    for (const suffix of ['', '-wal'])
      writeFileSync(join(folder, `store.sqlite${suffix}`), `junk${suffix}`.repeat(2_000));
    const { aside = '' } = await restore();
    const kept = ['', '-wal'].map((suffix) => readFileSync(aside + suffix, 'utf8').slice(0, 8));
    expect(kept).toEqual(['junkjunk', 'junk-wal']);
    expect(await pressesThere()).toBe(COPIED);
  });
});
