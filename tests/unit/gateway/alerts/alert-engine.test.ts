import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertRig, DAY, HOUR, MINUTE, mailTo, ruleOf, S, T, withOther } from './alert-rig.js';

const BY = { who: 'Aino', at: 0 };

const ORGANISATION = { kind: 'organisation' } as const;
const WEEK = { kind: 'negative-share', share: 0.5, minPresses: 10, windowMs: 7 * DAY } as const;
const WEEK_OFF = ruleOf('unhappy-week', WEEK, { enabled: false });
let rig: AlertRig;

beforeEach(async () => {
  rig = await AlertRig.start();
  await rig.engine.saveRecipients(ORGANISATION, [mailTo('boss@example.org')], BY);
  // One rule at a time.
  await rig.engine.saveRule(WEEK_OFF, BY);
});
afterEach(async () => {
  expect(rig.logged).toEqual([]);
  await rig.end();
});

describe('an alert about presses', () => {
  it('opens within a second of the press, with its numbers, and is told once', async () => {
    await rig.press([0, 1, 2]);
    await rig.pass(10 * S);
    expect(await rig.alerts()).toEqual([]);
    await rig.press([1]);
    await rig.pass(S);
    const [alert] = await rig.alerts();
    expect(alert).toMatchObject({
      id: 1,
      rule: { name: 'unhappy-now', scope: ORGANISATION },
      subject: { kind: 'service-point', servicePoint: 'kallio' },
      numbers: { kind: 'presses', ratings: [1, 2, 1, 0] },
      state: { kind: 'open' },
    });
    expect(rig.changed).toEqual([1]);
    await rig.press([0, 0, 0]);
    await rig.pass(MINUTE);
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);
    expect(await rig.notices()).toEqual(['opened boss@example.org']);
  });

  it('closes by itself, comes back without another notice, and is another one later', async () => {
    await rig.press([0, 0, 0, 0]);
    await rig.pass(20 * MINUTE);
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);
    await rig.pass(2 * MINUTE);
    expect(await rig.story()).toEqual(['unhappy-now kallio recovered']);
    await rig.press([0, 0, 0, 0]);
    await rig.pass(S);
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);
    expect((await rig.alerts())[0]?.reopened).toBe(1);
    await rig.pass(22 * MINUTE + HOUR);
    await rig.press([0, 0, 0, 0]);
    await rig.pass(S);
    expect(await rig.story()).toEqual(['unhappy-now kallio recovered', 'unhappy-now kallio open']);
    expect(await rig.notices()).toEqual(['opened boss@example.org', 'opened boss@example.org']);
    const detail = await rig.store.alerts.alert(1);
    expect(detail?.entries.map(({ kind }) => kind)).toEqual(['opened', 'closed', 'reopened', 'closed']);
  });

  it('is not opened by presses that come late, neither now nor when they are counted again', async () => {
    await rig.press([0, 0, 0, 0, 0, 0], rig.now - 7 * DAY);
    await rig.press([0, 0, 0, 0, 0, 0], rig.now - 11 * MINUTE, 'malmi-1');
    await rig.pass(MINUTE);
    await rig.restart();
    await rig.pass(MINUTE);
    expect(await rig.alerts()).toEqual([]);
    await rig.press([0, 0, 0, 0], rig.now - 9 * MINUTE, 'malmi-1');
    await rig.pass(MINUTE);
    expect(await rig.story()).toEqual(['unhappy-now malmi open']);
  });

  it('is not opened by repeat presses', async () => {
    await rig.press([0, 0, 0, 0, 0], rig.now, 'kallio-1', S);
    await rig.pass(MINUTE);
    expect(await rig.alerts()).toEqual([]);
  });

  it('stays open over a restart, with the presses of before', async () => {
    await rig.press([0, 0, 0, 0]);
    await rig.press([0, 0, 0], rig.now, 'malmi-1');
    await rig.pass(S);
    await rig.restart();
    await rig.press([0], rig.now, 'malmi-1');
    await rig.pass(MINUTE);
    expect(await rig.story()).toEqual(['unhappy-now kallio open', 'unhappy-now malmi open']);
    expect((await rig.alerts())[1]?.numbers).toMatchObject({ ratings: [4, 0, 0, 0] });
    expect(await rig.notices()).toHaveLength(2);
  });

  it('counts presses once that come while the store is read', async () => {
    const { alerts } = rig.store;
    await rig.engine.removeRule(WEEK_OFF, BY);
    await rig.engine.stop();
    let before: (() => Promise<void>) | undefined = () => rig.press([0], rig.now, 'malmi-1');
    const pressCells: typeof alerts.pressCells = async (query) => {
      // One is committed and told before the read, one between the read and its answer.
      await before?.();
      before = undefined;
      const cells = await alerts.pressCells(query);
      await rig.press([0], rig.now, 'malmi-1');
      return cells;
    };
    await rig.startEngine({ store: withOther(alerts, { pressCells }) });
    await rig.pass(S);
    const total = (await rig.store.presses({ limit: 1_000 })).presses.length;
    await rig.press(new Array(10).fill(0), rig.now, 'malmi-1', 0);
    await rig.pass(S);
    expect(await rig.story()).toContain('unhappy-now malmi open');
    const alert = (await rig.alerts()).find(({ rule }) => rule.name === 'unhappy-week');
    if (alert === undefined) throw new Error('no alert of the week');
    expect(await rig.engine.numbersNow(alert)).toMatchObject({ ratings: [total + 10, 0, 0, 0] });
  });

  it('tells of a streak of very happy presses where that is asked for', async () => {
    await rig.engine.saveRule(ruleOf('very-happy-streak', { kind: 'very-happy-streak', presses: 5 }), BY);
    await rig.press([3, 3, 2, 3, 3, 3, 3]);
    await rig.pass(10 * S);
    expect(await rig.alerts()).toEqual([]);
    await rig.restart();
    await rig.press([3]);
    await rig.pass(S);
    expect(await rig.story()).toEqual(['very-happy-streak kallio open']);
    expect((await rig.alerts())[0]?.numbers).toMatchObject({ kind: 'streak', presses: 5 });
  });

  it('tells of too few presses only where the terminal worked', async () => {
    await rig.engine.saveRule(ruleOf('too-few-presses', { kind: 'presses-below', presses: 3, windowMs: HOUR }), BY);
    await rig.pass(MINUTE);
    expect(await rig.alerts()).toEqual([]);
    await rig.store.commit([
      {
        kind: 'status',
        terminal: 'kallio-1',
        receivedAt: rig.now,
        retained: false,
        message: {
          sentAt: rig.now,
          firmware: '1',
          epoch: '00000000-0000-4000-8000-000000000001',
          epochs: [],
          pending: 0,
          clock: 'synced',
          uptimeMs: 3 * HOUR,
          faults: [],
          hardware: {},
        },
      },
    ]);
    await rig.pass(6 * MINUTE);
    expect(await rig.story()).toEqual(['too-few-presses kallio open']);
  });
});

describe('an alert in the hands of people', () => {
  beforeEach(async () => {
    await rig.press([0, 0, 0, 0]);
    await rig.pass(S);
  });

  it('is acknowledged by someone, commented and closed with a reason', async () => {
    await rig.engine.acknowledge(1, 'Aino');
    await rig.engine.comment(1, 'Aino', 'I am going there');
    expect((await rig.store.alerts.alert(1))?.alert).toMatchObject({
      state: { kind: 'acknowledged' },
      acknowledged: { by: 'Aino', at: rig.now },
    });
    await rig.engine.close(1, 'Eero', 'A school class');
    await rig.press([0, 0]);
    await rig.pass(MINUTE);
    const detail = await rig.store.alerts.alert(1);
    expect(detail?.alert.state).toMatchObject({
      kind: 'closed',
      how: { kind: 'by-hand', by: 'Eero', why: 'A school class' },
    });
    expect(detail?.entries.map(({ kind, by, text }) => [kind, by, text])).toEqual([
      ['opened', undefined, undefined],
      ['acknowledged', 'Aino', undefined],
      ['comment', 'Aino', 'I am going there'],
      ['closed', 'Eero', 'A school class'],
    ]);
    expect(await rig.story()).toEqual(['unhappy-now kallio by-hand']);
    expect(await rig.store.alerts.activeAlerts()).toBe(0);
  });

  it('cannot be acknowledged or closed once it is closed, or where there is none', async () => {
    await rig.engine.close(1, 'Eero', '');
    await expect(rig.engine.acknowledge(1, 'Aino')).rejects.toMatchObject({ code: 'alert-closed' });
    await expect(rig.engine.close(1, 'Aino', '')).rejects.toMatchObject({ code: 'alert-closed' });
    await expect(rig.engine.acknowledge(7, 'Aino')).rejects.toMatchObject({ code: 'alert-closed' });
  });

  it('counts as open until somebody has it in hand, also when it comes back and over a restart', async () => {
    expect(rig.engine.openCount).toBe(1);
    await rig.press([0, 0, 0, 0], rig.now, 'malmi-1');
    await rig.pass(S);
    expect(rig.engine.openCount).toBe(2);
    await rig.engine.acknowledge(1, 'Aino');
    await rig.engine.acknowledge(1, 'Eero');
    expect((await rig.alerts())[0]?.acknowledged).toMatchObject({ by: 'Aino' });
    expect(rig.engine.openCount).toBe(1);
    await rig.restart();
    expect(rig.engine.openCount).toBe(1);
    await rig.pass(30 * MINUTE);
    expect(await rig.story()).toEqual(['unhappy-now kallio recovered', 'unhappy-now malmi recovered']);
    expect(rig.engine.openCount).toBe(0);
    await rig.press([0, 0, 0, 0]);
    await rig.press([0, 0, 0, 0], rig.now, 'malmi-1');
    await rig.pass(S);
    expect(await rig.story()).toEqual(['unhappy-now kallio acknowledged', 'unhappy-now malmi open']);
    expect((await rig.alerts()).map(({ reopened }) => reopened)).toEqual([1, 1]);
    expect(rig.engine.openCount).toBe(1);
  });

  it('is changed with all that it was opened with', async () => {
    const [opened] = await rig.alerts();
    await rig.pass(30 * MINUTE);
    const [recovered] = await rig.alerts();
    expect(recovered).toEqual({
      ...opened,
      state: { kind: 'closed', at: expect.any(Number), how: { kind: 'recovered' } },
    });
    await rig.restart();
    await rig.pass(2 * HOUR);
    expect(await rig.alerts()).toEqual([{ ...recovered, settled: true }]);
  });

  it('is closed where its rule is switched off nearer by', async () => {
    const condition = { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: 15 * MINUTE } as const;
    const off = ruleOf('unhappy-now', condition, { scope: { kind: 'group', id: 'city' }, enabled: false });
    await rig.engine.saveRule(off, BY);
    await rig.quiet();
    expect(await rig.story()).toEqual(['unhappy-now kallio rule-gone']);
    await rig.engine.removeRule(off, BY);
    await rig.pass(MINUTE);
    expect(await rig.story()).toEqual(['unhappy-now kallio rule-gone', 'unhappy-now kallio open']);
  });
});

describe('an alert about a terminal', () => {
  const offline = (since: number) => [{ id: 'kallio-1', servicePoint: 'kallio', state: 'offline', since, faults: [] }];
  const working = [{ id: 'kallio-1', servicePoint: 'kallio', state: 'working', since: T, faults: [] }];

  it('opens after the time its rule says, closes when it works, and its end is told once it stays so', async () => {
    rig.terminals = working;
    await rig.pass(MINUTE);
    rig.terminals = offline(rig.now);
    await rig.pass(14 * MINUTE);
    expect(await rig.alerts()).toEqual([]);
    await rig.pass(2 * MINUTE);
    expect(await rig.story()).toEqual(['terminal-offline kallio-1 open']);
    rig.terminals = working;
    await rig.pass(3 * MINUTE);
    expect(await rig.story()).toEqual(['terminal-offline kallio-1 recovered']);
    expect(await rig.notices()).toEqual(['opened boss@example.org']);
    // Whoever is a recipient by then: the end is told to those who know of the beginning.
    await rig.engine.saveRecipients(ORGANISATION, [mailTo('other@example.org')], BY);
    await rig.pass(HOUR);
    expect(await rig.notices()).toEqual(['opened boss@example.org', 'recovered boss@example.org']);
    await rig.restart();
    await rig.pass(HOUR);
    expect(await rig.notices()).toHaveLength(2);
  });

  it('says how the terminal is now, also when it is over; nothing of a terminal that is gone', async () => {
    rig.terminals = offline(T - HOUR);
    await rig.pass(16 * MINUTE);
    const [alert] = await rig.alerts();
    if (alert === undefined) throw new Error('no alert');
    expect(alert.numbers).toEqual({ kind: 'terminal', state: 'offline', since: T - HOUR, faults: [] });
    expect(await rig.engine.numbersNow(alert)).toEqual(alert.numbers);
    rig.terminals = [{ id: 'malmi-1', state: 'offline', since: T, faults: [] }, ...working];
    await rig.pass(2 * HOUR);
    expect(await rig.story()).toContain('terminal-offline kallio-1 recovered');
    expect(await rig.engine.numbersNow(alert)).toEqual({ kind: 'terminal', state: 'working', since: T, faults: [] });
    rig.terminals = [];
    expect(await rig.engine.numbersNow(alert)).toBeUndefined();
    await rig.engine.stop();
    rig.terminals = working;
    expect(await rig.engine.numbersNow(alert)).toBeUndefined();
  });

  it('does not open because the gateway was away or hears nobody', async () => {
    rig.terminals = offline(T - DAY);
    await rig.restart();
    await rig.pass(14 * MINUTE);
    rig.listening = false;
    await rig.pass(HOUR);
    rig.listening = true;
    await rig.pass(14 * MINUTE);
    expect(await rig.alerts()).toEqual([]);
    await rig.pass(2 * MINUTE);
    expect(await rig.story()).toEqual(['terminal-offline kallio-1 open']);
  });

  it('neither opens nor closes outside opening hours', async () => {
    rig.terminals = [{ id: 'kallio-1', servicePoint: 'kallio', state: 'offline-closed', since: T, faults: [] }];
    await rig.pass(HOUR);
    expect(await rig.alerts()).toEqual([]);
    rig.terminals = offline(rig.now);
    await rig.pass(16 * MINUTE);
    rig.terminals = [{ id: 'kallio-1', servicePoint: 'kallio', state: 'offline-closed', since: T, faults: [] }];
    await rig.pass(HOUR);
    expect(await rig.story()).toEqual(['terminal-offline kallio-1 open']);
  });

  it('is closed where the terminal is gone', async () => {
    rig.terminals = offline(rig.now + S);
    await rig.pass(20 * MINUTE);
    rig.terminals = [];
    await rig.pass(MINUTE);
    expect(await rig.story()).toEqual(['terminal-offline kallio-1 rule-gone']);
  });
});

describe('what is told', () => {
  it('waits for the end of quiet hours; the alert does not', async () => {
    const condition = { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: 15 * MINUTE } as const;
    const quietHours = { from: 13 * 60, to: 16 * 60 };
    await rig.engine.saveRule(ruleOf('unhappy-now', condition, { quietHours }), BY);
    await rig.press([0, 0, 0, 0]);
    await rig.pass(S);
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);
    const [notice] = await rig.store.alerts.waitingNotices(10);
    expect(notice?.state).toMatchObject({ kind: 'waiting', nextAt: Date.UTC(2026, 10, 20, 14) });
  });

  it('is written with the alert or not at all, and tried again', async () => {
    const { record } = rig.store.alerts;
    let fails = 2;
    rig.store.alerts.record = async (decision) => {
      fails -= 1;
      if (fails >= 0) throw new Error('no room');
      await record.call(rig.store.alerts, decision);
    };
    await rig.press([0, 0, 0, 0]);
    await rig.pass(S);
    expect(await rig.alerts()).toEqual([]);
    await rig.pass(MINUTE);
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);
    expect(await rig.notices()).toEqual(['opened boss@example.org']);
    expect(rig.logged.splice(0)).toHaveLength(2);
  });
});
