import {
  ackMessageSchema,
  batchHeadSchema,
  configMessageSchema,
  decode,
  decodeJson,
  pressesMessageSchema,
  statusMessageSchema,
} from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

const epoch = '0f8fad5b-d9cb-469f-a165-70867728950e';
const bytes = (text: string) => new TextEncoder().encode(text);
const json = (value: unknown) => bytes(JSON.stringify(value));
const schemas: Record<string, z.ZodType> = {
  pressesMessageSchema,
  ackMessageSchema,
  statusMessageSchema,
  configMessageSchema,
};

describe('decode', () => {
  it.each(Object.entries(schemas))('never throws on random bytes: %s', (_, schema) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (payload) => {
        const result = decode(schema, payload);
        if (!result.ok) expect(result.reason).not.toBe('');
      }),
    );
  });

  it.each(Object.entries(schemas))('never throws on JSON of any shape, deep or wide: %s', (_, schema) => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(typeof decode(schema, bytes(text)).ok).toBe('boolean');
      }),
    );
  });

  it('gives the same message back, whatever presses it carries', () => {
    const press = fc.record({
      at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
      rating: fc.integer({ min: 0, max: 3 }),
      clock: fc.constantFrom('synced', 'corrected'),
    });
    const message = fc.record({
      epoch: fc.uuid(),
      firstSeq: fc.integer({ min: 10, max: 1_000_000 }),
      oldestSeq: fc.integer({ min: 1, max: 10 }),
      presses: fc.array(fc.option(press), { minLength: 1, maxLength: 500 }),
    });
    fc.assert(
      fc.property(message, (sent) => {
        expect(decode(pressesMessageSchema, json(sent))).toEqual({ ok: true, message: sent });
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['half a document', bytes('{"epoch":')],
    ['a document and a half', bytes('{} {')],
    ['a byte that is not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['a number that is not JSON', bytes('{"upTo":NaN}')],
  ])('says of %s that it is not JSON in UTF-8', (_, payload) => {
    const result = decodeJson(payload);
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(/^not JSON in UTF-8: /) });
  });

  it('does not let a message reach into the prototype of objects', () => {
    const result = decode(ackMessageSchema, bytes(`{"epoch":"${epoch}","upTo":1,"__proto__":{"rewind":true}}`));
    expect(result).toEqual({ ok: true, message: { epoch, upTo: 1 } });
    expect('rewind' in {}).toBe(false);
  });

  it('names every fault with its path, ten at most', () => {
    const presses = Array.from({ length: 13 }, () => ({ at: 0, rating: 9, clock: 'synced' }));
    const result = decode(pressesMessageSchema, json({ epoch, firstSeq: 1, oldestSeq: 1, presses }));
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.reason).toContain('presses.0.rating: ');
    expect(result.reason).toContain('presses.9.rating: ');
    expect(result.reason).not.toContain('presses.10.rating: ');
    expect(result.reason).toMatch(/and 3 more$/);
  });
});

describe('the head of a batch that is refused', () => {
  it('is read where the presses are not', () => {
    const head = { epoch, firstSeq: 3, presses: [{ rating: 9 }, 'x'] };
    expect(decode(batchHeadSchema, json({ ...head, oldestSeq: 'x' }))).toEqual({ ok: true, message: head });
  });

  it('is read as far as it can be', () => {
    const result = decode(batchHeadSchema, json({ epoch, firstSeq: 'first', presses: 7 }));
    expect(result).toEqual({ ok: true, message: { epoch } });
  });

  it('is nothing without an epoch', () => {
    expect(decode(batchHeadSchema, json({ firstSeq: 3, presses: [] })).ok).toBe(false);
  });
});
