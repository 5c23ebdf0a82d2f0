import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertRig, DAY, HOUR, MINUTE, mailTo, S } from './alert-rig.js';

const BY = { who: 'Aino', at: 0 };
const HAPPY = (count: number) => Array.from({ length: count }, () => 3 as const);
let rig: AlertRig;

beforeEach(async () => {
  rig = await AlertRig.start();
  rig.terminals = ['kallio-1', 'malmi-1'].map((id) => {
    return { id, servicePoint: id.replace('-1', ''), state: 'working', since: rig.now, faults: [] };
  });
  await rig.engine.saveRecipients({ kind: 'organisation' }, [mailTo('boss@example.org')], BY);
});
afterEach(async () => {
  expect(rig.logged).toEqual([]);
  await rig.end();
});

describe('an alert about a terminal that sends what no panel can send', () => {
  it('opens on presses closer than buttons can be pressed, closes an hour after the last, and comes back as the same', async () => {
    await rig.press(HAPPY(500), rig.now, 'kallio-1', 0);
    await rig.pass(10 * S);
    const [alert] = await rig.alerts();
    expect(alert).toMatchObject({
      rule: { name: 'suspect-presses' },
      subject: { kind: 'terminal', terminal: 'kallio-1', servicePoint: 'kallio' },
      numbers: { kind: 'suspect', ahead: 0, pace: 450 },
    });
    await rig.pass(59 * MINUTE);
    expect(await rig.story()).toEqual(['suspect-presses kallio-1 open']);
    await rig.pass(3 * MINUTE);
    expect(await rig.story()).toEqual(['suspect-presses kallio-1 recovered']);
    await rig.press(HAPPY(100), rig.now, 'kallio-1', 0);
    await rig.pass(10 * S);
    expect(await rig.story()).toEqual(['suspect-presses kallio-1 open']);
    expect(await rig.notices()).toEqual(['opened boss@example.org']);
  });

  it('opens at the fifth press of a clock that runs far ahead', async () => {
    await rig.press(HAPPY(4), rig.now + 30 * DAY);
    await rig.pass(MINUTE);
    expect(await rig.alerts()).toEqual([]);
    await rig.press(HAPPY(1), rig.now + 30 * DAY);
    await rig.pass(10 * S);
    const [alert] = await rig.alerts();
    expect(alert?.numbers).toMatchObject({ kind: 'suspect', ahead: 5, pace: 0 });
    if (alert === undefined) throw new Error('no alert');
    expect(await rig.engine.numbersNow(alert)).toMatchObject({ kind: 'suspect', ahead: 5, pace: 0, to: rig.now });
  });

  it.each([
    ['forward', 2 * HOUR],
    ['back', -2 * HOUR],
  ])('stays open for an hour of time that passes, where the clock of the gateway was set %s', async (_way, byMs) => {
    await rig.press(HAPPY(100), rig.now, 'kallio-1', 0);
    await rig.pass(30 * MINUTE);
    rig.setClock(byMs);
    await rig.pass(29 * MINUTE);
    expect(await rig.story()).toEqual(['suspect-presses kallio-1 open']);
    await rig.pass(3 * MINUTE);
    expect(await rig.story()).toEqual(['suspect-presses kallio-1 recovered']);
  });

  it('stays open over a restart for an hour, which the gateway did not see', async () => {
    await rig.press(HAPPY(100), rig.now, 'kallio-1', 0);
    await rig.pass(10 * S);
    await rig.restart();
    await rig.pass(59 * MINUTE);
    expect(await rig.story()).toEqual(['suspect-presses kallio-1 open']);
    await rig.pass(2 * MINUTE);
    expect(await rig.story()).toEqual(['suspect-presses kallio-1 recovered']);
  });

  it.each([
    ['presses of weeks that come at once', () => rig.press(HAPPY(500), rig.now - DAY, 'kallio-1', HOUR)],
    [
      'a clock that was set back',
      async () => {
        await rig.press(HAPPY(100), rig.now, 'kallio-1', 2 * S);
        await rig.press(HAPPY(100), rig.now - HOUR, 'kallio-1', 2 * S);
      },
    ],
    ['a few dozen presses in one moment', () => rig.press(HAPPY(50), rig.now, 'kallio-1', 0)],
    ['four buttons hammered for as long as anybody can', () => rig.press(HAPPY(500), rig.now, 'kallio-1', 3)],
  ])('is not opened by %s', async (_name, send) => {
    await send();
    await rig.pass(2 * MINUTE);
    expect(await rig.story()).not.toContain('suspect-presses kallio-1 open');
    expect((await rig.store.presses({ limit: 1_000 })).presses.length).toBeGreaterThan(0);
  });
});
