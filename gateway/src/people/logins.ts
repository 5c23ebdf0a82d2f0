import type { Clock } from '@hymio/protocol';
import type { Actor } from '../exclusions/exclusion.js';
import type { LoginBasis, NewPassword, PeopleStore, UserSecrets } from '../store/people-store.js';
import { hashTokenSecret, isSecretOf, makeTokenSecret } from '../tokens/token-text.js';
import { readListedPasswords } from './listed-passwords.js';
import { isOvertaken } from './login-overtaken.js';
import { LoginThrottle } from './login-throttle.js';
import { PasswordHashes } from './password-hashes.js';
import { linkSpent } from './password-link.js';
import { type PasswordFault, passwordFault } from './password-rule.js';
import type { People } from './people.js';
import { SecondFactors } from './second-factor/second-factors.js';
import { type SecondStep, SecondSteps } from './second-factor/second-steps.js';
import type { User, UserRequest } from './user.js';

/** Longest name that is looked at; longer ones are nobody's. */
const LONGEST_NAME = 100;

export interface LoginsParts {
  people: People;
  store: Pick<PeopleStore, 'secrets' | 'userOfLink' | 'usePeriod' | 'useRecovery'>;
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

/** The password was right, and a code is asked for: with it the browser must bring this secret. */
export interface CodeNeeded {
  kind: 'code-needed';
  secret: string;
}

/** Who a link is for: a user, or whoever is to be the first administrator. */
export type LinkHolder = { kind: 'user'; user: User } | { kind: 'first-admin' };

/** How people prove who they are. */
export class Logins {
  readonly #parts: LoginsParts;
  readonly #hashes = new PasswordHashes();
  readonly #throttle = new LoginThrottle();
  readonly #steps: SecondSteps;
  readonly secondFactors: SecondFactors;
  /** Of the link for the first administrator. */
  #firstLink: string | undefined;

  constructor(parts: LoginsParts) {
    this.#parts = parts;
    this.#steps = new SecondSteps(parts.random);
    this.secondFactors = new SecondFactors(parts);
  }

  /** Takes as long whether there is such a user or not. `address`: where the try comes from. */
  async logIn(typed: { name: string; password: string; address: string }): Promise<LoginOutcome | CodeNeeded> {
    const { clock } = this.#parts;
    const name = typed.name.trim().toLowerCase();
    const checked = await this.#check({ ...typed, name });
    if (checked.kind !== 'right') return checked;
    const { user, secrets } = checked;
    if (secrets.totp !== undefined) {
      const step = { name, password: secrets.password ?? '' };
      return { kind: 'code-needed', secret: this.#steps.begin(step, clock.monotonic()) };
    }
    return (await this.#begin(user, basisOf(secrets))) ?? { kind: 'wrong' };
  }

  /** Does this login wait for a code? `secret`: as `logIn` gave it. */
  awaitsCode(secret: string): boolean {
    return this.#steps.find(secret, this.#parts.clock.monotonic()) !== undefined;
  }

  /** The second step of a login. `begin-anew`: it has been done, took too long, or what it rested on has changed. */
  async finishLogIn(secret: string, code: string, address: string): Promise<LoginOutcome | { kind: 'begin-anew' }> {
    const step = this.#steps.find(secret, this.#parts.clock.monotonic());
    const found = step === undefined ? undefined : await this.#userOf(step);
    if (found === undefined) return { kind: 'begin-anew' };
    const { user, rests } = found;
    const outcome = await this.secondFactors.check(user, code, address);
    if (outcome.kind === 'wrong') this.#steps.countTry(secret);
    if (outcome.kind !== 'right') return outcome;
    if (!this.#steps.spend(secret)) return { kind: 'begin-anew' };
    return (await this.#begin(user, rests)) ?? { kind: 'begin-anew' };
  }

  /** Whoever is logged in proves once more who they are. */
  async confirmPassword({ name }: User, password: string, address: string): Promise<'right' | LoginOutcome> {
    const checked = await this.#check({ name, password, address });
    return checked.kind === 'right' ? 'right' : checked;
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
    return this.#setPassword(user, wanted, { replaces: checked.secrets.password ?? '' });
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
    return this.#setPassword(user, password, { link: hashTokenSecret(secret) });
  }

  /**
   * Spends the link for the first administrator, of the whole organisation, and logs in; the password has been judged.
   * Errors: HymioError `link-spent`, and those of `People.addFirst`, after which the link holds again.
   */
  async makeFirst(
    secret: string,
    wanted: Pick<UserRequest, 'name' | 'displayName'>,
    password: string,
  ): Promise<LoginOutcome & { kind: 'in' }> {
    const { people } = this.#parts;
    const link = this.#firstLink;
    if (link === undefined || !isSecretOf(secret, link)) throw linkSpent();
    // Before anything is waited for: of two who come at once, one is late.
    this.#firstLink = undefined;
    try {
      const hash = await this.#hashes.make(password);
      const user = await people.addFirst({ ...wanted, role: 'admin' }, hash, this.#by(wanted.name));
      return { kind: 'in', user, secret: (await people.begin(user, { kind: 'password', password: hash })).secret };
    } catch (error) {
      this.#firstLink ??= link;
      throw error;
    }
  }

  async #setPassword(
    user: User,
    password: string,
    how: Pick<NewPassword, 'link' | 'replaces'>,
  ): Promise<LoginOutcome & { kind: 'in' }> {
    const { people, store } = this.#parts;
    const hash = await this.#hashes.make(password);
    const changed = await people.setPassword({ user: user.id, password: hash, ...how }, this.#by(user.name));
    const rests = { ...basisOf(await store.secrets(user.id)), password: hash };
    return { kind: 'in', user: changed, secret: (await people.begin(changed, rests)).secret };
  }

  /** undefined: what the login rests on has been changed while its password was looked at. */
  async #begin(user: User, rests: LoginBasis): Promise<(LoginOutcome & { kind: 'in' }) | undefined> {
    try {
      return { kind: 'in', user, secret: (await this.#parts.people.begin(user, rests)).secret };
    } catch (error) {
      if (isOvertaken(error)) return undefined;
      throw error;
    }
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
    return { kind: 'right', user, secrets } as const;
  }

  /** Whose step it is; undefined where the password or the second factor has been changed since. */
  async #userOf({ name, password }: SecondStep): Promise<{ user: User; rests: LoginBasis } | undefined> {
    const user = this.#parts.people.user(name);
    if (user === undefined) return undefined;
    const secrets = await this.#parts.store.secrets(user.id);
    return secrets.totp !== undefined && secrets.password === password ? { user, rests: basisOf(secrets) } : undefined;
  }

  #by(who: string): Actor {
    return { who, at: this.#parts.clock.now() };
  }
}

function basisOf({ password = '', totp }: UserSecrets): LoginBasis & { kind: 'password' } {
  return { kind: 'password', password, ...(totp !== undefined && { totp: totp.secret }) };
}
