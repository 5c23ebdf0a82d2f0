import { isKnownNumber, type KnownBoots, withNumber } from '@hymio/device';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

function knownAfter(numbers: readonly number[], panelBoot = 'p', before: KnownBoots = new Map()): KnownBoots {
  return numbers.reduce<KnownBoots>((boots, number) => withNumber(boots, { panelBoot, number }), before);
}

describe('numbers of presses that are kept', () => {
  it('are exactly those that were noted, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 250 }), (numbers) => {
        const boots = knownAfter(numbers);
        for (let number = 1; number <= 300; number += 1) {
          expect(isKnownNumber(boots, { panelBoot: 'p', number })).toBe(numbers.includes(number));
        }
      }),
    );
  });

  it('take little room for a panel that counts on', () => {
    const boots = knownAfter(Array.from({ length: 10_000 }, (_, index) => index + 1));
    expect(boots.get('p')).toEqual({ upTo: 10_000, above: [] });
  });

  it('give up a gap that is older than any panel could remember', () => {
    const boots = knownAfter(Array.from({ length: 300 }, (_, index) => index + 1_000));
    expect(boots.get('p')).toEqual({ upTo: 1_299, above: [] });
  });

  it('are kept for the last power-ups of panels', () => {
    let boots: KnownBoots = new Map();
    for (let boot = 1; boot <= 20; boot += 1) boots = knownAfter([1], `p${boot}`, knownAfter([1], 'always', boots));
    expect([...boots.keys()]).toHaveLength(16);
    expect(isKnownNumber(boots, { panelBoot: 'always', number: 1 })).toBe(true);
    expect(isKnownNumber(boots, { panelBoot: 'p1', number: 1 })).toBe(false);
  });
});
