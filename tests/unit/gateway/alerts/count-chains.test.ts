import { CountChains, NO_CHAIN } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** What a chain counts, by key. */
function read(chains: CountChains, chain: number): Map<number, number> {
  const found = new Map<number, number>();
  const same = chains.filter(chain, (key, count) => {
    found.set(key, (found.get(key) ?? 0) + count);
    return true;
  });
  expect(same).toBe(chain);
  return found;
}

function fill(chains: CountChains, keys: number, count = 1): number {
  let chain = NO_CHAIN;
  for (let key = 0; key < keys; key += 1) chain = chains.add(chain, key, count);
  return chain;
}

describe('chains of counts', () => {
  it('begin with nothing, and nothing more of a key changes nothing', () => {
    const chains = new CountChains(305);
    expect(chains.add(NO_CHAIN, 3, 0)).toBe(NO_CHAIN);
    expect(chains.filter(NO_CHAIN, () => false)).toBe(NO_CHAIN);
  });

  it.each([1, 2, 305, 512, 513, 32_768])('keep %d keys apart, the greatest counts included', (keys) => {
    const chains = new CountChains(keys);
    let chain = chains.add(NO_CHAIN, keys - 1, 700);
    chain = chains.add(chain, 0, 3);
    const expected =
      keys === 1
        ? [[0, 703]]
        : [
            [keys - 1, 700],
            [0, 3],
          ];
    expect(read(chains, chain)).toEqual(new Map(expected as [number, number][]));
  });

  it('refuse more keys than fit', () => {
    expect(() => new CountChains(32_769)).toThrow(RangeError);
  });

  it('add to what a key has, until its entry is full', () => {
    const chains = new CountChains(305);
    let chain = NO_CHAIN;
    for (let press = 0; press < 127; press += 1) chain = chains.add(chain, 7, 1);
    const entries: number[] = [];
    chains.filter(chain, (_, count) => entries.push(count) > 0);
    expect(entries).toEqual([127]);
    chain = chains.add(chain, 7, 1);
    entries.length = 0;
    chains.filter(chain, (_, count) => entries.push(count) > 0);
    expect(entries).toEqual([127, 1]);
  });

  it('fill the room that a chain has before they take more', () => {
    const chains = new CountChains(305);
    const six = fill(chains, 6);
    expect(chains.add(six, 5, 1)).toBe(six);
    const seven = chains.add(six, 6, 1);
    expect(seven).not.toBe(six);
    expect(chains.add(seven, 7, 1)).toBe(seven);
  });

  it('look for a key where the last twelve were added, and give it another entry otherwise', () => {
    const chains = new CountChains(305);
    const chain = fill(chains, 18);
    expect(chains.add(chain, 6, 1)).toBe(chain);
    const longer = chains.add(chain, 5, 1);
    expect(longer).not.toBe(chain);
    expect([5, 6, 7].map((key) => read(chains, longer).get(key))).toEqual([2, 2, 1]);
  });

  it('have room again where something went', () => {
    const chains = new CountChains(305);
    for (let gone = 0; gone < 14; gone += 1) {
      const chain = chains.filter(fill(chains, 14), (key) => key !== gone);
      let more = chain;
      for (let key = 100; key < 105; key += 1) more = chains.add(more, key, 1);
      // 13 and 5 fill three chunks: it is the first that has room for five.
      expect(more).toBe(chain);
      expect(chains.add(more, 105, 1)).not.toBe(chain);
    }
  });

  it('give what a chain no longer needs to the next one', () => {
    const chains = new CountChains(305);
    const first = fill(chains, 60);
    expect(chains.filter(first, () => false)).toBe(NO_CHAIN);
    const numbers = new Set<number>();
    for (let chain = 0; chain < 10; chain += 1) numbers.add(fill(chains, 6));
    // Sixty keys are ten chunks: the same ten.
    expect([...numbers].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(fill(chains, 1)).toBe(11);
  });

  it('stay apart when there are hundreds of thousands of chunks', () => {
    const chains = new CountChains(305);
    const all = Array.from({ length: 10_000 }, (_, index) => fill(chains, 50, 1 + (index % 100)));
    // More than 65,536 chunks: their numbers need both halves.
    expect(Math.max(...all)).toBeGreaterThan(65_536);
    for (const index of [0, 1, 4_999, 9_998, 9_999]) {
      const found = read(chains, all[index] ?? 0);
      expect(found.size).toBe(50);
      expect(new Set(found.values())).toEqual(new Set([1 + (index % 100)]));
    }
  });

  it('do not grow for ever where more keys than are looked for come in turn', () => {
    const chains = new CountChains(305);
    const other = fill(chains, 50, 3);
    let chain = NO_CHAIN;
    for (let press = 0; press < 200_000; press += 1) chain = chains.add(chain, (press * 7) % 305, 1);
    let entries = 0;
    chains.filter(chain, () => ++entries > 0);
    // An array of chunks holds 6,144 entries: only where it is full is another one taken, or fewer are made of them.
    expect(entries).toBeLessThan(2 * 6_144);
    const found = read(chains, chain);
    expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(200_000);
    expect(new Set(found.values())).toEqual(new Set([655, 656]));
    expect(read(chains, other)).toEqual(new Map(Array.from({ length: 50 }, (_, key) => [key, 3])));
  });

  it('give out a new array where nothing can be put together', () => {
    const chains = new CountChains(305);
    let chain = NO_CHAIN;
    for (let entry = 0; entry < 20_000; entry += 1) chain = chains.add(chain, entry % 305, 127);
    chain = chains.add(chain, 4, 1);
    const found = read(chains, chain);
    expect(found.size).toBe(305);
    expect([...found.values()].reduce((sum, count) => sum + count, 0)).toBe(20_000 * 127 + 1);
  });

  it('hold what plain maps would hold', () => {
    const chain = fc.nat(2);
    const add = fc.record({ chain, key: fc.nat(19), count: fc.oneof(fc.nat(3), fc.nat(5_000)) });
    const drop = fc.record({ chain, below: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(fc.oneof(add, drop), { maxLength: 80 }), (steps) => {
        const chains = new CountChains(20);
        const numbers = [NO_CHAIN, NO_CHAIN, NO_CHAIN];
        const plain = numbers.map(() => new Map<number, number>());
        for (const step of steps) {
          const [number = NO_CHAIN, expected = new Map()] = [numbers[step.chain], plain[step.chain]];
          if ('below' in step) {
            numbers[step.chain] = chains.filter(number, (key) => key >= step.below);
            for (const key of [...expected.keys()]) if (key < step.below) expected.delete(key);
          } else {
            numbers[step.chain] = chains.add(number, step.key, step.count);
            if (step.count > 0) expected.set(step.key, (expected.get(step.key) ?? 0) + step.count);
          }
        }
        expect(numbers.map((number) => read(chains, number))).toEqual(plain);
      }),
    );
  });
});
