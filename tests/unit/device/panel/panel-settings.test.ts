import { type PressOutcome, SILENT_LOG, SupervisedPanel, type SupervisedPanelOptions } from '@hymio/device';
import { IDENTIFY_MS, RATINGS, type Rating } from '@hymio/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeDriver } from '../../../support/fake-driver.js';
import { FakeClock } from '../fake-clock.js';

function start(options: Partial<SupervisedPanelOptions> = {}) {
  const clock = new FakeClock({ startMs: 1_000_000 });
  const driver = new FakeDriver(() => clock.monotonic());
  const presses: number[] = [];
  const disk = { keeps: true };
  const panel = new SupervisedPanel({
    makeDriver: () => driver,
    clock,
    random: () => 0.5,
    log: SILENT_LOG,
    usage: { load: () => undefined, save: () => undefined },
    ...options,
  });
  const onPress = (rating: Rating): PressOutcome => {
    if (!disk.keeps) return { kept: false, rating, code: 'journal-full' };
    presses.push(clock.monotonic());
    return { kept: true, epoch: 'e', seq: presses.length, rating };
  };
  panel.start(onPress, { knows: () => false, fault: () => undefined, gatewaySilentMs: () => 0 });
  onTestFinished(() => panel.stop());
  driver.ready();
  clock.advance(2_000);
  driver.commands.length = 0;
  /** One push that is let go of after so long. */
  const push = (rating: Rating, heldMs = 50): void => {
    driver.edge(rating, true);
    clock.advance(heldMs);
    driver.edge(rating, false);
  };
  const lit = (): number => driver.commands.filter((command) => command.endsWith('light on')).length;
  const beeps = (): number => driver.commands.filter((command) => command.endsWith('beep on')).length;
  return { clock, driver, panel, presses, push, lit, beeps, disk };
}

describe('a lockout that is changed while people press', () => {
  it('when it grows, loses no press that was made by the old one', () => {
    const { clock, panel, presses, push } = start();
    push(2);
    clock.advance(20);
    panel.apply({ lockoutMs: 200 });
    clock.advance(20);
    // 40 ms after it was let go: a press by the lockout of 25 ms that held then.
    push(2);
    clock.advance(100);
    expect(presses).toHaveLength(2);
    // From now on 200 ms: this one is bounce.
    push(2);
    clock.advance(1_000);
    expect(presses).toHaveLength(2);
    push(2);
    expect(presses).toHaveLength(3);
  });

  it('when it shrinks, makes no second press of a bounce', () => {
    const { clock, driver, panel, presses } = start({
      rules: {
        lockoutMs: 100,
        stuckMs: 60_000,
        chatterEdgesPerSecond: 20,
        chatterSeconds: 5,
        chatterQuietMs: 600_000,
      },
    });
    driver.edge(1, true);
    clock.advance(200);
    driver.edge(1, false);
    panel.apply({ lockoutMs: 12 });
    clock.advance(50);
    driver.edge(1, true);
    clock.advance(200);
    expect(presses).toHaveLength(1);
    driver.edge(1, false);
    clock.advance(50);
    driver.edge(1, true);
    clock.advance(1_000);
    expect(presses).toHaveLength(2);
  });

  it('in the middle of a push, counts that push once', () => {
    for (const lockoutMs of [12, 200]) {
      const { clock, driver, panel, presses } = start();
      driver.edge(0, true);
      panel.apply({ lockoutMs });
      clock.advance(2);
      driver.edge(0, false);
      clock.advance(2);
      driver.edge(0, true);
      clock.advance(300);
      driver.edge(0, false);
      clock.advance(2_000);
      expect(presses).toHaveLength(1);
    }
  });

  it('is the terminal’s own again where none is desired any more', () => {
    const { clock, panel, presses, push } = start();
    panel.apply({ lockoutMs: 200 });
    panel.apply({});
    push(3);
    clock.advance(40);
    push(3);
    clock.advance(1_000);
    expect(presses).toHaveLength(2);
  });
});

describe('thanks', () => {
  it.each([
    ['light-and-beep', 1, 1],
    ['light', 1, 0],
    ['beep', 0, 1],
  ] as const)('by %s', (thanks, lights, sounds) => {
    const { clock, panel, push, lit, beeps } = start();
    panel.apply({ thanks });
    push(1);
    clock.advance(2_000);
    expect([lit(), beeps()]).toEqual([lights, sounds]);
  });

  it('by sound alone: a press that is not kept is still shown', () => {
    const { clock, panel, push, lit, disk } = start();
    panel.apply({ thanks: 'beep' });
    disk.keeps = false;
    push(1);
    clock.advance(3_000);
    expect(lit()).toBe(6);
  });

  it('are refused by what the panel does not have', () => {
    const silent = start({ has: { light: true, beep: false } }).panel;
    expect(silent.cannot({ thanks: 'beep' })).toContain('no beeper');
    expect(silent.cannot({ thanks: 'light' })).toBeUndefined();
    expect(start({ has: { light: false, beep: true } }).panel.cannot({ thanks: 'light' })).toContain('no light');
  });
});

describe('a panel that is to be found', () => {
  it('blinks for 20 s, once a second, and is dark afterwards', () => {
    const { clock, driver, panel, lit } = start();
    const from = clock.monotonic();
    expect(panel.identify()).toBeUndefined();
    clock.advance(60_000);
    expect(lit()).toBe(IDENTIFY_MS / 1_000);
    expect(driver.commands.slice(0, 4)).toEqual(
      [0, 500, 1_000, 1_500].map((ms, index) => `${from + ms} light ${index % 2 === 0 ? 'on' : 'off'}`),
    );
    expect(driver.commands.at(-1)).toBe(`${from + 19_500} light off`);
  });

  it('blinks alike whatever is pressed, and thanks meanwhile', () => {
    const shown = RATINGS.map((rating) => {
      const { clock, driver, panel, push, presses } = start();
      panel.identify();
      clock.advance(5_100);
      push(rating);
      clock.advance(60_000);
      expect(presses).toHaveLength(1);
      expect(driver.commands.filter((command) => command.endsWith('beep on'))).toHaveLength(1);
      return driver.commands.join('; ');
    });
    expect(new Set(shown).size).toBe(1);
  });

  it('says where it cannot', () => {
    expect(start({ has: { light: false, beep: true } }).panel.identify()).toBe('no-light');
    const { driver, panel } = start();
    panel.identify();
    driver.fail('panel-unplugged');
    expect(panel.identify()).toBe('no-panel');
  });
});
