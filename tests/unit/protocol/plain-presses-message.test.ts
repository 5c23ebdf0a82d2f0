import { isPlainPressesMessage, pressesMessageSchema } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const number = fc.oneof(
  fc.integer({ min: -1, max: 5 }),
  fc.constantFrom(0.5, -0, 1e300, 2 ** 53, 2 ** 53 - 1, Date.UTC(2026, 10, 20), 3_155_760_000_000, 3_155_760_000_001),
);
const anything = fc.oneof(number, fc.constantFrom(null, undefined, true, '1', '', [], {}, [1]));
const mostly = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: anything as fc.Arbitrary<unknown> });
const entry = fc.oneof(
  { weight: 1, arbitrary: anything as fc.Arbitrary<unknown> },
  {
    weight: 12,
    arbitrary: fc.record(
      {
        at: mostly(fc.integer({ min: 0, max: 4_000_000_000_000 })),
        rating: mostly(fc.integer({ min: 0, max: 3 })),
        clock: mostly(fc.constantFrom('synced', 'corrected', 'estimated')),
        uncertaintyMs: mostly(fc.integer({ min: 0, max: 1_000 })),
        later: anything,
      },
      { requiredKeys: ['at', 'rating', 'clock'] },
    ),
  },
);
const epoch = fc.oneof(
  { weight: 12, arbitrary: fc.uuid() as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.uuid().map((id) => id.toUpperCase()) as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.uuid().map((id) => `${id}\n`) as fc.Arbitrary<unknown> },
);
const message = fc.oneof(
  { weight: 1, arbitrary: anything as fc.Arbitrary<unknown> },
  {
    weight: 20,
    arbitrary: fc.record(
      {
        epoch: mostly(epoch),
        firstSeq: mostly(fc.integer({ min: 1, max: 9 })),
        oldestSeq: mostly(fc.integer({ min: 1, max: 6 })),
        presses: mostly(fc.array(entry, { maxLength: 3 })),
      },
      { requiredKeys: ['firstSeq', 'presses'] },
    ),
  },
);

describe('a message that is taken for one of presses at a glance', () => {
  it('is one by the schema, which reads the same in it; one that is not is refused by the schema too', () => {
    let plain = 0;
    const tried = 4_000;
    fc.assert(
      fc.property(message, (value) => {
        const judged = pressesMessageSchema.safeParse(value);
        expect(isPlainPressesMessage(value)).toBe(judged.success);
        if (judged.success) {
          plain += 1;
          expect(value).toMatchObject(judged.data);
        }
      }),
      { numRuns: tried },
    );
    expect(plain).toBeGreaterThan(tried / 20);
  });

  it('has at least one press and at most five hundred', () => {
    const press = { at: 1, rating: 1, clock: 'synced' };
    const ofLength = (length: number) => ({
      epoch: '0f8fad5b-d9cb-469f-a165-70867728950e',
      firstSeq: 1,
      oldestSeq: 1,
      presses: Array.from({ length }, () => press),
    });
    expect([0, 1, 500, 501].map((length) => isPlainPressesMessage(ofLength(length)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
