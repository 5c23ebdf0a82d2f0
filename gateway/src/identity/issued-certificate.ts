import { HymioError, terminalIdSchema } from '@hymio/protocol';

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
  const name = terminalIdSchema.safeParse(/^CN=(.*)$/.exec(subject)?.[1]);
  return name.success ? name.data : undefined;
}
