import {
  type Alert,
  type AlertDetail,
  type BoardTerminal,
  EventPublisher,
  LiveEvents,
  PressQueue,
  type Registry,
  type Snapshot,
  type StoredPress,
} from '@hymio/gateway';
import { alertEventSchema, type PressesEvent, pressesEventSchema, terminalEventSchema } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const T = Date.UTC(2026, 10, 20, 12);
const silent = () => undefined;
const registry = {
  groups: [
    { id: 'health', name: { fi: 'Terveys' } },
    { id: 'clinics', parent: 'health', name: { fi: 'Asemat' } },
  ],
  servicePoints: [{ id: 'kallio', group: 'clinics', name: { fi: 'Kallio' }, repeatWindowMs: 5_000 }],
  questions: [],
  terminals: [],
  assignments: [],
} satisfies Registry;

function press(seq: number, servicePoint?: string): StoredPress {
  return {
    ...{ terminal: 'kallio-1', epoch: '0f8fad5b-d9cb-469f-a165-70867728950e', seq, at: T + seq, countedAt: T + seq },
    ...{ rating: 3, clock: 'synced', receivedAt: T, repeat: false, excluded: false },
    ...(servicePoint !== undefined && { servicePoint }),
  };
}

/** A publisher over what the test says, with a clock that only the test moves. */
function rig() {
  const warned: Record<string, unknown>[] = [];
  const log = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (_text: string, fields = {}) => void warned.push(fields),
  };
  const live = new LiveEvents();
  const told: { topic: string; payload: string; retained: boolean }[] = [];
  const state = { connected: true, takes: Infinity, now: 0, due: undefined as (() => void) | undefined };
  let unreadable = false;
  /** How alerts stand; a read of one runs `onRead`. */
  const alerts = new Map<number, Alert['state']>();
  let onRead: (id: number) => void = silent;
  let terminals: Partial<BoardTerminal>[] = [];
  const publisher = new EventPublisher({
    live,
    board: {
      look: async () => {
        if (unreadable) throw new Error('not now');
        return { at: T, registry, terminals } as unknown as Snapshot;
      },
    },
    store: { registry: async () => registry },
    alerts: {
      alert: async (id) => {
        const stood = alerts.get(id);
        onRead(id);
        return stood === undefined ? undefined : ({ alert: alertOf(id, stood) } as AlertDetail);
      },
    },
    link: {
      connected: () => state.connected,
      announce: (topic, payload, retained) => {
        if (!state.connected || told.length >= state.takes) return false;
        told.push({ topic, payload, retained });
        return true;
      },
    },
    clock: {
      now: () => T,
      monotonic: () => state.now,
      after: (_delay, run) => {
        state.due = run;
        return () => undefined;
      },
    },
    log,
    turn: async () => undefined,
  });
  publisher.start();
  return {
    live,
    publisher,
    told,
    stand: (id: string, servicePoint: string | undefined, kind = 'working') => {
      const assignment = servicePoint === undefined ? {} : { assignment: { terminal: id, servicePoint, from: 0 } };
      const record = { id, registered: true, lostPresses: 0, missingPresses: 0, ...assignment };
      terminals = [{ record, state: { kind, since: T } as BoardTerminal['state'] }];
    },
    gone: () => {
      terminals = [];
    },
    say: (connected: boolean) => {
      state.connected = connected;
    },
    /** From now on the broker takes so many messages a second. */
    takes: (count: number) => {
      state.takes = count;
    },
    /** How terminals are cannot be read, or can again. */
    unreadable: (now: boolean) => {
      unreadable = now;
    },
    warned,
    alert: (id: number, stands: Alert['state']) => {
      alerts.set(id, stands);
      live.publish({ kind: 'alert', alert: id });
    },
    onRead: (run: (id: number) => void) => {
      onRead = run;
    },
    /** A second passes; what is told then, once all of it is. */
    second: async () => {
      told.length = 0;
      state.now += 2_000;
      const next = state.due;
      state.due = undefined;
      next?.();
      while (state.due === undefined) await new Promise((resolve) => setImmediate(resolve));
      return [...told];
    },
  };
}
function alertOf(id: number, state: Alert['state']): Alert {
  const rule = { name: 'unhappy-now', condition: { kind: 'unhappy-presses' } };
  return {
    id,
    rule,
    subject: { kind: 'service-point', servicePoint: 'kallio' },
    state,
    openedAt: T,
    reopened: 0,
  } as never;
}
const seqs = ({ payload }: { payload: string }) =>
  pressesEventSchema.parse(JSON.parse(payload)).presses.map(({ seq }) => seq);

describe('events about presses', () => {
  it('tell a second of a service point in one message, under its groups from the root down', async () => {
    const { live, second } = rig();
    for (const seq of [1, 2, 3]) live.publish({ kind: 'press', press: press(seq, 'kallio') });
    live.publish({ kind: 'press', press: press(4) });
    const told = await second();
    expect(told.map(({ topic, retained }) => [topic, retained])).toEqual([
      ['hymio/v1/events/presses/health/clinics/kallio', false],
      ['hymio/v1/events/presses/-', false],
    ]);
    expect(told.map(seqs)).toEqual([[1, 2, 3], [4]]);
    expect(await second()).toEqual([]);
  });

  it('of a burst come a few hundred at a time, and are counted where they are too many', async () => {
    const { live, second } = rig();
    for (let seq = 1; seq <= 5_000; seq++) live.publish({ kind: 'press', press: press(seq, 'kallio') });
    const heard: PressesEvent[] = [];
    for (let n = 0; n < 6; n++) {
      const told = await second();
      expect(told.length).toBeLessThanOrEqual(1);
      heard.push(...told.map(({ payload }) => pressesEventSchema.parse(JSON.parse(payload))));
    }
    expect(heard.map(({ presses, omitted }) => [presses.length, omitted])).toEqual([
      [500, 3_000],
      [500, 0],
      [500, 0],
      [500, 0],
    ]);
    expect(heard.flatMap(({ presses }) => presses.map(({ seq }) => seq))).toEqual(
      Array.from({ length: 2_000 }, (_, index) => index + 1),
    );
  });

  it('wait while there is no broker, within bounds', async () => {
    const { live, second, say } = rig();
    say(false);
    live.publish({ kind: 'press', press: press(1, 'kallio') });
    expect(await second()).toEqual([]);
    say(true);
    expect((await second()).map(seqs)).toEqual([[1]]);
  });

  it('that the broker takes too slowly are told later, in order and each once', async () => {
    const { live, second, takes } = rig();
    for (const seq of [1, 2]) live.publish({ kind: 'press', press: press(seq, 'kallio') });
    live.publish({ kind: 'press', press: press(3) });
    takes(1);
    expect((await second()).map(seqs)).toEqual([[1, 2]]);
    live.publish({ kind: 'press', press: press(4) });
    live.publish({ kind: 'press', press: press(5, 'kallio') });
    takes(0);
    expect(await second()).toEqual([]);
    takes(Infinity);
    expect((await second()).map(seqs)).toEqual([[3, 4], [5]]);
  });

  it('that the broker took too slowly stay within their bounds: the rest is counted', async () => {
    const { live, second, takes } = rig();
    for (let seq = 1; seq <= 2_000; seq++) live.publish({ kind: 'press', press: press(seq, 'kallio') });
    takes(0);
    await second();
    for (let seq = 2_001; seq <= 2_300; seq++) live.publish({ kind: 'press', press: press(seq, 'kallio') });
    await second();
    takes(Infinity);
    const told: PressesEvent[] = [];
    for (let n = 0; n < 6; n++) {
      told.push(...(await second()).map(({ payload }) => pressesEventSchema.parse(JSON.parse(payload))));
    }
    expect(told.map(({ presses }) => [presses[0]?.seq, presses.length])).toEqual(
      [1, 501, 1_001, 1_501].map((seq) => [seq, 500]),
    );
    expect(told.reduce((sum, { omitted }) => sum + omitted, 0)).toBe(300);
  });

  it('are told at once when the gateway stops; what is not is said in the log', async () => {
    const { live, publisher, told, takes, warned } = rig();
    live.publish({ kind: 'press', press: press(1, 'kallio') });
    live.publish({ kind: 'press', press: press(2) });
    live.publish({ kind: 'press', press: press(3) });
    takes(1);
    await publisher.stop();
    publisher.close();
    expect(told.map(seqs)).toEqual([[1]]);
    expect(warned).toEqual([{ code: 'events-not-told', presses: 2, alerts: 0 }]);
  });

  it('that are committed while the gateway stops are counted, and so are alerts, those left out before included', async () => {
    const { live, publisher, told, alert, say, warned } = rig();
    say(false);
    for (let id = 1; id <= 10_002; id++) alert(id, { kind: 'open' });
    await publisher.stop();
    live.publish({ kind: 'press', press: press(1, 'kallio') });
    publisher.close();
    live.publish({ kind: 'press', press: press(2, 'kallio') });
    publisher.close();
    expect(told).toEqual([]);
    expect(warned).toEqual([
      { code: 'events-not-told', presses: 1, alerts: 10_002 },
      { code: 'events-not-told', presses: 1, alerts: 10_002 },
    ]);
  });

  it('leave no service point behind a busy one', () => {
    const queue = new PressQueue();
    for (let seq = 1; seq <= 1_500; seq++) queue.add(press(seq, 'kallio'));
    queue.add(press(1, 'malmi'));
    const taken = [1, 2, 3, 4].map(() =>
      queue.take(1).map(({ servicePoint, presses }) => [servicePoint, presses.length]),
    );
    expect(taken).toEqual([[['kallio', 500]], [['malmi', 1]], [['kallio', 500]], [['kallio', 500]]]);
    expect(queue.take(9)).toEqual([]);
  });
});

describe('events about alerts', () => {
  const states = (told: { payload: string }[]) =>
    told.map(({ payload }) => alertEventSchema.parse(JSON.parse(payload))).map(({ alert, state }) => [alert, state]);

  it('that the broker does not take now are told later, as the alert stands then', async () => {
    const { alert, second, takes } = rig();
    takes(1);
    for (const id of [1, 2, 3]) alert(id, { kind: 'open' });
    expect(states(await second())).toEqual([[1, 'open']]);
    takes(0);
    alert(3, { kind: 'closed', at: T } as Alert['state']);
    expect(await second()).toEqual([]);
    takes(Infinity);
    expect(states(await second()).sort()).toEqual([
      [2, 'open'],
      [3, 'closed'],
    ]);
    expect(await second()).toEqual([]);
  });

  it('tell of a change that comes while an alert is read', async () => {
    const { alert, second, onRead } = rig();
    alert(1, { kind: 'open' });
    onRead(() => {
      onRead(silent);
      alert(1, { kind: 'closed', at: T } as Alert['state']);
    });
    expect(states([...(await second()), ...(await second())])).toEqual([
      [1, 'open'],
      [1, 'closed'],
    ]);
  });

  it('that a store could not read are told once it can', async () => {
    const { alert, second, onRead } = rig();
    alert(1, { kind: 'open' });
    onRead(() => {
      throw new Error('not now');
    });
    expect(await second()).toEqual([]);
    onRead(silent);
    expect(states(await second())).toEqual([[1, 'open']]);
  });

  it('that a store cannot read hold up neither other alerts nor presses, and that is said once a minute', async () => {
    const { live, alert, second, onRead, warned } = rig();
    const reads: number[] = [];
    alert(7, { kind: 'open' });
    alert(8, { kind: 'open' });
    live.publish({ kind: 'press', press: press(1, 'kallio') });
    onRead((id) => {
      reads.push(id);
      if (id === 7) throw new Error('row unreadable');
    });
    expect((await second()).map(({ topic }) => topic)).toEqual([
      'hymio/v1/events/alerts/health/clinics/kallio',
      'hymio/v1/events/presses/health/clinics/kallio',
    ]);
    for (let n = 0; n < 30; n++) await second();
    expect(reads.filter((id) => id === 7)).toHaveLength(31);
    expect(reads.filter((id) => id === 8)).toHaveLength(1);
    expect(warned).toMatchObject([
      { about: 'alerts', error: expect.stringContaining('row unreadable') },
      { about: 'alerts', error: expect.stringContaining('row unreadable') },
    ]);
  });

  it('are left out, and that is said, where too many wait', async () => {
    const { alert, second, say, warned } = rig();
    say(false);
    for (let id = 1; id <= 10_003; id++) alert(id, { kind: 'open' });
    say(true);
    expect(states(await second())[0]).toEqual([4, 'open']);
    expect(warned).toEqual([{ code: 'events-not-told', alerts: 3 }]);
  });
});

describe('events about terminals', () => {
  it('that the broker does not take now are told the next time', async () => {
    const { second, stand, takes } = rig();
    stand('kallio-1', 'kallio');
    takes(0);
    expect(await second()).toEqual([]);
    takes(1);
    expect((await second()).map(({ topic }) => topic)).toEqual([
      'hymio/v1/events/terminals/health/clinics/kallio/kallio-1',
    ]);
  });

  it('that cannot be read now are told as soon as they can, and hold up no press', async () => {
    const { second, stand, unreadable, live } = rig();
    stand('kallio-1', 'kallio');
    unreadable(true);
    live.publish({ kind: 'press', press: press(1, 'kallio') });
    expect((await second()).map(({ topic }) => topic)).toEqual(['hymio/v1/events/presses/health/clinics/kallio']);
    unreadable(false);
    expect((await second()).map(({ topic }) => topic)).toEqual([
      'hymio/v1/events/terminals/health/clinics/kallio/kallio-1',
    ]);
  });

  it('are retained, and told only when something about a terminal is otherwise', async () => {
    const { second, stand, live } = rig();
    stand('kallio-1', 'kallio');
    const [first] = await second();
    expect(first).toMatchObject({ topic: 'hymio/v1/events/terminals/health/clinics/kallio/kallio-1', retained: true });
    expect(terminalEventSchema.parse(JSON.parse(first?.payload ?? ''))).toMatchObject({
      state: 'working',
      attention: 'none',
    });
    live.publish({ kind: 'terminal', terminal: 'kallio-1' });
    expect(await second()).toEqual([]);
    stand('kallio-1', 'kallio', 'offline');
    live.publish({ kind: 'terminal', terminal: 'kallio-1' });
    expect((await second()).map(({ payload }) => JSON.parse(payload))).toMatchObject([{ state: 'offline', since: T }]);
  });

  it('take back what was said where a terminal stood, or that of one that is gone', async () => {
    const { second, stand, gone, live } = rig();
    stand('kallio-1', 'kallio');
    await second();
    stand('kallio-1', undefined);
    live.publish({ kind: 'registry' });
    const moved = await second();
    expect(moved.map(({ topic, payload }) => [topic, payload === ''])).toEqual([
      ['hymio/v1/events/terminals/-/kallio-1', false],
      ['hymio/v1/events/terminals/health/clinics/kallio/kallio-1', true],
    ]);
    gone();
    live.publish({ kind: 'registry' });
    expect((await second()).map(({ topic, payload }) => [topic, payload])).toEqual([
      ['hymio/v1/events/terminals/-/kallio-1', ''],
    ]);
  });

  it('are told anew to a broker that may have forgotten, and cleared where it remembers too much', async () => {
    const { second, stand, publisher } = rig();
    stand('kallio-1', 'kallio');
    await second();
    publisher.arrived();
    publisher.keeps('hymio/v1/events/terminals/-/kallio-1');
    publisher.keeps('hymio/v1/events/terminals/health/clinics/kallio/kallio-1');
    const told = await second();
    expect(told.map(({ topic, payload }) => [topic, payload === ''])).toEqual([
      ['hymio/v1/events/terminals/health/clinics/kallio/kallio-1', false],
      ['hymio/v1/events/terminals/-/kallio-1', true],
    ]);
  });
});
