import { Indicator, NO_CONTACT_EVERY_MS, PATTERNS, SIGNALS, type Signal } from '@hymio/device';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

interface Rig {
  clock: FakeClock;
  indicator: Indicator;
  /** Commands in order: time, and what was switched. */
  commands: string[];
}

function rig(): Rig {
  const clock = new FakeClock();
  const commands: string[] = [];
  const note = (what: string) => (on: boolean) =>
    void commands.push(`${clock.monotonic()} ${what} ${on ? 'on' : 'off'}`);
  const indicator = new Indicator(clock, { light: note('light'), beep: note('beep') });
  return { clock, indicator, commands };
}

function played(signal: Signal): string[] {
  const { clock, indicator, commands } = rig();
  indicator.show(signal);
  clock.advance(10_000);
  expect(indicator.idle).toBe(true);
  return commands;
}

describe('the indicator', () => {
  it('thanks at once with one calm light and a short beep', () => {
    expect(played('thanks')).toEqual(['0 light on', '0 beep on', '60 beep off', '700 light off']);
  });

  it('flashes six times for a press that is not counted', () => {
    const light = played('not-counted').filter((command) => command.includes('light'));
    expect(light.filter((command) => command.endsWith('on'))).toHaveLength(6);
    expect(light.at(-1)).toBe('1870 light off');
  });

  it.each(SIGNALS)('shows %s unlike every other signal, and ends dark', (signal) => {
    const own = played(signal);
    for (const other of SIGNALS) if (other !== signal) expect(played(other)).not.toEqual(own);
    const last = (what: string): string | undefined => own.findLast((command) => command.includes(what));
    for (const what of ['light', 'beep']) expect(last(what) ?? 'off').toMatch(/off$/);
  });

  it.each(SIGNALS)('flashes at most three times within any second for %s, for those with epilepsy', (signal) => {
    const on = played(signal).flatMap((command) =>
      command.endsWith('light on') ? [Number.parseInt(command, 10)] : [],
    );
    for (const start of on) expect(on.filter((ms) => ms >= start && ms < start + 1000).length).toBeLessThanOrEqual(3);
  });

  it('lets the newer signal win', () => {
    const { clock, indicator, commands } = rig();
    indicator.show('not-counted');
    clock.advance(200);
    commands.length = 0;
    indicator.show('thanks');
    clock.advance(5_000);
    expect(commands.filter((command) => command.includes('light'))).toEqual(['200 light on', '900 light off']);
  });

  it('thanks each of two customers visibly, the second within 100 ms as well', () => {
    const { clock, indicator, commands } = rig();
    indicator.show('thanks');
    clock.advance(200);
    commands.length = 0;
    indicator.show('thanks');
    clock.advance(5_000);
    expect(commands.filter((command) => command.includes('light'))).toEqual([
      '200 light off',
      '240 light on',
      '940 light off',
    ]);
  });

  it('goes dark on demand, and forgets a panel that is gone', () => {
    const { clock, indicator, commands } = rig();
    indicator.show('thanks');
    indicator.show('off');
    expect(commands.slice(-2)).toEqual(['0 light off', '0 beep off']);
    indicator.show('thanks');
    commands.length = 0;
    indicator.forget();
    clock.advance(5_000);
    expect(commands).toEqual([]);
    indicator.show('thanks');
    expect(commands[0]).toBe('5000 light on');
  });

  it('is unobtrusive about a gateway that is not heard of', () => {
    const onMs = PATTERNS['no-contact'].light.reduce((sum, ms) => sum + ms, 0);
    expect(onMs / NO_CONTACT_EVERY_MS).toBeLessThan(0.001);
    expect(PATTERNS['no-contact'].beep).toEqual([]);
  });
});
