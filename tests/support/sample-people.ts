import { randomBytes } from 'node:crypto';
import {
  type HttpServerParts,
  Logins,
  makePasswordLink,
  PasswordHashes,
  People,
  type PeopleStore,
  type SqliteStore,
  type User,
  type UserRequest,
} from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { beginLogin } from './begin-login.js';
import { SampleSite } from './sample-site.js';
import { SAMPLE_NOW } from './sample-store.js';

const HOUR_MS = 3_600_000;
const BY = { who: 'operator', at: SAMPLE_NOW };
/** Everybody's of the sample. */
export const SAMPLE_PASSWORD = 'kuusi puuta rannalla';

/** People of a sample, with a way to log them in by the store, or as a browser would. */
export class SamplePeople {
  readonly people: People;
  readonly logins: Logins;
  /** How far the clock of people and logins is ahead of the sample's, ms. */
  aheadMs = 0;
  /** Hashed once: it takes time on purpose. */
  static #hash: Promise<string> | undefined;
  readonly #store: PeopleStore;

  private constructor(store: SqliteStore, siteClock: Clock) {
    const clock: Clock = {
      now: () => siteClock.now() + this.aheadMs,
      monotonic: () => siteClock.monotonic() + this.aheadMs,
      after: (delayMs, run) => siteClock.after(delayMs, run),
    };
    this.#store = store.people;
    const basis = { store: store.people, clock, random: randomBytes };
    const limits = { idleMs: 12 * HOUR_MS, absoluteMs: 7 * 24 * HOUR_MS };
    this.people = new People({ ...basis, limits, log: { error: () => undefined } });
    this.logins = new Logins({ ...basis, people: this.people });
  }

  /** A site with these users; `more`: other parts of the server, or what makes them over the store. */
  static async site(
    users: readonly UserRequest[],
    more: Partial<HttpServerParts> | ((store: SqliteStore) => Promise<Partial<HttpServerParts>>) = {},
  ): Promise<{ site: SampleSite; sample: SamplePeople }> {
    let sample: SamplePeople | undefined;
    const site = await SampleSite.start(async (store, clock) => {
      sample = new SamplePeople(store, clock);
      await sample.people.start();
      for (const user of users) await sample.add(user);
      const others = typeof more === 'function' ? await more(store) : more;
      return { people: sample.people, logins: sample.logins, ...others };
    });
    if (sample === undefined) throw new Error('the site asked for no people');
    return { site, sample };
  }

  /** With the sample's password. */
  async add(user: UserRequest): Promise<User> {
    SamplePeople.#hash ??= new PasswordHashes().make(SAMPLE_PASSWORD);
    const { id } = await this.people.add(user, BY);
    return this.people.setPassword({ user: id, password: await SamplePeople.#hash }, BY);
  }

  /** The secret of a link that sets this user's password. */
  async link(name: string): Promise<string> {
    const link = makePasswordLink(randomBytes, SAMPLE_NOW);
    await this.people.addLink(name, link, BY);
    return link.secret;
  }

  /** The secret of a login of this user. */
  async login(name: string): Promise<string> {
    const user = this.people.user(name);
    if (user === undefined) throw new Error(`there is no user ${name}`);
    return (await beginLogin(this.people, this.#store, user)).secret;
  }

  /** Headers of a browser in which this user is logged in, and whose forms are the site's. */
  async headers(name: string, origin: string): Promise<Record<string, string>> {
    const secret = await this.login(name);
    return { cookie: `hymio-session=${secret}`, origin };
  }

  stop(): void {
    this.people.stop();
  }
}
