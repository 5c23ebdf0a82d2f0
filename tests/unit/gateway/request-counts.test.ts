import { RequestCounts } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

describe('the requests of each who asks', () => {
  it('are counted from its own first one, and anew once that is long enough ago', () => {
    const counts = new RequestCounts(1_000);
    expect(counts.add('a', 0)).toEqual({ requests: 1, leftMs: 1_000 });
    expect(counts.add('b', 600)).toEqual({ requests: 1, leftMs: 1_000 });
    expect(counts.add('a', 999)).toEqual({ requests: 2, leftMs: 1 });
    expect(counts.add('a', 1_000)).toEqual({ requests: 1, leftMs: 1_000 });
    expect(counts.add('b', 1_599)).toEqual({ requests: 2, leftMs: 1 });
    expect(counts.add('b', 1_600).requests).toBe(1);
    expect(counts.add('a', 1_999).requests).toBe(2);
  });

  it('are remembered of 20,000: beyond those the ones are forgotten whose time began first', () => {
    const counts = new RequestCounts(1_000);
    const first = 19_999;
    for (let who = 0; who <= first; who += 1) counts.add(`${who}`, 0);
    expect(counts.add(`${first}`, 1).requests).toBe(2);
    counts.add('one more', 2);
    expect(counts.add(`${first}`, 3).requests).toBe(3);
    expect(counts.add('0', 4).requests).toBe(1);
  });
});
