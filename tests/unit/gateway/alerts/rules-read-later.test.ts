import { AlertEngine, DEFAULT_ALERT_RULES, type LiveEvent } from '@hymio/gateway';
import { HymioError } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AlertRig } from './alert-rig.js';

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
