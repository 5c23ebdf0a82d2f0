import { hash, verify } from '@node-rs/argon2';
import { normalizedPassword } from './password-rule.js';

/** argon2id with 19 MiB, two passes, one lane: OWASP's password storage cheat sheet. The library's default is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Each takes a core and 19 MiB for some tens of ms: so many at once, the others wait. */
const AT_ONCE = 2;

/** Hashes and checks passwords, in threads of their own. */
export class PasswordHashes {
  #free = AT_ONCE;
  readonly #waiting: (() => void)[] = [];
  #decoy: Promise<string> | undefined;

  /** What is kept of a password. */
  make(password: string): Promise<string> {
    return this.#inTurn(() => hash(normalizedPassword(password), COST));
  }

  /** `held`: absent where there is no such user, or none with a password; takes as long all the same, and is false. */
  async isPasswordOf(password: string, held: string | undefined): Promise<boolean> {
    this.#decoy ??= this.make('nobody has this password');
    const against = held ?? (await this.#decoy);
    const same = await this.#inTurn(() => verify(against, normalizedPassword(password)));
    return same && held !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
