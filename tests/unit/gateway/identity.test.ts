import {
  CODE_LIFETIME_MS,
  codeFingerprint,
  codeHolds,
  codeText,
  hashCodeSecret,
  makeCodeSecret,
  readCodeText,
  standingOf,
  TryLimit,
  terminalOf,
} from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const random = (bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, (_, index) => index * 37);
const PARTS = { secret: makeCodeSecret(random), fingerprint: codeFingerprint(Buffer.from('a certificate')) };
const NOW = Date.parse('2026-11-26T08:00:00Z');

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
    expect(codeFingerprint(new Uint8Array())).toMatch(/^WERC8G/);
    expect(codeFingerprint(new Uint8Array())).toHaveLength(20);
  });

  const held = { terminal: 'kallio-1', hash: hashCodeSecret(PARTS.secret), expiresAt: NOW + CODE_LIFETIME_MS };
  it.each([
    ['new', held, NOW, true],
    ['in its last moment', held, held.expiresAt - 1, true],
    ['a day old', held, held.expiresAt, false],
    ['spent on the same key', { ...held, spentOn: 'key' }, NOW, true],
    ['spent on another key', { ...held, spentOn: 'other' }, NOW, false],
    ['spent on the same key a day ago', { ...held, spentOn: 'key' }, held.expiresAt, false],
    ['unknown', undefined, NOW, false],
  ])('%s', (_what, code, now, holds) => {
    expect(codeHolds(code, 'key', now)).toBe(holds);
  });
});

describe('a certificate', () => {
  it.each([
    [{ notAfter: NOW }, NOW, 'valid'],
    [{ notAfter: NOW - 1 }, NOW, 'grace'],
    [{ notAfter: NOW - 1_000 }, NOW, 'grace'],
    [{ notAfter: NOW - 1_001 }, NOW, 'expired'],
    [{ notAfter: NOW + 1, revokedAt: 1 }, NOW, 'revoked'],
    [{ notAfter: NOW - 1, revokedAt: 1 }, NOW, 'revoked'],
  ])('%j is %s', (certificate, now, standing) => {
    expect(standingOf(certificate, now, 1_000)).toBe(standing);
  });

  it.each([
    ['CN=kallio-1', 'kallio-1'],
    ['CN=hymio_gateway', undefined],
    ['CN=kallio-1\nCN=malmi-1', undefined],
    ['O=x\nCN=kallio-1', undefined],
    ['CN=', undefined],
  ])('of %j is of terminal %s', (subject, terminal) => {
    expect(terminalOf({ subject })).toBe(terminal);
  });
});

describe('the limit of tries', () => {
  const limit = () => new TryLimit({ perAddress: 2, inAll: 3, windowMs: 1_000 });

  it('stops an address, and no other, until the window has passed', () => {
    const tries = limit();
    expect([tries.begin('a', 0), tries.begin('a', 1)]).not.toContain(undefined);
    expect(tries.begin('a', 2)).toBeUndefined();
    expect(tries.begin('b', 2)).toBeDefined();
    expect(tries.begin('a', 1_000)).toBeDefined();
  });

  it('stops all where many addresses try', () => {
    const tries = limit();
    for (const address of ['a', 'b', 'c']) expect(tries.begin(address, 0)).toBeDefined();
    expect(tries.begin('d', 999)).toBeUndefined();
    expect(tries.begin('d', 1_000)).toBeDefined();
  });

  it('does not count what succeeded', () => {
    const tries = limit();
    for (let each = 0; each < 10; each += 1) tries.begin('a', 0)?.();
    expect(tries.begin('a', 0)).toBeDefined();
  });
});
