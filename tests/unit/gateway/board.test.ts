import {
  type Arrival,
  Board,
  type LiveEvent,
  LiveEvents,
  MemoryStore,
  type OpeningHours,
  QuietWatch,
  registryFileSchema,
  type Snapshot,
  type WantedBriefs,
} from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { commitPresses, SAMPLE_NOW, SAMPLE_ZONE, sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A board over a store in memory, with a clock that goes where it is told. */
async function rig() {
  const store = new MemoryStore({ now: () => SAMPLE_NOW });
  // As the real store holds it: the same object until it changes.
  const registry = await store.registry();
  let monotonic = 0;
  let timers: { dueAt: number; run: () => void }[] = [];
  const clock: Clock = {
    now: () => SAMPLE_NOW + monotonic,
    monotonic: () => monotonic,
    after(delayMs, run) {
      const timer = { dueAt: monotonic + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const reads: number[] = [];
  const wanted: WantedBriefs[] = [];
  const events = new LiveEvents();
  const errors: unknown[] = [];
  const seen = { failing: false };
  const board = new Board({
    store: {
      registry: async () => registry,
      rollups: (query) => store.rollups(query),
      terminalBriefs: async (at, some) => {
        reads.push(monotonic);
        wanted.push(some);
        if (seen.failing) throw new Error('no disk');
        return store.terminalBriefs(at, some);
      },
    },
    clock,
    zone: SAMPLE_ZONE,
    events,
    onError: (error) => errors.push(error),
  });
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const pass = async (ms: number) => {
    const end = monotonic + ms;
    for (;;) {
      const next = timers.filter(({ dueAt }) => dueAt <= end).sort((a, b) => a.dueAt - b.dueAt)[0];
      if (next === undefined) break;
      timers = timers.filter((one) => one !== next);
      monotonic = Math.max(monotonic, next.dueAt);
      next.run();
      await settle();
    }
    monotonic = end;
    await settle();
  };
  const told: LiveEvent['kind'][] = [];
  events.subscribe((event) => told.push(event.kind));
  const happen = () => events.publish({ kind: 'terminal', terminal: 't-1' });
  return { store, board, events, reads, wanted, pass, happen, told, errors, seen, settle };
}

describe('the board', () => {
  it('is read once for all who look at the same time, and not again for a moment', async () => {
    const { board, reads, pass } = await rig();
    const looks = await Promise.all([board.look(), board.look(), board.look()]);
    expect(new Set(looks).size).toBe(1);
    await pass(299);
    expect(await board.look()).toBe(looks[0]);
    expect(reads).toEqual([0]);
  });

  it('asked often, answers at once with what is less than 700 ms old, and reads meanwhile', async () => {
    const { board, reads, pass, settle } = await rig();
    const first = await board.look();
    await pass(500);
    expect(await board.look()).toBe(first);
    await settle();
    expect(reads).toEqual([0, 500]);
    expect(await board.look()).not.toBe(first);
  });

  it('asked alone after a silence, reads anew', async () => {
    const { board, store, pass } = await rig();
    await board.look();
    await commitPresses(store, 't-1', sampleEpoch(1), [{ at: SAMPLE_NOW, rating: 3, clock: 'synced' }]);
    await pass(701);
    expect((await board.look()).terminal('t-1')?.today.ratings).toEqual([0, 0, 0, 1]);
  });

  it('tells who listens what has happened, reading at most every 300 ms', async () => {
    const { board, reads, pass, happen, told, settle } = await rig();
    const heard: Snapshot[] = [];
    const forget = board.subscribe((snapshot) => heard.push(snapshot));
    await settle();
    for (let turn = 0; turn < 30; turn += 1) {
      happen();
      await pass(20);
    }
    await pass(1_000);
    expect(reads).toEqual([0, 300, 600]);
    expect(heard).toHaveLength(3);
    expect(told.filter((kind) => kind === 'board')).toHaveLength(3);
    forget();
    happen();
    await pass(60_000);
    expect(reads).toHaveLength(3);
  });

  it('that has been started asks of those alone that something was told of, though nobody listens', async () => {
    const { board, store, events, pass, wanted } = await rig();
    const press = (number: number) =>
      commitPresses(store, `t-${number}`, sampleEpoch(number), [{ at: SAMPLE_NOW, rating: 3, clock: 'synced' }]);
    for (const number of [1, 3, 4, 5]) await press(number);
    board.start();
    await board.look();
    await press(2);
    events.publish({ kind: 'terminal', terminal: 't-2' });
    await pass(10_000);
    expect((await board.look()).today.ratings).toEqual([0, 0, 0, 5]);
    expect(wanted.at(-1)).toEqual({ only: ['t-2'] });
    board.stop();
    await pass(10_000);
    await board.look();
    expect(wanted.at(-1)).not.toHaveProperty('only');
  });

  it('looks for silences while somebody listens', async () => {
    const { board, reads, pass, told, settle } = await rig();
    board.subscribe(() => undefined);
    await settle();
    await pass(30_000);
    expect(reads).toEqual([0, 15_000, 30_000]);
    expect(told.filter((kind) => kind === 'board')).toHaveLength(1);
    board.stop();
  });

  it('says what went wrong, to who looks and to who listens, and goes on', async () => {
    const { board, pass, happen, errors, seen, told } = await rig();
    board.subscribe(() => undefined);
    await pass(400);
    seen.failing = true;
    happen();
    await pass(400);
    expect(errors).toHaveLength(1);
    expect(told.at(-1)).toBe('board');
    await pass(800);
    await expect(board.look()).rejects.toThrow('no disk');
    seen.failing = false;
    await expect(board.look()).resolves.toBeDefined();
  });
});

describe('who is improbably quiet', () => {
  const hours: OpeningHours = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: 480, to: 960 }]]),
  );

  /** Ten presses an hour for nine weeks at a place, until an hour ago; the terminal works on. */
  async function quietStore(
    until: number,
    more: { pending?: number; statuses?: Arrival[] } = {},
  ): Promise<MemoryStore> {
    const store = new MemoryStore({ now: () => SAMPLE_NOW });
    const spans = Object.fromEntries(Object.keys(hours).map((day) => [day, ['08:00-16:00']]));
    await store.importRegistry(
      registryFileSchema.parse({
        groups: [{ id: 'g', name: { fi: 'G' } }],
        servicePoints: [{ id: 'p', group: 'g', name: { fi: 'P' }, openingHours: spans }],
        terminals: [{ id: 't-1' }],
        assignments: [{ terminal: 't-1', servicePoint: 'p', from: '2026-01-01T00:00:00Z' }],
      }),
    );
    const presses = [];
    for (let at = SAMPLE_NOW - 63 * DAY; at < until; at += 6 * 60_000) {
      const local = new Date(at + 2 * HOUR);
      const open = local.getUTCHours() >= 8 && local.getUTCHours() < 16 && local.getUTCDay() % 6 !== 0;
      if (open) presses.push({ at, rating: 3 as const, clock: 'synced' as const });
    }
    await commitPresses(store, 't-1', sampleEpoch(1), presses);
    const receivedAt = SAMPLE_NOW - 1_000;
    const message = sampleStatus(sampleEpoch(1), receivedAt, 70 * DAY, { pending: more.pending ?? 0 });
    await store.commit(more.statuses ?? [{ kind: 'status', terminal: 't-1', receivedAt, retained: false, message }]);
    return store;
  }

  async function stateOf(store: MemoryStore): Promise<string | undefined> {
    const clock: Clock = { now: () => SAMPLE_NOW, monotonic: () => performance.now(), after: () => () => undefined };
    const quiet = new QuietWatch({ store, zone: SAMPLE_ZONE });
    let judged: Promise<unknown> | undefined;
    const board = new Board({
      store,
      clock,
      zone: SAMPLE_ZONE,
      events: new LiveEvents(),
      quiet: {
        judge: (snapshot) => {
          const judgement = quiet.judge(snapshot);
          judged = judgement;
          return judgement;
        },
      },
      onError: (error) => {
        throw error;
      },
    });
    await board.look();
    await judged;
    return (await board.look()).terminal('t-1')?.state.kind;
  }

  it('is a working terminal without a press in an hour and a half of ten an hour each', async () => {
    expect(await stateOf(await quietStore(SAMPLE_NOW - 100 * 60_000))).toBe('unusually-quiet');
  });

  it('is none that has worked for ten minutes only since then', async () => {
    const saidAt = (receivedAt: number, uptimeMs: number): Arrival => {
      const message = sampleStatus(sampleEpoch(1), receivedAt, uptimeMs, {});
      return { kind: 'status', terminal: 't-1', receivedAt, retained: false, message };
    };
    const [last, now] = [SAMPLE_NOW - 100 * 60_000, SAMPLE_NOW - 1_000];
    const statusesOf = (uptimeMs: number) => [saidAt(last, 70 * DAY), saidAt(now, uptimeMs)];
    expect(await stateOf(await quietStore(last, { statuses: statusesOf(70 * DAY) }))).toBe('unusually-quiet');
    expect(await stateOf(await quietStore(last, { statuses: statusesOf(10 * 60_000) }))).toBe('working');
  });

  it('is none that was pressed a moment ago, nor one that has presses yet to deliver', async () => {
    expect(await stateOf(await quietStore(SAMPLE_NOW))).toBe('working');
    expect(await stateOf(await quietStore(SAMPLE_NOW - 100 * 60_000, { pending: 2 }))).toBe('working');
  });
});
