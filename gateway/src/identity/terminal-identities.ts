import { X509Certificate } from 'node:crypto';
import { type Clock, HymioError, readCodeText } from '@hymio/protocol';
import { addressBlock } from '../address-block.js';
import type { Actor } from '../exclusions/exclusion.js';
import type { IdentityStore, Revoked } from '../store/identity-store.js';
import type { CertificateAuthority } from './certificate-authority.js';
import { authorityFingerprint, hashCodeSecret } from './code-hashes.js';
import {
  certificateRefused,
  codeHolds,
  type EnrolmentCode,
  enrolmentRefused,
  type IssuedCertificate,
  issuedAtOf,
  type ShownCertificate,
  standingOf,
  terminalOf,
  unlistedIsRevoked,
} from './issued-certificate.js';
import { readCsr } from './read-csr.js';
import { TryLimit } from './try-limit.js';

const MINUTE_MS = 60_000;
const ENROLMENT_LIMITS = { perAddress: 10, inAll: 100, windowMs: 15 * MINUTE_MS };
/** Renewals are a matter of months; a terminal that asks all the time must not fill the store. */
const RENEWAL_LIMITS = { perAddress: 10, inAll: 10_000, windowMs: 24 * 60 * MINUTE_MS };

export interface TerminalIdentitiesParts {
  store: IdentityStore;
  authority: CertificateAuthority;
  clock: Clock;
  /** How long after its end a certificate may still be exchanged for a new one, ms. */
  graceMs: number;
}

/** What a terminal gets: its certificate and that of the authority, PEM. */
export interface Enrolled {
  certificate: string;
  authority: string;
}

/** Who the terminals are: grants certificates for codes and for older certificates, and knows the revoked ones. */
export class TerminalIdentities {
  readonly #parts: TerminalIdentitiesParts;
  readonly #enrolments = new TryLimit(ENROLMENT_LIMITS);
  readonly #renewals = new TryLimit(RENEWAL_LIMITS);
  /** What the store lists: when each was revoked, UTC ms, if it was. */
  readonly #listed = new Map<string, Pick<IssuedCertificate, 'terminal' | 'revokedAt'>>();
  /** When something was last revoked of each terminal, UTC ms. */
  readonly #revokedAt = new Map<string, number>();
  readonly #shutOut = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(parts: TerminalIdentitiesParts) {
    this.#parts = parts;
  }

  /** Reads what is revoked. Errors: the store's. */
  async start(): Promise<void> {
    this.#note(await this.#parts.store.certificates());
  }

  /** Whether a certificate of the authority was taken from its terminal. */
  isRevoked(certificate: ShownCertificate): boolean {
    const listed = this.#listed.get(certificate.serialNumber.toLowerCase());
    if (listed !== undefined) return listed.revokedAt !== undefined;
    const terminal = terminalOf(certificate);
    const revokedAt = terminal === undefined ? undefined : this.#revokedAt.get(terminal);
    return revokedAt !== undefined && unlistedIsRevoked(issuedAtOf(certificate), [{ revokedAt }]);
  }

  /** Whether a terminal had certificates, and all of them were revoked. */
  isShutOut(terminal: string): boolean {
    return this.#shutOut.has(terminal);
  }

  /** Calls whenever something was revoked. */
  onRevoked(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * A certificate for a code and a signing request (PEM), asked for from `address`. Errors: HymioError
   * `enrolment-refused`, `csr-refused`, `too-many-tries`, and the store's.
   */
  async enrol(codeText: string, csrPem: string, address: string): Promise<Enrolled> {
    const now = this.#parts.clock.now();
    const succeeded = this.#begin(this.#enrolments, addressBlock(address));
    const csr = await readCsr(csrPem);
    const hash = this.#hashOf(codeText);
    const code = await this.#parts.store.code(hash);
    if (!codeHolds(code, csr.key, now)) throw enrolmentRefused();
    if (code.terminal !== csr.terminal) throw forAnother(csr.terminal);
    const issued = await this.#parts.authority.issue(csr, now);
    const by = { who: `terminal ${csr.terminal}`, at: now };
    const { certificate, revoked } = await this.#parts.store.enrol(hash, issued, by);
    this.#note([...revoked, certificate]);
    succeeded();
    return this.#enrolled(certificate);
  }

  /**
   * A certificate in exchange for an older one (DER), whose owner proved to have its key. Errors: HymioError
   * `certificate-refused`, `csr-refused`, `too-many-tries`, and the store's.
   */
  async renew(held: Uint8Array, csrPem: string): Promise<Enrolled> {
    const { authority, store, clock, graceMs } = this.#parts;
    const now = clock.now();
    const old = authority.signed(held) ? new X509Certificate(held) : undefined;
    const terminal = old === undefined ? undefined : terminalOf(old);
    if (old === undefined || terminal === undefined) throw certificateRefused();
    this.#begin(this.#renewals, terminal);
    const revoked = this.isRevoked(old) ? { revokedAt: now } : {};
    const standing = standingOf({ notAfter: Date.parse(old.validTo), ...revoked }, now, graceMs);
    if (standing === 'revoked' || standing === 'expired') throw certificateRefused();
    const csr = await readCsr(csrPem);
    if (csr.terminal !== terminal) throw forAnother(csr.terminal);
    const issued = await authority.issue(csr, now);
    const replaced = { serial: old.serialNumber.toLowerCase(), issuedAt: issuedAtOf(old) };
    await store.renew(replaced, issued, { who: `terminal ${terminal}`, at: now });
    // A restored store may know of the terminal only what was revoked before the copy.
    this.#note([issued]);
    return this.#enrolled(issued);
  }

  addCode(code: Pick<EnrolmentCode, 'terminal' | 'hash' | 'expiresAt'>, by: Actor): Promise<void> {
    return this.#parts.store.addCode(code, by);
  }

  openCode(terminal: string, now: number): Promise<EnrolmentCode | undefined> {
    return this.#parts.store.openCode(terminal, now);
  }

  /** Error: HymioError `no-enrolment-code`. */
  withdrawCode(terminal: string, by: Actor): Promise<void> {
    return this.#parts.store.withdrawCode(terminal, by);
  }

  certificates(terminal?: string): Promise<IssuedCertificate[]> {
    return this.#parts.store.certificates(terminal);
  }

  /** Revokes all that a terminal has, its unused code as well; connections end now. Error: HymioError `no-certificate`. */
  async revoke(terminal: string, by: Actor): Promise<Revoked> {
    const revoked = await this.#parts.store.revoke(terminal, by);
    this.#note(revoked.certificates);
    return revoked;
  }

  #hashOf(codeText: string): string {
    const code = readCodeText(codeText);
    if (code?.fingerprint !== authorityFingerprint(this.#parts.authority.raw)) throw enrolmentRefused();
    return hashCodeSecret(code.secret);
  }

  #begin(limit: TryLimit, who: string): () => void {
    const succeeded = limit.begin(who, this.#parts.clock.monotonic());
    if (succeeded !== undefined) return succeeded;
    throw new HymioError('too-many-tries', 'There were too many tries.', 'Wait a quarter of an hour, and try again.');
  }

  #enrolled({ pem }: IssuedCertificate): Enrolled {
    return { certificate: pem, authority: this.#parts.authority.pem };
  }

  /** `certificates`: of each terminal among them all that were not known as revoked. */
  #note(certificates: readonly IssuedCertificate[]): void {
    let more = false;
    for (const { serial, terminal, revokedAt } of certificates) {
      const known = this.#listed.get(serial)?.revokedAt;
      // What was revoked while this was read is known already.
      if (known !== undefined) continue;
      this.#listed.set(serial, { terminal, ...(revokedAt !== undefined && { revokedAt }) });
      if (revokedAt === undefined) continue;
      more = true;
      this.#revokedAt.set(terminal, Math.max(revokedAt, this.#revokedAt.get(terminal) ?? 0));
    }
    for (const { terminal } of certificates) this.#shutOut.add(terminal);
    for (const { serial, terminal } of certificates) {
      if (this.#listed.get(serial)?.revokedAt === undefined) this.#shutOut.delete(terminal);
    }
    if (more) for (const listener of this.#listeners) listener();
  }
}

function forAnother(terminal: string): HymioError {
  return new HymioError(
    'enrolment-for-another',
    `This code or certificate is not one of terminal ${terminal}.`,
    'Compare `terminal` in the configuration with the id that the code was made for.',
  );
}
