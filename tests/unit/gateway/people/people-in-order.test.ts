import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, People, type PeopleStore, type SqliteStore, type User } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginLogin } from '../../../support/begin-login.js';

const T = Date.parse('2026-11-26T08:00:00Z');
const BY = { who: 'operator', at: T };
const ROOT = { name: 'root', displayName: 'Root', role: 'admin' } as const;
const MAIJA = { name: 'maija', displayName: 'Maija V.', role: 'staff' } as const;
/** Reads that a pool may answer in any order. */
const READS = ['users', 'sessions', 'everybody'];

/** The real store, but whatever was read waits until it is handed over. */
class SlowReads {
  isOn = false;
  readonly waiting: { hand: () => void; fail: (error: Error) => void }[] = [];

  over(store: PeopleStore): PeopleStore {
    return new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        const call = method.bind(target);
        if (!READS.includes(String(name))) return call;
        return async (...args: unknown[]) => {
          const read: unknown = await call(...args);
          if (!this.isOn) return read;
          return new Promise((resolve, reject) => {
            this.waiting.push({ hand: () => resolve(read), fail: reject });
          });
        };
      },
    });
  }

  /** Hands over all that waits and all that comes of it; the newest first. */
  async handAll(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      await settled();
      for (const { hand } of this.waiting.splice(0).reverse()) {
        hand();
        await settled();
      }
    }
  }
}

/** Everything that was due before has run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('what is known of people, while reads take their time', () => {
  let folder = '';
  let store: SqliteStore;
  let people: People;
  let reads: SlowReads;
  let due: (() => void)[];
  let errors: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hymio-people-order-'));
    store = await openSqliteStore({ folder: join(folder, 'data'), reads: 'in-thread' });
    reads = new SlowReads();
    due = [];
    errors = [];
    const clock: Clock = {
      now: () => T,
      monotonic: () => T,
      after: (_delayMs, run) => {
        due.push(run);
        return () => {
          due = due.filter((one) => one !== run);
        };
      },
    };
    people = new People({
      ...{ store: reads.over(store.people), clock, random: randomBytes },
      limits: { idleMs: 3_600_000, absoluteMs: 86_400_000 },
      log: { error: (text) => errors.push(text) },
    });
    await people.start();
    for (const request of [ROOT, MAIJA]) {
      await people.setPassword({ user: (await people.add(request, BY)).id, password: 'a hash' }, BY);
    }
  });
  afterEach(async () => {
    people.stop();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const begin = (user: User) => beginLogin(people, store.people, user);
  const maija = () => people.user('maija') ?? expect.fail('there is a user maija');

  it('does not bring an old role or an ended login back, whichever read comes last', async () => {
    const { secret } = await begin(maija());
    reads.isOn = true;
    const first = people.change('maija', { displayName: 'Maija Virtanen' }, BY);
    await settled();
    const second = people.change('maija', { role: 'viewer' }, BY);
    await reads.handAll();
    await Promise.all([first, second]);
    expect(people.user('maija')).toMatchObject({ displayName: 'Maija Virtanen', role: 'viewer' });
    expect(people.loggedIn(secret)).toBeUndefined();
  });

  it('does not lose a login that begins while something is read', async () => {
    reads.isOn = true;
    const change = people.change('root', { displayName: 'R.' }, BY);
    await settled();
    const begun = begin(maija());
    await reads.handAll();
    await change;
    expect(people.loggedIn((await begun).secret)?.user.name).toBe('maija');
  });

  it('keeps a use that was noted while something is read', async () => {
    const { secret } = await begin(maija());
    reads.isOn = true;
    const change = people.change('root', { displayName: 'R.' }, BY);
    await settled();
    const found = people.loggedIn(secret) ?? expect.fail('logged in');
    people.noteUse({ ...found.session, usedAt: T - 600_000 });
    await reads.handAll();
    await change;
    expect(people.loggedIn(secret)?.session.usedAt).toBe(T);
  });

  it('trusts nothing after a read that failed, and reads again soon', async () => {
    const { secret } = await begin(maija());
    const root = await begin(people.user('root') ?? expect.fail('there is a user root'));
    reads.isOn = true;
    const change = people.change('maija', { role: 'viewer' }, BY);
    await settled();
    for (const { fail } of reads.waiting.splice(0)) fail(new Error('the disk did not answer'));
    expect(await change).toMatchObject({ role: 'viewer' });
    expect(errors).toHaveLength(1);
    expect([secret, root.secret].map((one) => people.loggedIn(one))).toEqual([undefined, undefined]);
    expect(people.asksForLogin).toBe(true);
    reads.isOn = false;
    for (const run of due.splice(0)) run();
    await settled();
    expect(people.loggedIn(root.secret)?.user.name).toBe('root');
    expect(people.loggedIn(secret)).toBeUndefined();
    expect(people.user('maija')?.role).toBe('viewer');
  });
});
