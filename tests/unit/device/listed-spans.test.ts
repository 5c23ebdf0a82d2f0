import { listedSpans } from '@hymio/device';
import type { EpochSpan } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

function spans(count: number): EpochSpan[] {
  return Array.from({ length: count }, (_, index) => ({
    epoch: String(index),
    oldestSeq: 1,
    lastSeq: 1,
    ackedSeq: 1,
  }));
}

describe('the epochs that a status lists', () => {
  it('are all of them, always, up to 50', () => {
    for (const count of [0, 1, 50]) {
      expect(listedSpans(spans(count), 0)).toEqual(spans(count));
      expect(listedSpans(spans(count), 7)).toEqual(spans(count));
    }
  });

  it.each([51, 99, 100, 101, 230])('are 50 of %i, oldest first, and each of them in turn', (count) => {
    const all = spans(count);
    const seen = new Set<string>();
    for (let turn = 0; turn < Math.ceil(count / 50); turn += 1) {
      const listed = listedSpans(all, turn);
      expect(listed).toHaveLength(50);
      expect(listed.map(({ epoch }) => Number(epoch))).toEqual(
        Array.from({ length: 50 }, (_, index) => Number(listed[0]?.epoch) + index),
      );
      for (const { epoch } of listed) seen.add(epoch);
    }
    expect(seen.size).toBe(count);
    expect(listedSpans(all, Math.ceil(count / 50))).toEqual(listedSpans(all, 0));
  });
});
