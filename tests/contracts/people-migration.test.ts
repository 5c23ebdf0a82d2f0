import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, restoreStore } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** What gateways of that version made, as they made it: it does not follow the program. */
const VERSION_3 = readFileSync(new URL('store-of-version-3.sql', import.meta.url), 'utf8');
const REFUSED = 'ALTER TABLE user_subjects ADD COLUMN refused INTEGER NOT NULL DEFAULT 0';
const BY = { who: 'operator', at: 5 };

describe.each([
  { of: 'version 3', column: '', row: "(9, 'https://id.example', 's-9')", refused: false },
  // Some stores of that version could say already who was refused.
  {
    of: 'version 3 that knows who was refused',
    column: REFUSED,
    row: "(9, 'https://id.example', 's-9', 1)",
    refused: true,
  },
])('the people of a store of $of, from before numbers of users were given once', ({ column, row, refused }) => {
  let folder = '';
  const open = () => openSqliteStore({ folder, reads: 'in-thread' });

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'hymio-people-migration-')), 'data');
    mkdirSync(folder);
    const db = new Database(join(folder, 'store.sqlite'));
    db.exec(VERSION_3);
    db.exec(column);
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
      INSERT INTO user_subjects VALUES ${row};
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
    const subject = { issuer: 'https://id.example', subject: 's-9', ...(refused && { refused }) };
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

  it('come back from a copy too', async () => {
    const copy = join(folder, '..', 'copy.sqlite');
    copyFileSync(join(folder, 'store.sqlite'), copy);
    await restoreStore({ folder, from: copy });
    const store = await open();
    const { users } = await store.people.everybody();
    expect(users.map(({ id, directory }) => [id, directory?.refused])).toEqual([
      [9, refused || undefined],
      [3, undefined],
    ]);
    await store.close();
  });
});
