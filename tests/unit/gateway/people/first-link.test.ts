import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logins, openSqliteStore, People, type PeopleStore, type SqliteStore } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const T = Date.parse('2026-11-26T08:00:00Z');
const PASSWORD = 'kolme kiveä kaivossa';
const CLOCK: Clock = { now: () => T, monotonic: () => T, after: () => () => undefined };
const AINO = { name: 'aino', displayName: 'Aino' };
const OTSO = { name: 'otso', displayName: 'Otso' };

describe('the link for the first administrator', () => {
  let folder = '';
  let store: SqliteStore;
  let people: People;
  let logins: Logins;
  /** What the disk says to the next who would be the first. */
  let fault: Error | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hymio-first-link-'));
    store = await openSqliteStore({ folder: join(folder, 'data'), reads: 'in-thread' });
    fault = undefined;
    const watched: PeopleStore = new Proxy(store.people, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        if (name !== 'addFirst' || fault === undefined) return method.bind(target);
        const error = fault;
        fault = undefined;
        return () => Promise.reject(error);
      },
    });
    const basis = { store: watched, clock: CLOCK, random: randomBytes };
    const limits = { idleMs: 3_600_000, absoluteMs: 86_400_000 };
    people = new People({ ...basis, limits, log: { error: () => undefined } });
    await people.start();
    logins = new Logins({ ...basis, people });
  });
  afterEach(async () => {
    people.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('makes one, with a password, who is logged in', async () => {
    const { user, secret } = await logins.makeFirst(logins.makeFirstLink(), AINO, PASSWORD);
    expect(user).toMatchObject({ ...AINO, role: 'admin', hasPassword: true, createdBy: 'aino' });
    expect(people.loggedIn(secret)?.user).toEqual(user);
    expect(await logins.logIn({ name: 'aino', password: PASSWORD, address: 'a' })).toMatchObject({ kind: 'in' });
  });

  it('makes one alone of two who use it at once', async () => {
    const link = logins.makeFirstLink();
    const both = await Promise.allSettled([
      logins.makeFirst(link, AINO, PASSWORD),
      logins.makeFirst(link, OTSO, PASSWORD),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { code: 'link-spent' } });
    expect((await people.users()).map(({ name }) => name)).toEqual(['aino']);
  });

  it('makes nobody once somebody else has been added, however short the time', async () => {
    const link = logins.makeFirstLink();
    const first = logins.makeFirst(link, AINO, PASSWORD);
    // By the command line, while the password is hashed.
    await people.add({ ...OTSO, role: 'admin' }, { who: 'operator', at: T });
    await expect(first).rejects.toMatchObject({ code: 'link-spent' });
    expect((await people.users()).map(({ name }) => name)).toEqual(['otso']);
    expect(await logins.holderOf(link)).toBeUndefined();
  });

  it('holds again where nothing came of it, and leaves no user without a password behind', async () => {
    const link = logins.makeFirstLink();
    fault = new Error('the disk is full');
    await expect(logins.makeFirst(link, AINO, PASSWORD)).rejects.toThrow('the disk is full');
    expect(await people.users()).toEqual([]);
    expect(await logins.holderOf(link)).toEqual({ kind: 'first-admin' });
    expect((await logins.makeFirst(link, AINO, PASSWORD)).user.name).toBe('aino');
  });
});
