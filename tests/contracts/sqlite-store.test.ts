import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  openSqliteStore,
  registryFileSchema,
  restoreStore,
  type SqliteStore,
  type SqliteStoreOptions,
} from '@hymio/gateway';
import type { PressEntry } from '@hymio/protocol';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allPresses, allRollups, batch, epochId, HOUR, press, S, status, T } from './store-fixtures.js';

describe('the store in SQLite', () => {
  let folder = '';
  let data = '';
  const stores: SqliteStore[] = [];
  const opened = async (options: Partial<SqliteStoreOptions> = {}) => {
    const store = await openSqliteStore({ folder: data, reads: 'in-thread', ...options });
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hymio-sqlite-'));
    data = join(folder, 'data');
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes on where it was after it is opened again', async () => {
    const first = await opened();
    await first.commit([batch([press(T), press(T + S)]), status({ uptimeMs: HOUR })]);
    const before = [await allPresses(first), await allRollups(first), await first.terminals(T)];
    await first.close();
    const second = await opened();
    expect([await allPresses(second), await allRollups(second), await second.terminals(T)]).toEqual(before);
    const [again] = await second.commit([batch([press(T), press(T + S), press(T + 4 * S)])]);
    expect(again?.presses.map(({ seq, repeat }) => [seq, repeat])).toEqual([[3, true]]);
  });

  it('lets one process write, and others read meanwhile', async () => {
    const writer = await opened();
    await expect(opened()).rejects.toMatchObject({ code: 'store-in-use' });
    const reader = await opened({ access: 'read' });
    await writer.commit([batch([press(T)])]);
    expect(await allPresses(reader)).toHaveLength(1);
    await expect(reader.commit([batch([press(T)])])).rejects.toMatchObject({ code: 'store-unwritable' });
    await reader.backup(join(folder, 'copy'));
    await expect(restoreStore({ folder: data, from: join(folder, 'copy') })).rejects.toMatchObject({
      code: 'store-in-use',
    });
    await writer.close();
    await opened();
  });

  it('is free again after its process is killed', async () => {
    const program = fileURLToPath(new URL('./hold-store.mjs', import.meta.url));
    const child = spawn(process.execPath, [program, data], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      await expect(opened()).rejects.toMatchObject({ code: 'store-in-use' });
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await opened();
  });

  it('refuses a newer schema and leaves it alone', async () => {
    await (await opened()).close();
    const db = new Database(join(data, 'store.sqlite'));
    db.pragma('user_version = 999');
    db.close();
    await expect(opened()).rejects.toMatchObject({ code: 'store-newer-schema' });
    await expect(opened({ access: 'read' })).rejects.toMatchObject({ code: 'store-newer-schema' });
  });

  it('refuses a folder that cannot be one', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(opened({ folder: join(folder, 'file', 'data') })).rejects.toMatchObject({ code: 'store-unwritable' });
    await expect(opened({ folder: join(folder, 'file') })).rejects.toMatchObject({ code: 'store-unwritable' });
    await expect(opened({ access: 'read' })).rejects.toMatchObject({ code: 'store-missing' });
  });

  it.each(['in-thread', 'worker'] as const)('names a damaged file, reads %s', async (reads) => {
    await (await opened()).close();
    await writeFile(
      join(data, 'store.sqlite'),
      'not a database at all, but long enough to be looked at as one'.repeat(99),
    );
    await expect(opened({ reads })).rejects.toMatchObject({ code: 'store-corrupt' });
    await expect(opened({ reads, access: 'read' })).rejects.toMatchObject({ code: 'store-corrupt' });
  });

  it('writes nothing of a commit for which there is no room, and goes on when there is', async () => {
    const store = await opened({ maxPages: 120 });
    const presses = (from: number): PressEntry[] =>
      Array.from({ length: 500 }, (_, index) => press(T + (from + index) * 10 * S));
    let seq = 1;
    let failed: unknown;
    while (failed === undefined && seq < 100_000) {
      const arrivals = [batch(presses(seq), { firstSeq: seq, receivedAt: T + 1_000 * HOUR })];
      failed = await store.commit(arrivals).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failed === undefined) seq += 500;
    }
    expect(failed).toMatchObject({ code: 'store-full' });
    expect(await allPresses(store)).toHaveLength(seq - 1);
    expect((await store.terminal('kallio-1', T))?.epochs).toMatchObject([{ mark: seq - 1 }]);
    expect(await store.rebuildRollups()).toMatchObject({ changed: 0 });

    await store.prune(T + seq * 10 * S);
    const [outcome] = await store.commit([batch(presses(seq), { firstSeq: seq, receivedAt: T + 1_000 * HOUR })]);
    expect(outcome?.acks).toEqual([{ epoch: epochId(1), upTo: seq + 499 }]);
    expect(await store.rebuildRollups()).toMatchObject({ changed: 0 });
  });

  it('gives the same registry after a write that failed, and an equal one where its own change did', async () => {
    const store = await opened({ maxPages: 100 });
    const file = (count: number) =>
      registryFileSchema.parse({
        groups: [{ id: 'city', name: { fi: 'Kaupunki' } }],
        terminals: Array.from({ length: count }, (_, index) => ({ id: `terminal-${index}` })),
      });
    await store.importRegistry(file(3));
    const registry = await store.registry();
    const many = Array.from({ length: 500 }, (_, index) => press(T + index * S));
    const commits = Array.from({ length: 40 }, (_, index) => batch(many, { firstSeq: 1 + index * 500 }));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(store.commit(commits)).rejects.toMatchObject({ code: 'store-full' });
      expect(await store.registry()).toBe(registry);
    }
    await expect(store.importRegistry(file(10_000))).rejects.toMatchObject({ code: 'store-full' });
    expect(await store.registry()).toEqual(registry);
    await store.importRegistry(file(4));
    expect((await store.registry()).terminals).toHaveLength(4);
    await store.commit([batch([press(T)], { terminal: 'terminal-3' })]);
    expect(await allPresses(store)).toHaveLength(1);
  });

  it('names what is damaged where accounts are read', async () => {
    const first = await opened();
    await first.accounts.create({ name: 'dashboard', password: '$7$1$a$b' }, { who: 'Aino', at: T });
    await first.close();
    const file = join(data, 'store.sqlite');
    const db = new Database(file);
    const page = db.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'mqtt_accounts'").pluck().get() as number;
    const size = db.pragma('page_size', { simple: true }) as number;
    db.close();
    const damaged = await open(file, 'r+');
    await damaged.write(Buffer.alloc(size, 0xff), 0, size, (page - 1) * size);
    await damaged.close();
    await expect((await opened()).accounts.list()).rejects.toMatchObject({ code: 'store-corrupt' });
  });

  it('leaves no half-written backup behind', async () => {
    const store = await opened({ reads: 'worker' });
    await expect(store.backup(join(folder, 'nowhere', 'copy'))).rejects.toMatchObject({ code: 'store-unwritable' });
    await store.backup(join(folder, 'copy'));
    expect((await readdir(folder)).sort()).toEqual(['copy', 'data']);
  });

  it('keeps the former store aside when another is restored, and refuses a copy that is none', async () => {
    const store = await opened();
    await store.commit([batch([press(T)])]);
    const copy = join(folder, 'copy');
    await store.backup(copy);
    await store.commit([batch([press(T + HOUR)], { firstSeq: 2 })]);
    await store.close();

    await writeFile(join(folder, 'junk'), 'junk'.repeat(2_000));
    await expect(restoreStore({ folder: data, from: join(folder, 'junk') })).rejects.toMatchObject({
      code: 'store-corrupt',
    });
    await expect(restoreStore({ folder: data, from: join(folder, 'none') })).rejects.toMatchObject({
      code: 'backup-missing',
    });
    await truncated(copy, join(folder, 'cut'));
    await expect(restoreStore({ folder: data, from: join(folder, 'cut') })).rejects.toMatchObject({
      code: 'store-corrupt',
    });

    // A format of files that no SQLite has written yet (byte 47 of the header).
    const odd = await readFile(copy);
    odd[47] = 5;
    await writeFile(join(folder, 'odd'), odd);
    await expect(restoreStore({ folder: data, from: join(folder, 'odd') })).rejects.toMatchObject({
      code: 'store-corrupt',
    });

    const { aside = '' } = await restoreStore({ folder: data, from: copy, now: T });
    expect(aside).toContain('2026-11-20T12-00-00');
    expect((await stat(aside)).isFile()).toBe(true);
    const former = new Database(aside, { readonly: true });
    expect(former.prepare('SELECT count(*) AS n FROM presses').get()).toEqual({ n: 2 });
    former.close();
    expect(await allPresses(await opened())).toHaveLength(1);
  });

  it('says which accounts come back with a copy: those that were removed, or made anew, since', async () => {
    const by = (at: number) => ({ who: 'Aino', at });
    const make = (store: SqliteStore, name: string, at: number) =>
      store.accounts.create({ name, password: `$7$1$a$${at}` }, by(at));
    const store = await opened();
    for (const name of ['anew', 'kept', 'removed']) await make(store, name, T);
    const copy = join(folder, 'copy');
    await store.backup(copy);
    for (const name of ['anew', 'removed']) await store.accounts.remove(name, by(T + HOUR));
    for (const name of ['anew', 'later']) await make(store, name, T + HOUR);
    await store.close();
    expect(await restoreStore({ folder: data, from: copy })).toMatchObject({ returnedAccounts: ['anew', 'removed'] });
    expect(await restoreStore({ folder: join(folder, 'empty'), from: copy })).toMatchObject({
      returnedAccounts: ['anew', 'kept', 'removed'],
    });
  });

  it('rebuilds rollups that were damaged from the presses, and says how many', async () => {
    const store = await opened();
    await store.commit([batch([press(T), press(T + HOUR), press(T + 2 * HOUR)])]);
    const right = await allRollups(store);
    await store.close();
    const db = new Database(join(data, 'store.sqlite'));
    db.exec(`UPDATE rollups SET c3 = 9 WHERE start = ${T}; DELETE FROM rollups WHERE start = ${T + HOUR};
      INSERT INTO rollups SELECT start + 900000, terminal, service_point, 1, 1, 1, 1, 0, 0, 0 FROM rollups WHERE start = ${T};
      UPDATE presses SET repeat = 1 WHERE seq = 3`);
    db.close();
    const again = await opened();
    expect(await again.rebuildRollups()).toEqual({ buckets: 4, changed: 3 });
    expect(await allRollups(again)).toEqual(right);
    expect((await allPresses(again)).map(({ repeat }) => repeat)).toEqual([false, false, false]);
  });
});

async function truncated(from: string, to: string): Promise<void> {
  const source = await open(from);
  const bytes = await source.readFile();
  await source.close();
  await writeFile(to, bytes.subarray(0, Math.floor(bytes.length / 2)));
}
