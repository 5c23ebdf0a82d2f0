import crypto, { randomBytes } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { hashTokenSecret, type MemoryStore, makeTokenSecret, tokenText } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_NOW, sampleStore } from '../../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../../support/test-http-server.js';

/** Hex digits of a SHA-256. */
const HASH_LENGTH = 64;

describe('a guessed token', () => {
  const { timingSafeEqual } = crypto;
  /** What was compared, both sides. */
  const compared: string[][] = [];
  let store: MemoryStore;
  let http: TestHttpServer;
  const secret = makeTokenSecret(randomBytes);
  let token = '';

  beforeAll(async () => {
    store = await sampleStore();
    http = await startTestHttpServer(store, { requireToken: true });
    const hash = hashTokenSecret(secret);
    const { id } = await store.tokens.create(
      { name: 'x', scopes: ['terminals:read'], hash },
      { who: 'x', at: SAMPLE_NOW },
    );
    token = tokenText(id, secret);
    crypto.timingSafeEqual = (one, other) => {
      compared.push([one, other].map((side) => Buffer.from(side as Uint8Array).toString('latin1')));
      return timingSafeEqual(one, other);
    };
    syncBuiltinESMExports();
  });
  afterAll(async () => {
    crypto.timingSafeEqual = timingSafeEqual;
    syncBuiltinESMExports();
    await http.server.stop();
  });

  const ask = async (text: string) => {
    compared.length = 0;
    const { status } = await http.get('/api/v1/terminals', { authorization: `Bearer ${text}` });
    return status;
  };

  it('is compared by its hash, whole, whatever place it differs at: nothing can be learnt from how long that takes', async () => {
    const held = hashTokenSecret(secret);
    expect(await ask(token)).toBe(200);
    expect(compared).toEqual([[held, held]]);
    for (const place of [0, 1, secret.length / 2, secret.length - 2].map(Math.floor)) {
      const guess = `${secret.slice(0, place)}${secret[place] === 'A' ? 'B' : 'A'}${secret.slice(place + 1)}`;
      expect(await ask(token.replace(secret, guess))).toBe(401);
      // Not the text: its hash differs everywhere at once.
      expect(compared).toEqual([[hashTokenSecret(guess), held]]);
      expect(compared.flat().map(({ length }) => length)).toEqual([HASH_LENGTH, HASH_LENGTH]);
    }
  });

  it('is looked for by its number, which is no secret, and not by any of the rest', async () => {
    expect(await ask(token.replace(/_\d+_/, '_999_'))).toBe(401);
    expect(compared).toEqual([]);
    expect(await ask(token.slice(0, -1))).toBe(401);
    expect(compared).toEqual([]);
  });
});
