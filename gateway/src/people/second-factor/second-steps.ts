import { hashTokenSecret, makeTokenSecret } from '../../tokens/token-text.js';

/** Between the password and the code, ms. */
const STEP_MS = 5 * 60_000;
/** Wrong codes until the password is asked for again. */
const TRIES = 5;
/** Remembers so many at most: what began longest ago goes first. */
const REMEMBERED = 10_000;

/** A login whose password was right and whose code is to come. */
export interface SecondStep {
  /** Login name. */
  name: string;
  /** The hash of the password that was right. */
  password: string;
}

interface Held extends SecondStep {
  until: number;
  triesLeft: number;
}

/**
 * Logins that are half done. Of the secret that the browser holds only the hash is kept, in memory alone: it opens nothing but
 * the question for a code. Times are those of any clock in ms.
 */
export class SecondSteps {
  readonly #random: (bytes: number) => Buffer;
  readonly #held = new Map<string, Held>();

  constructor(random: (bytes: number) => Buffer) {
    this.#random = random;
  }

  /** The secret is what the browser is to bring with the code. */
  begin(step: SecondStep, now: number): string {
    const secret = makeTokenSecret(this.#random);
    this.#held.set(hashTokenSecret(secret), { ...step, until: now + STEP_MS, triesLeft: TRIES });
    for (const [hash, { until }] of this.#held) {
      if (until > now && this.#held.size <= REMEMBERED) break;
      this.#held.delete(hash);
    }
    return secret;
  }

  /** undefined: spent, too old, too often wrong, or nobody's. */
  find(secret: string, now: number): SecondStep | undefined {
    const held = this.#held.get(hashTokenSecret(secret));
    return held === undefined || held.until <= now || held.triesLeft <= 0 ? undefined : held;
  }

  /** A code was wrong. */
  countTry(secret: string): void {
    const held = this.#held.get(hashTokenSecret(secret));
    if (held !== undefined) held.triesLeft -= 1;
  }

  /** False: somebody else was faster. */
  spend(secret: string): boolean {
    return this.#held.delete(hashTokenSecret(secret));
  }
}
