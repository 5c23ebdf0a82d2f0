import { HymioError, isTerminalId } from '@hymio/protocol/plain';

/** A terminal's certificate as the store keeps it; times are UTC ms. */
export interface IssuedCertificate {
  /** Hex, as X.509 tools print it. */
  serial: string;
  terminal: string;
  /** SHA-256 of the public key (SubjectPublicKeyInfo), hex. */
  key: string;
  issuedAt: number;
  notAfter: number;
  /** The certificate itself. */
  pem: string;
  revokedAt?: number;
}

/** Certificates hold from a day before they are issued: a terminal's clock may be slow. */
export const BACKDATED_MS = 24 * 3_600_000;

/** What is asked of a certificate of ours that somebody shows. */
export interface ShownCertificate {
  serialNumber: string;
  subject: string;
  validFrom: string;
}

/** When it was issued, to the second, UTC ms. */
export function issuedAtOf({ validFrom }: Pick<ShownCertificate, 'validFrom'>): number {
  return Date.parse(validFrom) + BACKDATED_MS;
}

/**
 * Whether a certificate that the store does not list was taken from its terminal. A store that was restored from a copy
 * may not list what was issued since; whoever revoked after that what it lists of the terminal meant all that it had.
 * What was issued in the second of a revocation is taken for what came after it: certificates know no parts of seconds.
 */
export function unlistedIsRevoked(
  issuedAt: number,
  ofTerminal: readonly Pick<IssuedCertificate, 'revokedAt'>[],
): boolean {
  return ofTerminal.some(
    ({ revokedAt }) => revokedAt !== undefined && Math.floor(revokedAt / 1_000) > Math.floor(issuedAt / 1_000),
  );
}

/** An enrolment code as the store keeps it: of its secret only the hash. Times are UTC ms. */
export interface EnrolmentCode {
  terminal: string;
  hash: string;
  expiresAt: number;
  /** The key that it was spent on, as in `IssuedCertificate.key`. */
  spentOn?: string;
}

/** One answer for every code that does not hold, so that nobody learns which codes ever existed. */
export function enrolmentRefused(): HymioError {
  return new HymioError(
    'enrolment-refused',
    'This enrolment code does not hold: it is unknown, used, or older than a day.',
    'Check that it was typed as printed, or make a new one with `hymio-gateway enrol-code <terminal>`.',
  );
}

/** One answer for every certificate that cannot be exchanged. */
export function certificateRefused(): HymioError {
  return new HymioError(
    'certificate-refused',
    'This certificate holds no more: it was revoked, or it ran out too long ago.',
    'Enrol the terminal anew, with a code of `hymio-gateway enrol-code <terminal>`.',
  );
}

/**
 * Whether a code authorises this key at `now`. The key that it was spent on may come again while the code lasts, since
 * the answer to its terminal may have been lost; it gets the certificate that it has.
 */
export function codeHolds(code: EnrolmentCode | undefined, key: string, now: number): code is EnrolmentCode {
  if (code === undefined || now >= code.expiresAt) return false;
  return code.spentOn === undefined || code.spentOn === key;
}

/** What a certificate is worth at `now`; `grace`: it ran out, but may still be exchanged for a new one. */
export type Standing = 'valid' | 'grace' | 'expired' | 'revoked';

/** `graceMs`: how long after its end the operator still lets a terminal renew, ms. */
export function standingOf(
  certificate: Pick<IssuedCertificate, 'notAfter' | 'revokedAt'>,
  now: number,
  graceMs: number,
): Standing {
  if (certificate.revokedAt !== undefined) return 'revoked';
  if (now <= certificate.notAfter) return 'valid';
  return now <= certificate.notAfter + graceMs ? 'grace' : 'expired';
}

/** The terminal that a certificate of ours names; undefined where it is not one of a terminal. */
export function terminalOf({ subject }: { subject: string }): string | undefined {
  const name = /^CN=(.*)$/.exec(subject)?.[1];
  return name !== undefined && isTerminalId(name) ? name : undefined;
}
