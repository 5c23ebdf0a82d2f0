import { decodePress, encodePress, type PressRow } from '@hymio/device';
import { RATINGS } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const press = fc.record({
  rating: fc.constantFrom(...RATINGS),
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  bootMs: fc.integer({ min: 0, max: 10 ** 12 }),
  synced: fc.boolean(),
});
const seq = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const epochNo = fc.integer({ min: 1, max: 2 ** 20 });
const FIELDS = ['id', 'at', 'boot_ms', 'flags', 'acked', 'crc'] as const satisfies (keyof PressRow)[];

describe('a press as a row', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.uuid(), epochNo, seq, press, seq, (epoch, no, number, each, acked) => {
        expect(decodePress(epoch, encodePress(epoch, no, number, each, acked))).toEqual({ ...each, seq: number });
      }),
    );
  });

  it('is refused where one bit of it flipped, or where it belongs to another epoch', () => {
    const bit = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(fc.uuid(), seq, press, fc.constantFrom(...FIELDS), bit, (epoch, number, each, field, place) => {
        const row = encodePress(epoch, 3, number, each, 5);
        const flipped = { ...row, [field]: Number(BigInt(row[field]) ^ (1n << BigInt(place))) };
        expect(decodePress(epoch, flipped)).toBeNull();
        expect(decodePress('another', row)).toBeNull();
      }),
    );
  });
});
