import {
  type BoardTerminal,
  EventPublisher,
  LiveEvents,
  PressQueue,
  type Registry,
  type Snapshot,
  type StoredPress,
} from '@hymio/gateway';
import { type PressesEvent, pressesEventSchema, terminalEventSchema } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const T = Date.UTC(2026, 10, 20, 12);
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
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
  const live = new LiveEvents();
  const told: { topic: string; payload: string; retained: boolean }[] = [];
  const state = { connected: true, now: 0, due: undefined as (() => void) | undefined };
  let terminals: Partial<BoardTerminal>[] = [];
  const publisher = new EventPublisher({
    live,
    board: { look: async () => ({ at: T, registry, terminals }) as unknown as Snapshot },
    store: { registry: async () => registry },
    alerts: { alert: async () => undefined },
    link: {
      connected: () => state.connected,
      announce: (topic, payload, retained) => {
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

describe('events about terminals', () => {
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
