import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { ChangeLogEntry } from './change-log.js';

/** What stands before the first entry. */
export const CHAIN_START = '0'.repeat(64);

/** The end of the log: how many entries there are, and the hash of the newest. */
export interface AuditHead {
  entries: number;
  hash: string;
}

/** What an entry says, without its hash. */
export type UnchainedEntry = Omit<ChangeLogEntry, 'hash'>;

/** SHA-256, in hex, over the hash before, a line feed, and the canonical JSON of the entry. */
export function chainHash(
  previous: string,
  { id, at, who, what, subject, why, before, after }: UnchainedEntry,
): string {
  const said = canonicalJson({ id, at, who, what, subject, why, before, after });
  return createHash('sha256').update(`${previous}\n${said}`, 'utf8').digest('hex');
}

export function headOf(newest: Pick<ChangeLogEntry, 'id' | 'hash'> | undefined): AuditHead {
  return newest === undefined ? { entries: 0, hash: CHAIN_START } : { entries: newest.id, hash: newest.hash };
}

/** Goes through the log from its first entry on; the first thing that is wrong ends it. */
export class ChainCheck {
  #head: AuditHead = { entries: 0, hash: CHAIN_START };
  #broken: number | undefined;
  readonly #sought: string | undefined;
  #found: number | undefined;

  /** `sought`: a head that was noted elsewhere. */
  constructor(sought?: string) {
    this.#sought = sought;
    if (sought === CHAIN_START) this.#found = 0;
  }

  /** The last entry up to which everything is as it was written. */
  get head(): AuditHead {
    return this.#head;
  }

  /** Number of the first entry that is not as it was written, or stands where another was. */
  get brokenAt(): number | undefined {
    return this.#broken;
  }

  /** Number of the entry with the hash that was sought. */
  get foundAt(): number | undefined {
    return this.#found;
  }

  /** Takes the next entry. False: it breaks the chain, and what comes behind it says nothing. */
  add(entry: ChangeLogEntry): boolean {
    if (this.#broken !== undefined) return false;
    const { entries, hash } = this.#head;
    if (entry.id !== entries + 1 || entry.hash !== chainHash(hash, entry)) {
      this.#broken = entries + 1;
      return false;
    }
    this.#head = { entries: entry.id, hash: entry.hash };
    if (entry.hash === this.#sought) this.#found = entry.id;
    return true;
  }
}
