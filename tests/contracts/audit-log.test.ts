import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAudit, openSqliteStore, restoreStore, STORE_MIGRATIONS } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLACES, registryFile, T } from './store-fixtures.js';

const BY = { who: 'Aino', at: T };

describe('the log of changes in SQLite', () => {
  let data = '';
  const store = () => openSqliteStore({ folder: data, reads: 'in-thread' });
  const file = <Result>(work: (db: Database.Database) => Result): Result => {
    const db = new Database(join(data, 'store.sqlite'));
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'hymio-audit-'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  it('refuses to be changed, cut, or filled out of order', async () => {
    const writer = await store();
    await writer.importRegistry(registryFile(PLACES), BY);
    await writer.close();
    const refused = [
      "UPDATE registry_log SET who = 'nobody'",
      'UPDATE registry_log SET id = id + 100',
      'DELETE FROM registry_log WHERE id = 1',
      'DELETE FROM registry_log',
      "REPLACE INTO registry_log SELECT 1, 0, 'x', what, kind, subject, why, before, after, hash FROM registry_log LIMIT 1",
      "INSERT INTO registry_log SELECT 99, 0, 'x', what, kind, subject, why, before, after, hash FROM registry_log LIMIT 1",
      "INSERT INTO registry_log (at, who, what, kind, subject) VALUES (0, 'x', 'x', 'x', 'x')",
    ];
    file((db) => {
      for (const statement of refused) expect(() => db.exec(statement)).toThrow('only added to');
    });
    const again = await store();
    expect((await checkAudit(again)).brokenAt).toBeUndefined();
    await again.close();
  });

  it('of a store from before the chain is chained as it stands, a gap closed', async () => {
    file((db) => {
      for (const step of STORE_MIGRATIONS.slice(0, 2).flat()) if (typeof step === 'string') db.exec(step);
      db.pragma('user_version = 2');
      const add = db.prepare("INSERT INTO registry_log VALUES (?, 1, 'Otso', 'import', 'group', 'a', NULL, NULL, ?)");
      add.run(1, '{"id":"a","name":{"fi":"A"}}');
      add.run(3, null);
    });
    const writer = await store();
    expect((await checkAudit(writer)).head.entries).toBe(2);
    await writer.importRegistry(registryFile(PLACES), BY);
    const check = await checkAudit(writer);
    expect([check.brokenAt, check.head.entries > 2]).toEqual([undefined, true]);
    expect((await writer.registryLog({ after: 0, limit: 1 }))[0]).toMatchObject({ who: 'Otso', after: { id: 'a' } });
    await writer.close();
  });

  it('of a restored store names who restored it and the end of the log that was put aside', async () => {
    const writer = await store();
    await writer.backup(join(data, 'copy'));
    await writer.importRegistry(registryFile(PLACES), BY);
    const { head } = await checkAudit(writer);
    await writer.close();
    await restoreStore({ folder: data, from: join(data, 'copy'), now: T, by: 'Aino' });
    const restored = await store();
    expect(await restored.registryLog({ limit: 9 })).toMatchObject([{ who: 'Aino', what: 'restore', before: head }]);
    await restored.close();
  });
});
