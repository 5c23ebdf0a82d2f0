import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, STORE_MIGRATIONS } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const BY = { who: 'operator', at: 5 };

describe('the people of a store from before numbers of users were given once', () => {
  let folder = '';
  const open = () => openSqliteStore({ folder, reads: 'in-thread' });

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'hymio-people-migration-')), 'data');
    mkdirSync(folder);
    const db = new Database(join(folder, 'store.sqlite'));
    for (const step of STORE_MIGRATIONS.slice(0, 3).flat()) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    db.pragma('user_version = 3');
    const add = db.prepare(
      `INSERT INTO users (id, name, display_name, role, groups, language, created_at, created_by, password, totp, totp_period)
       VALUES (?, ?, ?, ?, ?, ?, 1, 'operator', ?, ?, ?)`,
    );
    add.run(3, 'root', 'Root', 'admin', null, 'sv', 'a hash', 'AAAA', 7);
    add.run(9, 'aino', 'Aino', 'viewer', '["health"]', null, null, null, null);
    db.exec(`
      INSERT INTO user_links VALUES ('link', 3, 100);
      INSERT INTO user_sessions VALUES ('session', 3, 1, 2);
      INSERT INTO user_recovery_codes VALUES (3, 'code');
      INSERT INTO user_subjects VALUES (9, 'https://id.example', 's-9', 1);
    `);
    db.close();
  });
  afterEach(() => {
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('are all there, with what belongs to them', async () => {
    const store = await open();
    const { people } = store;
    const { users, sessions } = await people.everybody();
    const subject = { issuer: 'https://id.example', subject: 's-9', refused: true };
    expect(users).toEqual([
      {
        ...{ id: 9, name: 'aino', displayName: 'Aino', role: 'viewer', groups: ['health'] },
        ...{ createdAt: 1, createdBy: 'operator', hasPassword: false, hasSecondFactor: false, directory: subject },
      },
      {
        ...{ id: 3, name: 'root', displayName: 'Root', role: 'admin', language: 'sv' },
        ...{ createdAt: 1, createdBy: 'operator', hasPassword: true, hasSecondFactor: true },
      },
    ]);
    expect(sessions).toEqual([{ hash: 'session', user: 3, beganAt: 1, usedAt: 2 }]);
    expect(await people.secrets(3)).toEqual({ password: 'a hash', totp: { secret: 'AAAA', usedPeriod: 7 } });
    expect((await people.userOfLink('link', 99))?.name).toBe('root');
    expect(await people.useRecovery(3, 'code', BY)).toBe(true);
    await store.close();
  });

  it('go on with a number that nobody has had', async () => {
    const store = await open();
    const { people } = store;
    await people.remove('aino', BY);
    const added = await people.add({ name: 'otso', displayName: 'Otso', role: 'viewer' }, BY);
    expect(added.id).toBe(10);
    await people.remove('otso', BY);
    await store.close();
    const again = await open();
    expect((await again.people.add({ name: 'otso', displayName: 'Otso', role: 'viewer' }, BY)).id).toBe(11);
    await again.close();
  });
});
