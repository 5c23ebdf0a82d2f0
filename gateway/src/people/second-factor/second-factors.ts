import type { Clock } from '@hymio/protocol';
import type { PeopleStore } from '../../store/people-store.js';
import { CODE_LIMITS, LoginThrottle } from '../login-throttle.js';
import type { LoggedIn, People } from '../people.js';
import type { User } from '../user.js';
import { hashRecoveryCode, makeRecoveryCodes } from './recovery-codes.js';
import { makeTotpSecret, periodOfCode, readTotpCode } from './totp-code.js';

/** A secret that was shown waits so long for its first code, ms. */
const BEGUN_MS = 15 * 60_000;

export interface SecondFactorsParts {
  people: Pick<People, 'setSecondFactor'>;
  store: Pick<PeopleStore, 'secrets' | 'usePeriod' | 'useRecovery'>;
  clock: Clock;
  /** So many unpredictable bytes. */
  random: (bytes: number) => Buffer;
}

/** `wait`: there were too many tries; nothing was looked at. */
export type CodeOutcome = { kind: 'right' } | { kind: 'wrong' } | { kind: 'wait'; ms: number };

/** Codes of a second device (RFC 6238) that a login asks for where its user wants that. */
export class SecondFactors {
  readonly #parts: SecondFactorsParts;
  /** Of codes alone: whoever comes so far knows the password, and may be made to wait longer. */
  readonly #throttle = new LoginThrottle(CODE_LIMITS);
  /** Secrets that were shown and wait for their first code, by the session that they were shown to. */
  readonly #begun = new Map<string, { secret: string; until: number }>();

  constructor(parts: SecondFactorsParts) {
    this.#parts = parts;
  }

  /** Takes a code of the device, or a recovery code, each once. `address`: where the try comes from. */
  async check({ id, name }: Pick<User, 'id' | 'name'>, typed: string, address: string): Promise<CodeOutcome> {
    const now = this.#parts.clock.monotonic();
    const ms = this.#throttle.waitMs(name, address, now);
    if (ms > 0) return { kind: 'wait', ms };
    this.#throttle.begin(name, address, now);
    if (!(await this.#take(id, name, typed))) return { kind: 'wrong' };
    this.#throttle.succeeded(name, address);
    return { kind: 'right' };
  }

  /** Makes a secret for the user of this session; it holds once a first code has come. */
  begin({ session }: LoggedIn): void {
    const { random, clock } = this.#parts;
    const now = clock.monotonic();
    for (const [hash, { until }] of this.#begun) if (until <= now) this.#begun.delete(hash);
    this.#begun.set(session.hash, { secret: makeTotpSecret(random), until: now + BEGUN_MS });
  }

  /** The secret that waits for its first code. */
  begun({ session, user }: LoggedIn): string | undefined {
    const begun = this.#begun.get(session.hash);
    const holds = begun !== undefined && begun.until > this.#parts.clock.monotonic() && !user.hasSecondFactor;
    return holds ? begun.secret : undefined;
  }

  /** Switches it on where the code is right; gives the recovery codes, which nobody can be shown again. */
  async confirm(person: LoggedIn, typed: string): Promise<string[] | undefined> {
    const { people, clock, random } = this.#parts;
    const { user, session } = person;
    const [secret, code] = [this.begun(person), readTotpCode(typed)];
    if (secret === undefined || code === undefined) return undefined;
    const usedPeriod = periodOfCode(secret, code, clock.now());
    if (usedPeriod === undefined) return undefined;
    this.#begun.delete(session.hash);
    const codes = makeRecoveryCodes(random);
    const factor = { secret, usedPeriod, recovery: codes.map(hashRecoveryCode) };
    await people.setSecondFactor(user.id, factor, { who: user.name, at: clock.now() });
    return codes;
  }

  /** The password and a code have been right. */
  async switchOff({ id, name }: Pick<User, 'id' | 'name'>): Promise<void> {
    await this.#parts.people.setSecondFactor(id, undefined, { who: name, at: this.#parts.clock.now() });
  }

  async #take(user: number, who: string, typed: string): Promise<boolean> {
    const { store, clock } = this.#parts;
    const { totp } = await store.secrets(user);
    if (totp === undefined) return false;
    const code = readTotpCode(typed);
    if (code === undefined) return store.useRecovery(user, hashRecoveryCode(typed), { who, at: clock.now() });
    const period = periodOfCode(totp.secret, code, clock.now());
    // The store decides: of two that come with the same code at once, one is late.
    return period !== undefined && (await store.usePeriod(user, period));
  }
}
