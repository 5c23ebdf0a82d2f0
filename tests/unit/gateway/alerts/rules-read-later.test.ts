import { AlertEngine, DEFAULT_ALERT_RULES, type LiveEvent } from '@hymio/gateway';
import { HymioError } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertRig, MINUTE, ruleOf, S, withOther } from './alert-rig.js';

const SECOND = 1_000;
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('a rule that was switched off while the store could not be read', () => {
  let rig: AlertRig;
  beforeEach(async () => {
    rig = await AlertRig.start();
    await rig.engine.stop();
  });
  afterEach(() => rig.end());

  it('is off as soon as it can be read, without anybody saying so again', async () => {
    const due: (() => void)[] = [];
    const waiting: ((event: LiveEvent) => void)[] = [];
    const nextChange = () => new Promise<LiveEvent>((resolve) => waiting.push(resolve));
    rig.live.subscribe((event) => {
      if (event.kind === 'alert') for (const tell of waiting.splice(0)) tell(event);
    });
    const runDue = () => {
      for (const run of due.splice(0)) run();
    };
    let readable = true;
    const engine = new AlertEngine({
      store: rig.store.alerts,
      registry: async () => {
        if (readable) return rig.store.registry();
        throw new HymioError('store-full', 'The disk is full.', 'Make room.');
      },
      terminals: async () => [],
      presence: async () => [],
      listening: () => true,
      live: rig.live,
      clock: {
        now: () => rig.now,
        monotonic: () => rig.now,
        after: (delayMs, run) => {
          // What comes later than within a second is left to its time.
          if (delayMs <= SECOND) due.push(run);
          return () => void due.splice(due.indexOf(run), due.includes(run) ? 1 : 0);
        },
      },
      zone: 'UTC',
      log: SILENT,
      newDelivery: () => 'delivery',
      noticed: () => undefined,
    });
    await engine.start();
    const opened = nextChange();
    await rig.press([0, 0, 0, 0, 0]);
    runDue();
    await opened;
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);

    const rule = DEFAULT_ALERT_RULES.find(({ name }) => name === 'unhappy-now');
    if (rule === undefined) throw new Error('no such default rule');
    readable = false;
    const saved = engine.saveRule({ ...rule, enabled: false }, { who: 'Aino', at: rig.now });
    await expect(saved).rejects.toMatchObject({ code: 'store-full' });
    readable = true;
    const closed = nextChange();
    expect(due).toHaveLength(1);
    runDue();
    await closed;
    expect(await rig.story()).toEqual(['unhappy-now kallio rule-gone']);
    await engine.stop();
  });
});

describe('a rule that came into force in part', () => {
  const FULL = new HymioError('store-full', 'The disk is full.', 'Make room.');
  const BY = { who: 'Aino', at: 0 };
  const unhappyNow = (windowMs: number, more = {}) =>
    ruleOf('unhappy-now', { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs }, more);
  let rig: AlertRig;
  /** What the store does not do just now. */
  let fails: 'pressCells' | 'record' | undefined;
  beforeEach(async () => {
    fails = undefined;
    rig = await AlertRig.start();
    await rig.engine.stop();
    const { alerts } = rig.store;
    const store = withOther(alerts, {
      pressCells: async (query) => {
        if (fails === 'pressCells') throw FULL;
        return alerts.pressCells(query);
      },
      record: async (decision) => {
        if (fails === 'record') throw FULL;
        return alerts.record(decision);
      },
    });
    await rig.startEngine({ store });
    await rig.press([0, 0, 0, 0]);
    // The next press is no repeat.
    await rig.pass(6 * S);
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);
  });
  afterEach(() => rig.end());

  it('judges no place by a window whose presses could not be read, and by all of them as soon as they can', async () => {
    fails = 'pressCells';
    const saved = rig.engine.saveRule(unhappyNow(30 * MINUTE), BY);
    await expect(saved).rejects.toMatchObject({ code: 'store-full' });
    await rig.press([3]);
    await rig.pass(500);
    const [alert] = await rig.alerts();
    if (alert === undefined) throw new Error('no alert');
    expect(await rig.engine.numbersNow({ ...alert, rule: unhappyNow(30 * MINUTE) })).toBeUndefined();
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);
    fails = undefined;
    await rig.pass(600);
    const numbers = await rig.engine.numbersNow({ ...alert, rule: unhappyNow(30 * MINUTE) });
    expect(numbers).toMatchObject({ kind: 'presses', ratings: [4, 0, 0, 1] });
    expect(await rig.story()).toEqual(['unhappy-now kallio open']);
  });

  it('closes what it watches no more as soon as that can be written', async () => {
    fails = 'record';
    const saved = rig.engine.saveRule(unhappyNow(15 * MINUTE, { enabled: false }), BY);
    await expect(saved).rejects.toMatchObject({ code: 'store-full' });
    fails = undefined;
    await rig.pass(S);
    expect(await rig.story()).toEqual(['unhappy-now kallio rule-gone']);
  });
});
