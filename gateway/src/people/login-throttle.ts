/** Failures that are borne before somebody has to wait. */
const BORNE = { sameAccountAndAddress: 5, address: 20, account: 50 } as const;
/** How long one waits at most, ms: long enough against guessing, short enough for who is kept out by somebody else. */
const LONGEST_WAIT_MS = { sameAccountAndAddress: 15 * 60_000, address: 5 * 60_000, account: 60_000 } as const;
const FIRST_WAIT_MS = 2_000;
/** Failures are forgotten after so long without another, ms. */
const FORGOTTEN_MS = 24 * 3_600_000;
/** Remembers so many at most: what failed longest ago goes first. */
const REMEMBERED = 20_000;

type Kind = keyof typeof BORNE;
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
  readonly #failures = new Map<string, Failures>();

  /** How long to wait before a try is looked at; 0: not at all. */
  waitMs(account: string, address: string, now: number): number {
    const waits = keysOf(account, address).map(({ kind, key }) => {
      const failures = this.#failures.get(key);
      return failures === undefined ? 0 : failures.lastAt + waitAfter(kind, failures.count) - now;
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
}

function keysOf(account: string, address: string): { kind: Kind; key: string }[] {
  return [
    { kind: 'sameAccountAndAddress', key: `both ${JSON.stringify([account, address])}` },
    { kind: 'address', key: `address ${address}` },
    { kind: 'account', key: `account ${account}` },
  ];
}

/** Twice as long each time. */
function waitAfter(kind: Kind, failures: number): number {
  const beyond = failures - BORNE[kind];
  return beyond < 0 ? 0 : Math.min(LONGEST_WAIT_MS[kind], FIRST_WAIT_MS * 2 ** Math.min(beyond, 30));
}
