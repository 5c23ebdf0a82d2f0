import { createHash } from 'node:crypto';
import { codeFingerprint, codeText, makeCodeSecret, readCodeText } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const random = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, (_, index) => index * 37);
const EMPTY = createHash('sha256').digest();
const PARTS = { secret: makeCodeSecret(random), fingerprint: codeFingerprint(EMPTY) };

describe('an enrolment code', () => {
  it('is eight groups of four that are read as they were printed', () => {
    expect(codeText(PARTS)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(readCodeText(codeText(PARTS))).toEqual(PARTS);
  });

  it('may be typed in small letters, with spaces, and with letters that look like digits', () => {
    const typed = codeText(PARTS).toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(readCodeText(` ${typed}\n`)).toEqual(PARTS);
  });

  it.each(['', 'ABCD-EFGH', `${codeText(PARTS)}-0000`, codeText(PARTS).replace(/.$/, 'U')])('is not %j', (text) => {
    expect(readCodeText(text)).toBeUndefined();
  });

  it('carries 100 bits of the fingerprint, from its beginning', () => {
    // SHA-256 of nothing begins with e3b0c44298fc1c14: 11100 01110 11000 01100 01000 10000 …
    expect(codeFingerprint(EMPTY)).toMatch(/^WERC8G/);
    expect(codeFingerprint(EMPTY)).toHaveLength(20);
  });
});
