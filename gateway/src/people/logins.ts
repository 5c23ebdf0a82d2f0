import type { Clock } from '@hymio/protocol';
import type { Actor } from '../exclusions/exclusion.js';
import type { PeopleStore } from '../store/people-store.js';
import { hashTokenSecret, isSecretOf, makeTokenSecret } from '../tokens/token-text.js';
import { readListedPasswords } from './listed-passwords.js';
import { LoginThrottle } from './login-throttle.js';
import { PasswordHashes } from './password-hashes.js';
import { type PasswordFault, passwordFault } from './password-rule.js';
import type { People } from './people.js';
import type { User, UserRequest } from './user.js';

/** Longest name that is looked at; longer ones are nobody's. */
const LONGEST_NAME = 100;

export interface LoginsParts {
  people: People;
  store: Pick<PeopleStore, 'secrets' | 'userOfLink'>;
  clock: Clock;
  /** So many unpredictable bytes. */
  random: (bytes: number) => Buffer;
  /** Passwords that the operator does not want, one a line. */
  breachedPasswordsFile?: string | undefined;
}

/** `wrong`: name or password; nobody is told which. `wait`: there were too many tries; nothing was looked at. */
export type LoginOutcome =
  | { kind: 'in'; user: User; secret: string }
  | { kind: 'wrong' }
  | { kind: 'wait'; ms: number };

/** Who a link is for: a user, or whoever is to be the first administrator. */
export type LinkHolder = { kind: 'user'; user: User } | { kind: 'first-admin' };

/** How people prove who they are. */
export class Logins {
  readonly #parts: LoginsParts;
  readonly #hashes = new PasswordHashes();
  readonly #throttle = new LoginThrottle();
  /** Of the link for the first administrator. */
  #firstLink: string | undefined;

  constructor(parts: LoginsParts) {
    this.#parts = parts;
  }

  /** Takes as long whether there is such a user or not. `address`: where the try comes from. */
  async logIn(typed: { name: string; password: string; address: string }): Promise<LoginOutcome> {
    const { people } = this.#parts;
    const name = typed.name.trim().toLowerCase();
    const checked = await this.#check({ ...typed, name });
    if (checked.kind !== 'right') return checked;
    const { secret } = await people.begin(checked.user);
    return { kind: 'in', user: checked.user, secret };
  }

  /** A new password instead of the old one, which must be right; every login of the user ends. */
  async changePassword(
    user: User,
    { old, wanted, address }: { old: string; wanted: string; address: string },
  ): Promise<LoginOutcome | { kind: 'fault'; fault: PasswordFault }> {
    const fault = await this.faultOf(wanted, user);
    if (fault !== undefined) return { kind: 'fault', fault };
    const checked = await this.#check({ name: user.name, password: old, address });
    if (checked.kind !== 'right') return checked;
    return this.#setPassword(user, wanted);
  }

  /** A link that makes the first administrator, as long as there is no user; the one before holds no more. */
  makeFirstLink(): string {
    const secret = makeTokenSecret(this.#parts.random);
    this.#firstLink = hashTokenSecret(secret);
    return secret;
  }

  /** Whose link this is; undefined where it holds no more. */
  async holderOf(secret: string): Promise<LinkHolder | undefined> {
    const { people, store, clock } = this.#parts;
    if (this.#firstLink !== undefined && isSecretOf(secret, this.#firstLink)) {
      return people.asksForLogin ? undefined : { kind: 'first-admin' };
    }
    const user = await store.userOfLink(hashTokenSecret(secret), clock.now());
    return user === undefined ? undefined : { kind: 'user', user };
  }

  /** What is wrong with a password that this user wants. */
  async faultOf(
    password: string,
    { name, displayName }: Pick<User, 'name' | 'displayName'>,
  ): Promise<PasswordFault | undefined> {
    const isListed = await readListedPasswords(this.#parts.breachedPasswordsFile);
    return passwordFault(password, [name, displayName], isListed);
  }

  /** Spends the link and logs in. Errors: HymioError `link-spent`. The password has been judged. */
  async useLink(user: User, secret: string, password: string): Promise<LoginOutcome & { kind: 'in' }> {
    return this.#setPassword(user, password, hashTokenSecret(secret));
  }

  /** Makes the first administrator, of the whole organisation, and logs in. Errors: those of `People.add`. */
  async makeFirst(
    wanted: Pick<UserRequest, 'name' | 'displayName'>,
    password: string,
  ): Promise<LoginOutcome & { kind: 'in' }> {
    const { people } = this.#parts;
    const user = await people.add({ ...wanted, role: 'admin' }, this.#by(wanted.name));
    this.#firstLink = undefined;
    return this.#setPassword(user, password);
  }

  async #setPassword(user: User, password: string, link?: string): Promise<LoginOutcome & { kind: 'in' }> {
    const { people } = this.#parts;
    const hash = await this.#hashes.make(password);
    const wanted = { user: user.id, password: hash, ...(link === undefined ? {} : { link }) };
    const changed = await people.setPassword(wanted, this.#by(user.name));
    return { kind: 'in', user: changed, secret: (await people.begin(changed)).secret };
  }

  async #check({ name, password, address }: { name: string; password: string; address: string }) {
    const { people, store, clock } = this.#parts;
    if (name.length > LONGEST_NAME) return { kind: 'wrong' } as const;
    const now = clock.monotonic();
    const ms = this.#throttle.waitMs(name, address, now);
    if (ms > 0) return { kind: 'wait', ms } as const;
    this.#throttle.begin(name, address, now);
    const user = people.user(name);
    // Who does not exist is looked for all the same, so that it takes as long.
    const secrets = await store.secrets(user?.id ?? 0);
    const right = await this.#hashes.isPasswordOf(password, secrets.password);
    if (!right || user === undefined) return { kind: 'wrong' } as const;
    this.#throttle.succeeded(name, address);
    return { kind: 'right', user } as const;
  }

  #by(who: string): Actor {
    return { who, at: this.#parts.clock.now() };
  }
}
