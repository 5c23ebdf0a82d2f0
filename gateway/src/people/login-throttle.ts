import { addressBlock } from '../address-block.js';

type Kind = 'sameAccountAndAddress' | 'address' | 'account';

export interface ThrottleLimits {
  /** Failures that are borne before somebody has to wait. */
  borne: Readonly<Record<Kind, number>>;
  /** How long one waits at most, ms: long enough against guessing, short enough for who is kept out by somebody else. */
  longestMs: Readonly<Record<Kind, number>>;
}

const MINUTE_MS = 60_000;
/** Of passwords: everybody can try some. */
export const PASSWORD_LIMITS: ThrottleLimits = {
  borne: { sameAccountAndAddress: 5, address: 20, account: 50 },
  longestMs: { sameAccountAndAddress: 15 * MINUTE_MS, address: 5 * MINUTE_MS, account: MINUTE_MS },
};
/** Of codes with six digits: who tries them knows the password, so an account may be closed for longer. */
export const CODE_LIMITS: ThrottleLimits = {
  borne: { sameAccountAndAddress: 5, address: 20, account: 10 },
  longestMs: { sameAccountAndAddress: 15 * MINUTE_MS, address: 5 * MINUTE_MS, account: 15 * MINUTE_MS },
};
const FIRST_WAIT_MS = 2_000;
/** Failures are forgotten after so long without another, ms. */
const FORGOTTEN_MS = 24 * 3_600_000;
/** Remembers so many at most: what failed longest ago goes first. */
const REMEMBERED = 20_000;

interface Failures {
  count: number;
  lastAt: number;
}

/**
 * Lets somebody who fails wait longer each time: for that account from that address, from that address whatever the account,
 * and, much later and never more than a minute, for that account from everywhere. An account that does not exist is treated
 * the same. Times are those of any clock in ms.
 */
export class LoginThrottle {
  readonly #limits: ThrottleLimits;
  readonly #failures = new Map<string, Failures>();

  constructor(limits = PASSWORD_LIMITS) {
    this.#limits = limits;
  }

  /** How long to wait before a try is looked at; 0: not at all. */
  waitMs(account: string, address: string, now: number): number {
    const waits = keysOf(account, address).map(({ kind, key }) => {
      const failures = this.#failures.get(key);
      return failures === undefined ? 0 : failures.lastAt + this.#waitAfter(kind, failures.count) - now;
    });
    return Math.max(0, ...waits);
  }

  /** Counts a try as failed, before it is known to: so tries that are made at once count as well. */
  begin(account: string, address: string, now: number): void {
    for (const { key } of keysOf(account, address)) {
      const before = this.#failures.get(key);
      const count = before !== undefined && now - before.lastAt < FORGOTTEN_MS ? before.count : 0;
      this.#failures.delete(key);
      this.#failures.set(key, { count: count + 1, lastAt: now });
    }
    for (const key of this.#failures.keys()) {
      if (this.#failures.size <= REMEMBERED) break;
      this.#failures.delete(key);
    }
  }

  /** It was right: the failures of this account from here are forgotten, the others are one less. */
  succeeded(account: string, address: string): void {
    for (const { kind, key } of keysOf(account, address)) {
      const failures = this.#failures.get(key);
      if (failures === undefined) continue;
      if (kind === 'sameAccountAndAddress' || failures.count <= 1) this.#failures.delete(key);
      else this.#failures.set(key, { ...failures, count: failures.count - 1 });
    }
  }

  /** Twice as long each time. */
  #waitAfter(kind: Kind, failures: number): number {
    const { borne, longestMs } = this.#limits;
    const beyond = failures - borne[kind];
    return beyond < 0 ? 0 : Math.min(longestMs[kind], FIRST_WAIT_MS * 2 ** Math.min(beyond, 30));
  }
}

function keysOf(account: string, from: string): { kind: Kind; key: string }[] {
  // Else whoever has a network of IPv6 would have addresses without end to try from.
  const address = addressBlock(from);
  return [
    { kind: 'sameAccountAndAddress', key: `both ${JSON.stringify([account, address])}` },
    { kind: 'address', key: `address ${address}` },
    { kind: 'account', key: `account ${account}` },
  ];
}
