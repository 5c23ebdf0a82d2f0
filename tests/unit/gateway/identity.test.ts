import { codeHolds, hashCodeSecret, standingOf, TryLimit, terminalOf } from '@hymio/gateway';
import { CODE_LIFETIME_MS } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const NOW = Date.parse('2026-11-26T08:00:00Z');

describe('an enrolment code', () => {
  const held = { terminal: 'kallio-1', hash: hashCodeSecret('a secret'), expiresAt: NOW + CODE_LIFETIME_MS };
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
