import type { IssuedCertificate } from '@hymio/gateway';
import type { Reached } from '../reached.js';
import type { Verdict } from '../verdict.js';

interface AccountCode {
  terminal: string;
  expiresAt: number;
  spentOn?: string;
}
/** What is known of a certificate, whatever the gateway remembers. */
export type AccountCertificate = Pick<IssuedCertificate, 'serial' | 'terminal' | 'key' | 'issuedAt' | 'notAfter'> & {
  revokedAt?: number;
};

/** What the store must hold now. It goes back with a restored backup. */
interface Books {
  codes: Map<string, AccountCode>;
  certificates: Map<string, AccountCertificate>;
  /** When all that a terminal had was last revoked, UTC ms. */
  revokedAt: Map<string, number>;
}

/** The plain account of codes and certificates: looks at every commit of the gateway's store. */
export class IdentityAccount {
  readonly #verdict: Verdict;
  readonly #reached: Reached;
  readonly #graceMs: number;
  /** Whatever was restored. */
  readonly #ever = new Map<string, AccountCertificate>();
  #books: Books = { codes: new Map(), certificates: new Map(), revokedAt: new Map() };
  enrolled = 0;
  renewed = 0;

  constructor(verdict: Verdict, reached: Reached, graceMs: number) {
    this.#verdict = verdict;
    this.#reached = reached;
    this.#graceMs = graceMs;
  }

  /** What is to be given to `goBack` where the store goes back to this moment. */
  copy(): Books {
    return structuredClone(this.#books);
  }

  goBack(books: Books): void {
    this.#books = structuredClone(books);
  }

  /** Those that the store must list. */
  get certificates(): ReadonlyMap<string, AccountCertificate> {
    return this.#books.certificates;
  }

  /** Whether a certificate was ever issued, and is not taken from its terminal: listed or not. */
  holds(serial: string): boolean {
    const ever = this.#ever.get(serial);
    if (ever === undefined) return false;
    const listed = this.#books.certificates.get(serial);
    if (listed !== undefined) return listed.revokedAt === undefined;
    // A restored backup does not list it: it was taken where all was taken that the terminal had by then.
    return (this.#books.revokedAt.get(ever.terminal) ?? Number.NEGATIVE_INFINITY) < ever.issuedAt;
  }

  /** When a certificate was taken from its terminal, UTC ms; -Infinity where that is not known, or did not happen. */
  takenAt(serial: string): number {
    const terminal = this.#ever.get(serial)?.terminal ?? '';
    const listed = this.#books.certificates.get(serial);
    const taken = listed === undefined ? this.#books.revokedAt.get(terminal) : listed.revokedAt;
    return taken ?? Number.NEGATIVE_INFINITY;
  }

  ever(serial: string): AccountCertificate | undefined {
    return this.#ever.get(serial);
  }

  addCode({ hash, terminal, expiresAt }: AccountCode & { hash: string }, at: number): void {
    this.#endCodes(terminal, at, 'replaced');
    this.#books.codes.set(hash, { terminal, expiresAt });
  }

  withdrawCode(terminal: string, at: number): void {
    this.#endCodes(terminal, at, 'withdrawn');
  }

  enrol(hash: string, asked: IssuedCertificate, at: number, given: IssuedCertificate): void {
    const { terminal, key } = asked;
    const code = this.#books.codes.get(hash);
    const name = `${terminal}, code ${hash.slice(0, 8)}`;
    if (code === undefined) {
      this.#verdict.fail('unknown-code-enrols', name);
      return;
    }
    this.#verdict.check(at < code.expiresAt, 'outdated-code-enrols', () => name);
    this.#verdict.check(code.terminal === terminal, 'code-of-another-enrols', () => `${name} of ${code.terminal}`);
    if (code.spentOn !== undefined) {
      this.#verdict.check(code.spentOn === key, 'code-enrols-two-keys', () => name);
      const same = given.key === key && this.holds(given.serial) && given.serial !== asked.serial;
      this.#verdict.check(same, 'spent-code-gives-another', () => name);
      this.#reached.note('code', 'spent, the same key again → spent, the same certificate');
      return;
    }
    code.spentOn = key;
    this.#revokeAll(terminal, at, 'enrolled anew');
    this.#issue(asked);
    this.#verdict.check(given.serial === asked.serial, 'another-certificate-given', () => name);
    this.#reached.note('code', 'open, enrols → spent');
    this.enrolled += 1;
  }

  renew(replaced: string, issued: IssuedCertificate, at: number): void {
    const before = this.#ever.get(replaced);
    const name = `${issued.terminal}, ${replaced.slice(0, 8)} issued at ${before?.issuedAt}`;
    if (before === undefined) {
      this.#verdict.fail('unknown-certificate-renewed', name);
      return;
    }
    this.#verdict.check(before.terminal === issued.terminal, 'renewed-for-another', () => name);
    this.#verdict.check(this.holds(replaced), 'shut-out-renewed', () => name);
    this.#verdict.check(at <= before.notAfter + this.#graceMs, 'ended-renewed', () => name);
    this.#verdict.check(before.key !== issued.key, 'key-not-renewed', () => name);
    const listed = this.#books.certificates.has(replaced);
    const was = at <= before.notAfter ? 'valid' : 'in grace';
    this.#reached.note('certificate', `${was}${listed ? '' : ' and unlisted'}, renews → renewed`);
    this.#issue(issued);
    this.renewed += 1;
  }

  revoke(terminal: string, at: number): void {
    this.#endCodes(terminal, at, 'withdrawn');
    this.#revokeAll(terminal, at, 'shut out');
  }

  /** What the store lists must be this, and nothing else. */
  checkListed(listed: readonly IssuedCertificate[]): void {
    const told = listed.map(({ serial, terminal, revokedAt }) => `${serial} ${terminal} ${revokedAt}`).sort();
    const expected = [...this.#books.certificates.values()]
      .map(({ serial, terminal, revokedAt }) => `${serial} ${terminal} ${revokedAt}`)
      .sort();
    this.#verdict.check(
      told.join() === expected.join(),
      'list-differs',
      () => `${told.length} listed, ${expected.length} expected`,
    );
  }

  #issue({ serial, terminal, key, issuedAt, notAfter }: IssuedCertificate): void {
    this.#ever.set(serial, { serial, terminal, key, issuedAt, notAfter });
    this.#books.certificates.set(serial, { serial, terminal, key, issuedAt, notAfter });
  }

  #revokeAll(terminal: string, at: number, why: string): void {
    for (const certificate of this.#books.certificates.values()) {
      if (certificate.terminal !== terminal || certificate.revokedAt !== undefined) continue;
      certificate.revokedAt = at;
      this.#reached.note('certificate', `held, ${why} → revoked`);
      // Where a restored store lists nothing of a terminal, it has nothing to revoke, and says so.
      this.#books.revokedAt.set(terminal, at);
    }
  }

  #endCodes(terminal: string, at: number, how: string): void {
    for (const code of this.#books.codes.values()) {
      if (code.terminal !== terminal || code.expiresAt <= at) continue;
      code.expiresAt = at;
      if (code.spentOn === undefined) this.#reached.note('code', `open, ${how} → ended`);
    }
  }
}
