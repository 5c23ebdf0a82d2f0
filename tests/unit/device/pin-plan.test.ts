import { type BoardCapabilities, planPins } from '@hymio/device';
import { describe, expect, it } from 'vitest';

const modes = { INPUT: 0, OUTPUT: 1, PULLUP: 11 };

/** An Uno: 14 digital pins of which two carry the connection, six analog ones. */
function uno(firmata: 'old' | 'new'): BoardCapabilities {
  const usable = firmata === 'new' ? [0, 1, 11] : [0, 1];
  const pins = Array.from({ length: 20 }, (_, pin) => ({ supportedModes: pin < 2 ? [] : usable }));
  return { pins, analogPins: [14, 15, 16, 17, 18, 19], modes };
}
const CONFIG = { pins: [2, 7, 8, 'A1'] as [number, number, number, string], led: 13, activeLow: true };

describe('the plan of the pins', () => {
  it('finds the button of each pin, analog ones by their name', () => {
    const plan = planPins(CONFIG, uno('new'));
    expect(plan).toMatchObject({ led: 13, beeper: undefined, buttonMode: 'pullup' });
    expect(typeof plan === 'string' ? [] : [...plan.buttons]).toEqual([
      [2, 0],
      [7, 1],
      [8, 2],
      [15, 3],
    ]);
  });

  it('keeps the pull-ups of all buttons on whenever a port is written', () => {
    const plan = planPins(CONFIG, uno('old'));
    expect(plan).toMatchObject({ buttonMode: 'input' });
    expect(typeof plan === 'string' ? [] : [...plan.inputMasks]).toEqual([
      [0, { mask: 0b1000_0100, bits: 0b1000_0100 }],
      [1, { mask: 0b1000_0001, bits: 0b1000_0001 }],
    ]);
  });

  it('keeps them off where buttons connect to the supply', () => {
    const plan = planPins({ ...CONFIG, activeLow: false }, uno('new'));
    expect(plan).toMatchObject({ buttonMode: 'input' });
    expect(typeof plan === 'string' ? [] : [...plan.inputMasks.values()].map(({ bits }) => bits)).toEqual([0, 0]);
  });

  it('says what the board cannot do', () => {
    expect(planPins({ ...CONFIG, led: 42 }, uno('new'))).toBe('pin 42 (led) cannot be used on this board');
    expect(planPins({ ...CONFIG, pins: [2, 3, 'A9', 1] }, uno('new'))).toMatch(/A9 \(happy\).*1 \(very-happy\)/);
    expect(planPins({ ...CONFIG, led: 15 }, uno('new'))).toMatch(/one and the same/);
  });
});
