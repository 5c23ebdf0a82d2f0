import { isIPv6 } from 'node:net';
import { CODE_LIFETIME_MS, codeText, makeCodeSecret } from '@hymio/protocol';
import type { Actor } from '../exclusions/exclusion.js';
import { authorityFingerprint, hashCodeSecret } from './code-hashes.js';
import { enrolmentClosed } from './enrolment-closed.js';
import type { IssuedCertificate } from './issued-certificate.js';
import type { TerminalIdentities } from './terminal-identities.js';

export interface EnrolmentDeskParts {
  identities: Pick<TerminalIdentities, 'addCode' | 'openCode' | 'withdrawCode' | 'certificates' | 'revoke'>;
  /** The authority's certificate, DER. */
  authority: Uint8Array;
  /** Where terminals enrol, as they call it: `https://hymio.example.org:8443`; absent: nowhere. */
  address?: string;
  /** So many unpredictable bytes. */
  random: (bytes: number) => Uint8Array;
}

/** What is known of how a terminal proves itself; times are UTC ms. */
export interface TerminalStanding {
  /** The newest that was issued, whatever it is worth; `renewed`: in exchange for an older one. */
  certificate?: Pick<IssuedCertificate, 'issuedAt' | 'notAfter' | 'revokedAt'> & { renewed: boolean };
  /** A code that has not been used yet. */
  code?: { expiresAt: number };
}

/** A code as it is told once. */
export interface MadeCode {
  text: string;
  /** UTC ms. */
  expiresAt: number;
  /** Where it is used. */
  address: string;
}

/** What administrators do about the certificates of terminals. Every change is in the log of changes. */
export class EnrolmentDesk {
  readonly #parts: EnrolmentDeskParts;

  constructor(parts: EnrolmentDeskParts) {
    this.#parts = parts;
  }

  /** Whether codes can be made: is there an address at which terminals enrol? */
  get isOpen(): boolean {
    return this.#parts.address !== undefined;
  }

  /** `now`: UTC ms. Errors: the store's. */
  async standing(terminal: string, now: number): Promise<TerminalStanding> {
    const { identities } = this.#parts;
    const [certificates, code] = await Promise.all([
      identities.certificates(terminal),
      identities.openCode(terminal, now),
    ]);
    const newest = certificates.at(-1);
    return {
      ...(newest !== undefined && { certificate: { ...newest, renewed: isRenewal(newest, certificates) } }),
      ...(code !== undefined && { code: { expiresAt: code.expiresAt } }),
    };
  }

  /** The only time that the code is told; of it the store has a hash. Errors: HymioError `identity-needed`, the store's. */
  async makeCode(terminal: string, by: Actor): Promise<MadeCode> {
    const { identities, authority, address, random } = this.#parts;
    if (address === undefined) throw enrolmentClosed();
    const secret = makeCodeSecret(random);
    const expiresAt = by.at + CODE_LIFETIME_MS;
    await identities.addCode({ terminal, hash: hashCodeSecret(secret), expiresAt }, by);
    return { text: codeText({ secret, fingerprint: authorityFingerprint(authority) }), expiresAt, address };
  }

  /** Errors: HymioError `no-enrolment-code`, the store's. */
  withdrawCode(terminal: string, by: Actor): Promise<void> {
    return this.#parts.identities.withdrawCode(terminal, by);
  }

  /** Its certificates and its code hold no more, and its connections end. Errors: HymioError `no-certificate`, the store's. */
  async shutOut(terminal: string, by: Actor): Promise<void> {
    await this.#parts.identities.revoke(terminal, by);
  }
}

/** Where terminals enrol, by the first name of the gateway. */
export function enrolmentAddress(names: readonly string[], port: number): string {
  const [name = ''] = names;
  return `https://${isIPv6(name) ? `[${name}]` : name}:${port}`;
}

/** Enrolling revokes what was there before, renewing leaves it. */
function isRenewal(newest: IssuedCertificate, certificates: readonly IssuedCertificate[]): boolean {
  return certificates.some((one) => one !== newest && (one.revokedAt ?? Number.POSITIVE_INFINITY) > newest.issuedAt);
}
