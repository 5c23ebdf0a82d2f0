import { createHash } from 'node:crypto';
import { codeFingerprint } from '@hymio/protocol';

/** What is kept of a code's secret: its SHA-256, hex. 60 bits of chance outlast the day for which it matters. */
export function hashCodeSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The beginning of a certificate's (DER) fingerprint, as codes carry it. */
export function authorityFingerprint(certificate: Uint8Array): string {
  return codeFingerprint(createHash('sha256').update(certificate).digest());
}
