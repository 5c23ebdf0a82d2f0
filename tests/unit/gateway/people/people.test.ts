import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  gatewayConfigSchema,
  makePasswordLink,
  openSqliteStore,
  People,
  peopleOf,
  registryFileSchema,
  restoreStore,
  type SqliteStore,
  type User,
  type UserRequest,
} from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginLogin } from '../../../support/begin-login.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T = Date.parse('2026-11-26T08:00:00Z');
const BY = { who: 'operator', at: T };
const ROOT = { name: 'root', displayName: 'Root', role: 'admin' } as const;
const MAIJA = { name: 'maija', displayName: 'Maija V.', role: 'staff' } as const;

describe('people', () => {
  let folder = '';
  let store: SqliteStore;
  let people: People;
  let now = T;
  /** Runs what is due. */
  let due: (() => void)[] = [];
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after: (_delayMs, run) => {
      due.push(run);
      return () => undefined;
    },
  };
  const open = async () => {
    store = await openSqliteStore({ folder: join(folder, 'data'), reads: 'in-thread' });
    const limits = { idleMs: 12 * HOUR, absoluteMs: 7 * DAY };
    people = new People({ store: store.people, clock, limits, log: { error: () => undefined }, random: randomBytes });
    await people.start();
  };
  const begin = (user: User) => beginLogin(people, store.people, user);
  const addWithPassword = async (request: UserRequest) =>
    people.setPassword({ user: (await people.add(request, BY)).id, password: 'a hash' }, BY);
  const addMaija = async () => {
    if (!people.hasUsers) await people.add(ROOT, BY);
    return addWithPassword(MAIJA);
  };
  const lastWhat = async () =>
    (await store.registryLog({ limit: 1 })).map(({ who, what, subject }) => [who, what, subject.id]);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hymio-people-'));
    now = T;
    due = [];
    await open();
  });
  afterEach(async () => {
    people.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are asked for a login once there is one', async () => {
    expect(people.asksForLogin).toBe(false);
    await people.add(ROOT, BY);
    expect(people.asksForLogin).toBe(true);
    const user = await people.add(MAIJA, BY);
    expect(user).toEqual({
      ...MAIJA,
      id: user.id,
      createdAt: T,
      createdBy: 'operator',
      hasPassword: false,
      hasSecondFactor: false,
    });
    await expect(people.add(MAIJA, BY)).rejects.toMatchObject({ code: 'user-name-taken' });
    await expect(people.add({ ...MAIJA, name: 'otso', groups: ['nowhere'] }, BY)).rejects.toMatchObject({
      code: 'unknown-group',
    });
    await expect(people.change('nobody', { role: 'admin' }, BY)).rejects.toMatchObject({ code: 'unknown-user' });
    expect((await people.users()).map(({ name }) => name)).toEqual(['maija', 'root']);
  });

  it('begin with an administrator of the whole organisation, and never end with nobody', async () => {
    await store.importRegistry(registryFileSchema.parse({ groups: [{ id: 'health', name: { fi: 'Terveys' } }] }));
    for (const less of [{ role: 'staff' }, { role: 'viewer' }, { role: 'admin', groups: ['health'] }] as const) {
      const request = { name: 'first', displayName: 'First', role: less.role };
      const groups = 'groups' in less ? { groups: [...less.groups] } : {};
      const added = people.add({ ...request, ...groups }, BY);
      await expect(added).rejects.toMatchObject({
        code: 'first-user-not-admin',
        next: expect.stringMatching(
          /user add <name> --role admin.* directory has administrators, .* one of them logs in/,
        ),
      });
    }
    expect(people.asksForLogin).toBe(false);
    // A directory may give the first one less, and take from one what it gave.
    const aino = {
      issuer: 'https://id.example',
      subject: 's-1',
      name: 'aino',
      displayName: 'Aino',
      role: 'viewer',
    } as const;
    await people.takeFromDirectory(aino, BY);
    await expect(people.remove('aino', BY)).rejects.toMatchObject({ code: 'last-user' });
    expect(people.asksForLogin).toBe(true);
    await people.add(ROOT, BY);
    await people.remove('aino', BY);
    await expect(people.remove('root', BY)).rejects.toMatchObject({ code: 'last-admin' });
  });

  it('are asked for a login where other machines reach the pages, even if there were nobody', () => {
    const asksWith = (http: object) => {
      const given = { data: 'd', mqtt: { listen: '127.0.0.1:1883' }, http: { listen: '127.0.0.1:8080', ...http } };
      const silent = () => undefined;
      const log = { debug: silent, info: silent, warn: silent, error: silent };
      return peopleOf(gatewayConfigSchema.parse(given), { store, clock, log }).people.asksForLogin;
    };
    const tls = { certificateFile: 'c', keyFile: 'k' };
    expect(asksWith({})).toBe(false);
    expect(asksWith({ publicUrl: 'http://localhost:8080' })).toBe(false);
    expect(asksWith({ listen: '0.0.0.0:8080', tls })).toBe(true);
    expect(asksWith({ publicUrl: 'https://hymio.example.org', trustedProxies: ['127.0.0.1'] })).toBe(true);
  });

  it('set a password by a link once, within a day, and only by the newest', async () => {
    const user = await addMaija();
    const [first, second] = [makePasswordLink(randomBytes, T), makePasswordLink(randomBytes, T)];
    await people.addLink('maija', first, BY);
    await people.addLink('maija', second, BY);
    expect(await store.people.userOfLink(first.hash, T)).toBeUndefined();
    expect(await store.people.userOfLink(second.hash, T + DAY)).toBeUndefined();
    expect(await store.people.userOfLink(second.hash, T + DAY - 1)).toEqual(user);
    const wanted = { user: user.id, password: 'a hash', link: second.hash };
    await expect(people.setPassword(wanted, { ...BY, at: T + DAY })).rejects.toMatchObject({ code: 'link-spent' });
    expect(await people.setPassword(wanted, BY)).toMatchObject({ hasPassword: true });
    await expect(people.setPassword(wanted, BY)).rejects.toMatchObject({ code: 'link-spent' });
    expect(await store.people.secrets(user.id)).toEqual({ password: 'a hash' });
  });

  it('set no password by a link that was made while the clock was far ahead, once it is set right', async () => {
    const user = await addMaija();
    const link = makePasswordLink(randomBytes, T + 300 * DAY);
    await people.addLink('maija', link, BY);
    expect(await store.people.userOfLink(link.hash, T + 300 * DAY)).toEqual(user);
    expect(await store.people.userOfLink(link.hash, T)).toBeUndefined();
    const wanted = { user: user.id, password: 'a hash', link: link.hash };
    await expect(people.setPassword(wanted, BY)).rejects.toMatchObject({ code: 'link-spent' });
    const fresh = makePasswordLink(randomBytes, T + 60_000);
    await people.addLink('maija', fresh, BY);
    expect(await people.setPassword({ ...wanted, link: fresh.hash }, BY)).toMatchObject({ hasPassword: true });
  });

  it('stay logged in over a restart, until they have been idle or it has been long enough', async () => {
    const { secret } = await begin(await addMaija());
    expect(await lastWhat()).toEqual([['maija', 'log-in', 'maija']]);
    people.stop();
    await store.close();
    await open();
    expect(people.loggedIn(secret)?.user.name).toBe('maija');
    expect(people.loggedIn(randomBytes(32).toString('base64url'))).toBeUndefined();
    now = T + 12 * HOUR - 1;
    const found = people.loggedIn(secret);
    if (found !== undefined) people.noteUse(found.session);
    now = T + 24 * HOUR - 2;
    expect(people.loggedIn(secret)).toBeDefined();
    now = T + 24 * HOUR;
    expect(people.loggedIn(secret)).toBeUndefined();
  });

  it('are logged out after the longest time, however busy they are, and whoever watches is told', async () => {
    const { secret } = await begin(await addMaija());
    for (now = T; now < T + 7 * DAY; now += 11 * HOUR) {
      const found = people.loggedIn(secret);
      expect(found).toBeDefined();
      if (found !== undefined) people.noteUse(found.session);
    }
    now = T + 7 * DAY - 1;
    const session = people.loggedIn(secret)?.session ?? expect.fail('still logged in');
    const ended = new Promise<void>((resolve) => people.onEnd(session, resolve));
    now = T + 7 * DAY;
    for (const run of due.splice(0)) run();
    await ended;
    expect(people.loggedIn(secret)).toBeUndefined();
  });

  it('are logged out after it also where their login cannot be removed, which is tried again', async () => {
    const { secret } = await begin(await addMaija());
    const session = people.loggedIn(secret)?.session ?? expect.fail('logged in');
    const ended = new Promise<void>((resolve) => people.onEnd(session, resolve));
    now = T + 7 * DAY;
    const forget = store.people.forgetSessions.bind(store.people);
    store.people.forgetSessions = () => Promise.reject(new Error('the disk is full'));
    for (const run of due.splice(0)) run();
    await ended;
    expect((await store.people.everybody()).sessions).toHaveLength(1);
    store.people.forgetSessions = forget;
    for (const run of due.splice(0)) run();
    // Comes after it.
    await people.change('root', { displayName: 'R.' }, BY);
    expect((await store.people.everybody()).sessions).toEqual([]);
  });

  it('do not stay logged in because the clock was far ahead, and stay where it was put right by a little', async () => {
    const user = await addMaija();
    const before = await begin(user);
    now = T + 400 * DAY;
    const ahead = await begin(user);
    expect(people.loggedIn(ahead.secret)).toBeDefined();
    now = T + 60_000;
    expect(people.loggedIn(ahead.secret)).toBeUndefined();
    expect(people.loggedIn(before.secret)).toBeDefined();
    const late = await begin(user);
    now -= 4 * 60_000;
    expect(people.loggedIn(late.secret)).toBeDefined();
  });

  it('are not kept logged in by a use that the clock dated ahead, over a restart', async () => {
    const { secret } = await begin(await addMaija());
    for (now of [T + 6 * DAY, T + 60_000]) {
      const found = people.loggedIn(secret);
      // Idle by the clock that is ahead, but it has been asked before.
      people.noteUse(
        found?.session ?? { ...((await store.people.everybody()).sessions[0] ?? expect.fail('a session')) },
      );
    }
    people.stop();
    await store.close();
    await open();
    expect((await store.people.everybody()).sessions.map(({ usedAt }) => usedAt)).toEqual([T + 60_000]);
    now = T + 60_000 + 12 * HOUR;
    expect(people.loggedIn(secret)).toBeUndefined();
  });

  it('never have the number of somebody who was removed, nor of one whom a backup does not know', async () => {
    const { id } = await addMaija();
    await people.remove('maija', BY);
    const otso = { ...MAIJA, name: 'otso' };
    expect((await people.add(otso, BY)).id).toBeGreaterThan(id);
    await people.remove('otso', BY);
    await store.backup(join(folder, 'copy'));
    const later = await people.add(otso, BY);
    people.stop();
    await store.close();
    await restoreStore({ folder: join(folder, 'data'), from: join(folder, 'copy'), now: T });
    await open();
    expect((await people.add(MAIJA, BY)).id).toBeGreaterThan(later.id);
  });

  const ENDINGS: Readonly<Record<string, (secret: string) => Promise<unknown>>> = {
    'their role changes': () => people.change('maija', { role: 'viewer' }, BY),
    'their groups change': async () => {
      const file = registryFileSchema.parse({ groups: [{ id: 'health', name: { fi: 'Terveys' } }] });
      await store.importRegistry(file);
      await people.change('maija', { groups: ['health'] }, BY);
    },
    'they are removed': () => people.remove('maija', BY),
    'their password is set': async () => people.setPassword({ user: people.user('maija')?.id ?? 0, password: 'x' }, BY),
    'they log out everywhere': async (secret) => {
      const found = people.loggedIn(secret);
      if (found !== undefined) await people.logOut(found, true);
    },
  };
  for (const [what, act] of Object.entries(ENDINGS)) {
    it(`are logged out at once when ${what}`, async () => {
      const user = await addMaija();
      const secrets = [await begin(user), await begin(user)].map(({ secret }) => secret);
      const other = await begin(await addWithPassword({ ...MAIJA, name: 'otso' }));
      let told = 0;
      for (const secret of secrets) {
        const session = people.loggedIn(secret)?.session;
        if (session !== undefined) people.onEnd(session, () => (told += 1));
      }
      await act(secrets[0] ?? '');
      expect(secrets.map((secret) => people.loggedIn(secret))).toEqual([undefined, undefined]);
      expect(told).toBe(2);
      expect(people.loggedIn(other.secret)).toBeDefined();
    });
  }

  it('keep their login when only their name changes, and end one alone by logging out there', async () => {
    const user = await addMaija();
    const [here, there] = [await begin(user), await begin(user)];
    await people.change('maija', { displayName: 'Maija Virtanen', language: 'sv' }, BY);
    const found = people.loggedIn(here.secret);
    expect(found?.user).toMatchObject({ displayName: 'Maija Virtanen', language: 'sv', role: 'staff' });
    if (found !== undefined) await people.logOut(found);
    expect(await lastWhat()).toEqual([['maija', 'log-out', 'maija']]);
    expect(people.loggedIn(here.secret)).toBeUndefined();
    expect(people.loggedIn(there.secret)).toBeDefined();
  });

  it('are not logged in again by a backup that is restored, nor by a link of then', async () => {
    const user = await addMaija();
    const { secret } = await begin(user);
    const link = makePasswordLink(randomBytes, T);
    await people.addLink('maija', link, BY);
    await store.backup(join(folder, 'copy'));
    people.stop();
    await store.close();
    await restoreStore({ folder: join(folder, 'data'), from: join(folder, 'copy'), now: T });
    await open();
    expect(people.user('maija')).toEqual(user);
    expect(people.loggedIn(secret)).toBeUndefined();
    expect(await store.people.userOfLink(link.hash, T)).toBeUndefined();
  });

  it('leave no secret in the log of changes', async () => {
    const user = await addMaija();
    const link = makePasswordLink(randomBytes, T);
    await people.addLink('maija', link, BY);
    await people.setPassword({ user: user.id, password: 'the hash of it', link: link.hash }, BY);
    const { secret } = await begin(user);
    const log = JSON.stringify(await store.registryLog({ limit: 100 }));
    for (const hidden of [link.secret, link.hash, 'the hash of it', secret]) expect(log).not.toContain(hidden);
  });
});
