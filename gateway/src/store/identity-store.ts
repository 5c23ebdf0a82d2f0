import type { Actor } from '../exclusions/exclusion.js';
import type { EnrolmentCode, IssuedCertificate } from '../identity/issued-certificate.js';

/** What was taken from a terminal. */
export interface Revoked {
  certificates: IssuedCertificate[];
  /** An unused code. */
  code: boolean;
}

/** What came of a code. */
export interface Enrolment {
  certificate: IssuedCertificate;
  /** Those that the terminal had before: they hold no more. */
  revoked: IssuedCertificate[];
}

/** What a store keeps of the identity of terminals. Every change leaves a line in the log of changes. Times are UTC ms. */
export interface IdentityStore {
  /** From now on only this code enrols the terminal: one that was made before and not used holds no more. */
  addCode(code: Pick<EnrolmentCode, 'terminal' | 'hash' | 'expiresAt'>, by: Actor): Promise<void>;
  code(hash: string): Promise<EnrolmentCode | undefined>;
  /** The code with which the terminal could enrol at `now` (UTC ms), not used yet. */
  openCode(terminal: string, now: number): Promise<EnrolmentCode | undefined>;
  /** The terminal's unused code holds no more. Error: HymioError `no-enrolment-code` where there is none. */
  withdrawCode(terminal: string, by: Actor): Promise<void>;
  /**
   * Spends a code and keeps the certificate, all or nothing; certificates that the terminal had before are revoked. A
   * code that was spent on the same key gives the certificate of then. Error: HymioError `enrolment-refused`.
   */
  enrol(hash: string, certificate: IssuedCertificate, by: Actor): Promise<Enrolment>;
  /**
   * Keeps a certificate that replaces another, which a restored store may not list. Error: HymioError
   * `certificate-refused` where that one is revoked.
   */
  renew(
    replaced: Pick<IssuedCertificate, 'serial' | 'issuedAt'>,
    certificate: IssuedCertificate,
    by: Actor,
  ): Promise<void>;
  /**
   * Revokes all that a terminal has, its unused code as well. Error: HymioError `no-certificate` where it has neither.
   */
  revoke(terminal: string, by: Actor): Promise<Revoked>;
  /** All that were issued, of one terminal or of all, oldest first. */
  certificates(terminal?: string): Promise<IssuedCertificate[]>;
}
