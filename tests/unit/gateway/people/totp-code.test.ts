import { makeTotpSecret, periodOfCode, readTotpCode, totpAddress, totpCode } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

/** “12345678901234567890” of RFC 6238, appendix B, in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
/** Seconds and the last six of the eight digits of that appendix. */
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

describe('codes of a second device', () => {
  it('are those of RFC 6238', () => {
    for (const [seconds, code] of VECTORS) {
      expect(totpCode(SECRET, seconds * 1_000)).toBe(code);
      expect(periodOfCode(SECRET, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
    }
  });

  it('hold one period longer and one earlier, and no more', () => {
    const at = 1_234_567_890_000;
    const period = Math.floor(at / 30_000);
    const found = [-2, -1, 0, 1, 2].map((ahead) => periodOfCode(SECRET, totpCode(SECRET, at + ahead * 30_000), at));
    expect(found).toEqual([undefined, period - 1, period, period + 1, undefined]);
  });

  it('are read with spaces, and nothing else is one', () => {
    expect([' 123 456 ', '123-456', '123456'].map(readTotpCode)).toEqual(['123456', '123456', '123456']);
    expect(['', '12345', '1234567', '12345a', '١٢٣٤٥٦'].map(readTotpCode)).toEqual(Array(5).fill(undefined));
  });

  it('come from secrets of 160 bits that authenticators understand', () => {
    const secret = makeTotpSecret((bytes) => Buffer.from('12345678901234567890').subarray(0, bytes));
    expect(secret).toBe(SECRET);
    const { protocol, searchParams, pathname } = new URL(totpAddress(SECRET, 'maija@example.org'));
    expect([protocol, decodeURIComponent(pathname)]).toEqual(['otpauth:', '/Hymiö:maija@example.org']);
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ issuer: 'Hymiö', secret: SECRET, algorithm: 'SHA1', digits: '6', period: '30' },
    });
  });
});
