import { PlaceNumbers } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

describe('numbers of places', () => {
  it('are given from 0 on, and stay', () => {
    const numbers = new PlaceNumbers();
    expect(['kallio', 'malmi', 'kallio', 'pasila'].map((id) => numbers.of(id))).toEqual([0, 1, 0, 2]);
    expect(numbers.find('malmi')).toBe(1);
    expect(numbers.find('vuosaari')).toBeUndefined();
  });

  it('go to the next place when one is free again, and no number to two', () => {
    const numbers = new PlaceNumbers();
    for (const id of ['a', 'b', 'c', 'd']) numbers.of(id);
    numbers.release('b');
    numbers.release('nobody');
    numbers.release('d');
    expect(numbers.find('b')).toBeUndefined();
    const again = ['e', 'f', 'g', 'b'].map((id) => numbers.of(id));
    expect([...again].sort()).toEqual([1, 3, 4, 5]);
    expect([numbers.find('a'), numbers.find('c')]).toEqual([0, 2]);
  });
});
