import { shrinkList } from '@hymio/simulator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a list is made small', () => {
  it('to exactly the items that are needed, wherever they stand', async () => {
    const items = Array.from({ length: 40 }, (_, index) => index);
    await fc.assert(
      fc.asyncProperty(fc.subarray(items), async (needed) => {
        const left = await shrinkList(items, async (part) => needed.every((item) => part.includes(item)));
        expect(left).toEqual(needed);
      }),
    );
  });

  it('in few tries where one of many is needed', async () => {
    const items = Array.from({ length: 1_000 }, (_, index) => index);
    let tries = 0;
    const left = await shrinkList(items, async (part) => {
      tries += 1;
      return part.includes(613);
    });
    expect(left).toEqual([613]);
    expect(tries).toBeLessThan(60);
  });
});
