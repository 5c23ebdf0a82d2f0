import type { Cancel, Clock } from '@hymio/protocol';
import type { Actor } from '../exclusions/exclusion.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { LoginBasis, PasswordLink, PeopleStore, UserChange } from '../store/people-store.js';
import { hashTokenSecret, makeTokenSecret } from '../tokens/token-text.js';
import { isSessionOver, type Session, type SessionLimits } from './session.js';
import type { User, UserRequest } from './user.js';

/** How old a session's last use may be before it is written again, ms. */
const USE_STEP_MS = 60_000;
/** Sessions that ran out are ended so often, ms. */
const SWEEP_MS = 60_000;
/** Stands for the access of everybody, which ends with the first user, among those who hear of an end: no hash is so. */
const NO_SESSION = '';
/** What could not be read is read again after so long, ms. */
const READ_AGAIN_MS = 1_000;

export interface PeopleParts {
  store: PeopleStore;
  clock: Clock;
  log: Pick<Log, 'error'>;
  limits: SessionLimits;
  /** So many unpredictable bytes. */
  random: (bytes: number) => Buffer;
  /** A login is asked for even where there is no user: they are known elsewhere, or anybody could come. */
  alwaysAsk?: boolean;
}

/** Somebody who is logged in. */
export interface LoggedIn {
  user: User;
  session: Session;
}

/**
 * Who may use the gateway, and who is logged in. Users and sessions are held in memory, for every request asks for them;
 * all that changes them while the gateway runs goes through here, and what somebody may no longer do ends at once.
 */
export class People {
  readonly #parts: PeopleParts;
  #users = new Map<number, User>();
  #sessions = new Map<string, Session>();
  /** Who is to hear that a session has ended, by its hash. */
  readonly #watchers = new Map<string, Set<() => void>>();
  /** All that writes, or replaces what is held, one after another: what is read late must not undo what came since. */
  #queue: Promise<unknown> = Promise.resolve();
  /** What is held may be older than the store: nobody is logged in until it has been read. */
  #isStale = false;
  /** Uses since the running read began, by the session's hash, UTC ms. */
  #usedMeanwhile = new Map<string, number>();
  #cancel: Cancel | undefined;
  #cancelReading: Cancel | undefined;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /** Errors: those of the store. */
  async start(): Promise<void> {
    await this.#inOrder(() => this.#readAnew());
    this.#scheduleSweep();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#cancelReading?.();
    this.#cancelReading = undefined;
  }

  /** False: there is nobody whom one could ask for a login. */
  get asksForLogin(): boolean {
    return this.#parts.alwaysAsk === true || this.#isStale || this.hasUsers;
  }

  get hasUsers(): boolean {
    return this.#users.size > 0;
  }

  /** By name. */
  users(): Promise<User[]> {
    return this.#parts.store.users();
  }

  user(name: string): User | undefined {
    return [...this.#users.values()].find((user) => user.name === name);
  }

  /**
   * Makes a session for this user; the secret is what the browser is to bring. `rests`: what the login rests on.
   * Error: HymioError `login-overtaken` where that has been changed.
   */
  async begin(user: Pick<User, 'id' | 'name'>, rests: LoginBasis): Promise<{ secret: string }> {
    const secret = makeTokenSecret(this.#parts.random);
    const at = this.#parts.clock.now();
    const session = { hash: hashTokenSecret(secret), user: user.id, beganAt: at, usedAt: at };
    await this.#inOrder(async () => {
      await this.#parts.store.addSession(session, rests, { who: user.name, at });
      this.#sessions.set(session.hash, session);
    });
    return { secret };
  }

  /** Who comes with this secret; undefined where it holds no more. The look-up is by its hash: its time tells nothing. */
  loggedIn(secret: string): LoggedIn | undefined {
    const session = this.#sessions.get(hashTokenSecret(secret));
    const user = session === undefined ? undefined : this.#users.get(session.user);
    const now = this.#parts.clock.now();
    if (this.#isStale || session === undefined || user === undefined) return undefined;
    if (isSessionOver(session, this.#parts.limits, now)) return undefined;
    return { user, session };
  }

  /** Somebody uses a session: it lasts on. Nobody waits for it to be written. */
  noteUse({ hash, usedAt, ...session }: Session): void {
    const { clock, store, log } = this.#parts;
    const now = clock.now();
    if (now >= usedAt && now - usedAt < USE_STEP_MS) return;
    // Whoever asked may have been logged out since.
    if (!this.#sessions.has(hash)) return;
    this.#sessions.set(hash, { ...session, hash, usedAt: now });
    this.#usedMeanwhile.set(hash, now);
    store.noteUse(hash, now).catch((error: unknown) => {
      log.error('the use of a session could not be noted', errorFields(error));
    });
  }

  /**
   * Hears once that a session has ended, however it did, or had ended already; not after the returned function was called.
   * Without a session: that a login is asked for from now on, or was already.
   */
  onEnd(session: Session | undefined, ended: () => void): () => void {
    const key = session?.hash ?? NO_SESSION;
    const isOver = session === undefined ? this.asksForLogin : !this.#sessions.has(key);
    if (isOver) {
      ended();
      return () => undefined;
    }
    const watchers = this.#watchers.get(key) ?? new Set();
    this.#watchers.set(key, watchers.add(ended));
    return () => {
      watchers.delete(ended);
      if (watchers.size === 0) this.#watchers.delete(key);
    };
  }

  /** Ends this session, or all of the user. */
  async logOut({ user, session }: LoggedIn, everywhere = false): Promise<void> {
    const which = everywhere ? { user: user.id } : { hash: session.hash };
    await this.#changing(() => this.#parts.store.endSessions(which, this.#by(user)));
  }

  /** Ends every login of this user, whoever wants it. */
  endLogins({ id }: Pick<User, 'id'>, by: Actor): Promise<void> {
    return this.#changing(() => this.#parts.store.endSessions({ user: id }, by));
  }

  /** See `PeopleStore.add`. */
  add(request: UserRequest, by: Actor): Promise<User> {
    return this.#changing(() => this.#parts.store.add(request, by));
  }

  /** See `PeopleStore.addFirst`. */
  addFirst(...wanted: Parameters<PeopleStore['addFirst']>): Promise<User> {
    return this.#changing(() => this.#parts.store.addFirst(...wanted));
  }

  /** See `PeopleStore.change`. */
  change(name: string, change: UserChange, by: Actor): Promise<User> {
    return this.#changing(() => this.#parts.store.change(name, change, by));
  }

  /** See `PeopleStore.remove`. */
  remove(name: string, by: Actor): Promise<void> {
    return this.#changing(() => this.#parts.store.remove(name, by));
  }

  /** See `PeopleStore.takeFromDirectory`. */
  takeFromDirectory(...wanted: Parameters<PeopleStore['takeFromDirectory']>): Promise<User> {
    return this.#changing(() => this.#parts.store.takeFromDirectory(...wanted));
  }

  /** See `PeopleStore.refuseFromDirectory`. */
  refuseFromDirectory(...whom: Parameters<PeopleStore['refuseFromDirectory']>): Promise<void> {
    return this.#changing(() => this.#parts.store.refuseFromDirectory(...whom));
  }

  /** See `PeopleStore.addLink`. */
  addLink(name: string, link: PasswordLink, by: Actor): Promise<User> {
    return this.#changing(() => this.#parts.store.addLink(name, link, by));
  }

  /** See `PeopleStore.setPassword`. */
  setPassword(wanted: Parameters<PeopleStore['setPassword']>[0], by: Actor): Promise<User> {
    return this.#changing(() => this.#parts.store.setPassword(wanted, by));
  }

  /** See `PeopleStore.setSecondFactor`. */
  setSecondFactor(...wanted: Parameters<PeopleStore['setSecondFactor']>): Promise<User> {
    return this.#changing(() => this.#parts.store.setSecondFactor(...wanted));
  }

  #by({ name }: User): Actor {
    return { who: name, at: this.#parts.clock.now() };
  }

  #changing<T>(change: () => Promise<T>): Promise<T> {
    return this.#inOrder(async () => {
      const result = await change();
      await this.#readOrTryAgain();
      if (this.asksForLogin) this.#tellEnd(NO_SESSION);
      return result;
    });
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** The change is done, so a failure is not its own: what is held is trusted no more, and read again soon. */
  async #readOrTryAgain(): Promise<void> {
    try {
      await this.#readAnew();
    } catch (error) {
      this.#isStale = true;
      const { log, clock } = this.#parts;
      log.error('users and logins could not be read: nobody is logged in until they are', errorFields(error));
      this.#cancelReading?.();
      // Not after the stop: the store may be closed.
      if (this.#cancel === undefined) return;
      this.#cancelReading = clock.after(READ_AGAIN_MS, () => void this.#inOrder(() => this.#readOrTryAgain()));
    }
  }

  async #readAnew(): Promise<void> {
    this.#usedMeanwhile = new Map();
    const { users, sessions } = await this.#parts.store.everybody();
    this.#users = new Map(users.map((user) => [user.id, user]));
    const held = new Map(
      sessions.map((session) => {
        const usedAt = this.#usedMeanwhile.get(session.hash) ?? session.usedAt;
        return [session.hash, { ...session, usedAt }];
      }),
    );
    const before = this.#sessions;
    this.#sessions = held;
    this.#isStale = false;
    this.#cancelReading?.();
    this.#cancelReading = undefined;
    for (const hash of before.keys()) if (!held.has(hash)) this.#tellEnd(hash);
  }

  #tellEnd(hash: string): void {
    const watchers = this.#watchers.get(hash);
    this.#watchers.delete(hash);
    for (const ended of watchers ?? []) ended();
  }

  #scheduleSweep(): void {
    this.#cancel = this.#parts.clock.after(SWEEP_MS, () => {
      this.#scheduleSweep();
      // In order: a read of before would bring them back.
      void this.#inOrder(() => this.#sweep());
    });
  }

  /** What could not be removed is held, so that it is tried again; nobody is logged in by it. */
  async #sweep(): Promise<void> {
    const { store, clock, limits, log } = this.#parts;
    const now = clock.now();
    const over = [...this.#sessions.values()].filter((session) => isSessionOver(session, limits, now));
    if (over.length === 0) return;
    try {
      await store.forgetSessions(over.map(({ hash }) => hash));
      for (const { hash } of over) this.#sessions.delete(hash);
    } catch (error) {
      log.error('sessions that ran out could not be removed', errorFields(error));
    }
    for (const { hash } of over) this.#tellEnd(hash);
  }
}
