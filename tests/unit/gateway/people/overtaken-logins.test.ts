import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logins, openSqliteStore, PasswordHashes, People, type PeopleStore, type SqliteStore } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const T = Date.parse('2026-11-26T08:00:00Z');
const BY = { who: 'operator', at: T };
const PASSWORD = 'kolme kiveä kaivossa';
const CLOCK: Clock = { now: () => T, monotonic: () => T, after: () => () => undefined };
const FACTOR = { secret: 'A'.repeat(32), usedPeriod: 0, recovery: [] };
const MAIJA = { issuer: 'https://id.example', subject: 's-1', name: 'maija', displayName: 'Maija V.' } as const;

describe('a login', () => {
  let folder = '';
  let store: SqliteStore;
  let people: People;
  let logins: Logins;
  let root = 0;
  /** Done by somebody else once the password's hash was read for a login. */
  let meanwhile: (() => Promise<unknown>) | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hymio-overtaken-'));
    store = await openSqliteStore({ folder: join(folder, 'data'), reads: 'in-thread' });
    const basis = { clock: CLOCK, random: randomBytes };
    const limits = { idleMs: 3_600_000, absoluteMs: 86_400_000 };
    people = new People({ ...basis, store: store.people, limits, log: { error: () => undefined } });
    await people.start();
    ({ id: root } = await people.add({ name: 'root', displayName: 'Root', role: 'admin' }, BY));
    await people.setPassword({ user: root, password: await new PasswordHashes().make(PASSWORD) }, BY);
    meanwhile = undefined;
    const watched: Pick<PeopleStore, 'secrets' | 'userOfLink' | 'usePeriod' | 'useRecovery'> = {
      secrets: async (user) => {
        const read = await store.people.secrets(user);
        const act = meanwhile;
        meanwhile = undefined;
        await act?.();
        return read;
      },
      userOfLink: (hash, now) => store.people.userOfLink(hash, now),
      usePeriod: (user, period) => store.people.usePeriod(user, period),
      useRecovery: (user, hash, by) => store.people.useRecovery(user, hash, by),
    };
    logins = new Logins({ ...basis, people, store: watched });
  });
  afterEach(async () => {
    people.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const logIn = () => logins.logIn({ name: 'root', password: PASSWORD, address: '10.0.0.1' });
  const sessions = async () => (await store.people.everybody()).sessions;

  it('does not begin with a password that was changed while it was looked at', async () => {
    meanwhile = () => people.setPassword({ user: root, password: 'another hash' }, BY);
    expect(await logIn()).toEqual({ kind: 'wrong' });
    expect(await sessions()).toEqual([]);
  });

  it('does not begin without the second factor that was switched on meanwhile', async () => {
    meanwhile = () => people.setSecondFactor(root, FACTOR, BY);
    expect(await logIn()).toEqual({ kind: 'wrong' });
    expect(await sessions()).toEqual([]);
    expect(await logIn()).toMatchObject({ kind: 'code-needed' });
  });

  it('does not replace a password that somebody else has set meanwhile', async () => {
    meanwhile = () => people.setPassword({ user: root, password: 'another hash' }, BY);
    const user = people.user('root') ?? expect.fail('there is a user root');
    const changed = logins.changePassword(user, { old: PASSWORD, wanted: 'neljä kiveä kaivossa', address: '10.0.0.1' });
    await expect(changed).rejects.toMatchObject({ code: 'login-overtaken' });
    expect(await store.people.secrets(root)).toEqual({ password: 'another hash' });
    expect(await sessions()).toEqual([]);
  });

  it('by the directory does not begin with rights that it has taken away meanwhile', async () => {
    const said = { kind: 'directory', role: 'viewer' } as const;
    const user = await people.takeFromDirectory({ ...MAIJA, role: 'viewer' }, BY);
    expect((await people.begin(user, said)).secret).toMatch(/./);
    await people.refuseFromDirectory(MAIJA, BY);
    await expect(people.begin(user, said)).rejects.toMatchObject({ code: 'login-overtaken' });
    await people.takeFromDirectory({ ...MAIJA, role: 'staff' }, BY);
    await expect(people.begin(user, said)).rejects.toMatchObject({ code: 'login-overtaken' });
    expect(await sessions()).toEqual([]);
    expect((await people.begin(user, { kind: 'directory', role: 'staff' })).secret).toMatch(/./);
  });

  it('of somebody whom the directory refuses does not count among those who can manage users', async () => {
    await people.takeFromDirectory({ ...MAIJA, role: 'admin' }, BY);
    await people.refuseFromDirectory(MAIJA, BY);
    await expect(people.remove('root', BY)).rejects.toMatchObject({ code: 'last-admin' });
    await people.takeFromDirectory({ ...MAIJA, role: 'admin' }, BY);
    await people.remove('root', BY);
    expect((await people.users()).map(({ name }) => name)).toEqual(['maija']);
  });
});
