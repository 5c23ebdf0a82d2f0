import { Board, Hearing, LiveEvents, MemoryStore, SILENT_AFTER_MS } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { SAMPLE_ZONE, sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const T = 1_795_000_000_000;
const MINUTE = 60_000;

function fakeClock() {
  let now = T;
  let timers: { dueAt: number; run: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after(delayMs, run) {
      const timer = { dueAt: now + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const pass = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const next = timers.filter(({ dueAt }) => dueAt <= end).sort((a, b) => a.dueAt - b.dueAt)[0];
      if (next === undefined) break;
      timers = timers.filter((one) => one !== next);
      now = next.dueAt;
      next.run();
    }
    now = end;
  };
  return { clock, pass };
}

describe('hearing', () => {
  it('remembers when there was no broker last', () => {
    const { clock, pass } = fakeClock();
    let connected = false;
    const hearing = new Hearing(clock, () => connected);
    hearing.start();
    pass(10_000);
    expect(hearing.deafness()).toEqual({ to: T + 10_000 });
    connected = true;
    pass(2_000);
    const firstHeard = T + 12_000;
    expect(hearing.deafness()).toEqual({ to: firstHeard });
    pass(MINUTE);
    expect(hearing.deafness()).toEqual({ to: firstHeard });
    connected = false;
    pass(MINUTE);
    expect(hearing.deafness()).toEqual({ from: firstHeard + MINUTE, to: T + 12_000 + 2 * MINUTE });
    connected = true;
    pass(MINUTE);
    expect(hearing.deafness()).toEqual({ from: firstHeard + MINUTE, to: T + 14_000 + 2 * MINUTE });
    hearing.stop();
  });
});

describe('after the gateway was stopped for a night', () => {
  it('terminals that were heard until then are given time, those that were silent before are not', async () => {
    const { clock, pass } = fakeClock();
    const store = new MemoryStore({ now: () => clock.now() });
    const say = (terminal: string, at: number, n: number) =>
      store.commit([
        {
          kind: 'status',
          terminal,
          receivedAt: at,
          retained: false,
          message: sampleStatus(sampleEpoch(n), at, MINUTE),
        },
      ]);
    await say('heard', T, 1);
    await say('silent', T - 10 * MINUTE, 2);
    pass(600 * MINUTE);
    const hearing = new Hearing(clock, () => true);
    hearing.start();
    const onError = (error: unknown) => {
      throw error;
    };
    const deafness = () => hearing.deafness();
    const board = new Board({ store, clock, zone: SAMPLE_ZONE, events: new LiveEvents(), deafness, onError });
    const kinds = async () => (await board.look()).terminals.map(({ record, state }) => [record.id, state.kind]);
    expect(await kinds()).toEqual([
      ['heard', 'working'],
      ['silent', 'offline'],
    ]);
    // Others come back: that says nothing new about who was silent before.
    await say('heard', clock.now(), 1);
    pass(1_000);
    expect(await kinds()).toEqual([
      ['heard', 'working'],
      ['silent', 'offline'],
    ]);
    pass(SILENT_AFTER_MS + 1);
    expect(await kinds()).toEqual([
      ['heard', 'offline'],
      ['silent', 'offline'],
    ]);
    hearing.stop();
  });
});
