import { Secret } from 'otpauth';
import { hashTokenSecret } from '../../tokens/token-text.js';

const CODES = 10;
/** 80 bits: so many that a plain hash of them is enough. */
const CODE_BYTES = 10;

/** Codes for who has lost the device, each good once: to be shown now, and never again. */
export function makeRecoveryCodes(random: (bytes: number) => Buffer): string[] {
  return Array.from({ length: CODES }, () =>
    inFours(new Secret({ buffer: Uint8Array.from(random(CODE_BYTES)).buffer }).base32.toLowerCase()),
  );
}

/** What is kept of a code, however it is typed. */
export function hashRecoveryCode(typed: string): string {
  return hashTokenSecret(typed.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}

/** Easier to copy by hand. */
export function inFours(text: string, between = '-'): string {
  return (text.match(/.{1,4}/g) ?? []).join(between);
}
