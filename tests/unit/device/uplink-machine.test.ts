import { INITIAL_UPLINK, stepUplink, type UplinkEffect, type UplinkEvent, type UplinkState } from '@hymio/device';
import { describe, expect, it } from 'vitest';
import { UplinkRig } from './uplink-rig.js';

const E = 'e';
const span = { epoch: E, oldestSeq: 1, lastSeq: 10, ackedSeq: 3 };
const inFlight = {
  kind: 'in-flight',
  epoch: E,
  firstSeq: 4,
  count: 7,
  attempt: 2,
  unanswered: 0,
  heard: false,
  asNull: false,
  nullRefusals: 0,
} as const;
const STATES: Record<string, UplinkState> = {
  offline: INITIAL_UPLINK,
  idle: { ...INITIAL_UPLINK, phase: { kind: 'idle' } },
  'in-flight': { ...INITIAL_UPLINK, phase: inFlight },
  'one in flight': { ...INITIAL_UPLINK, phase: { ...inFlight, firstSeq: 4, count: 1 } },
};
const EVENTS: Record<string, UplinkEvent> = {
  connected: { type: 'connected' },
  disconnected: { type: 'disconnected' },
  changed: { type: 'changed' },
  heard: { type: 'heard' },
  timeout: { type: 'timeout' },
  'ack of all': { type: 'ack', ack: { epoch: E, upTo: 10 } },
  'ack of some': { type: 'ack', ack: { epoch: E, upTo: 5 } },
  'ack of what is known': { type: 'ack', ack: { epoch: E, upTo: 3 } },
  'ack beyond the last': { type: 'ack', ack: { epoch: E, upTo: 4000 } },
  'ack of an unknown epoch': { type: 'ack', ack: { epoch: 'x', upTo: 3 } },
  rewind: { type: 'ack', ack: { epoch: E, upTo: 1, rewind: true } },
  'refused, unnamed': { type: 'ack', ack: { epoch: E, upTo: 3, refused: 'malformed' } },
  'refused, another batch': { type: 'ack', ack: { epoch: E, upTo: 3, refused: 'malformed', firstSeq: 1, count: 3 } },
  'refused as a whole': { type: 'ack', ack: { epoch: E, upTo: 0, refused: 'epoch-of-another-terminal' } },
};
/** What goes out: `4+7` is a batch of 7 from 4, `=10` the mark remembered, `!4` set aside, `x` blocked, `T`/`-` timer. */
const TABLE: Record<string, Record<string, string>> = {
  offline: {
    connected: '4+7 T → in-flight',
    disconnected: '- → offline',
    changed: '→ offline',
    heard: '→ offline',
    timeout: '→ offline',
    'ack of all': '=10 → offline',
    'ack of some': '=5 → offline',
    'ack of what is known': '→ offline',
    'ack beyond the last': '=10 → offline',
    'ack of an unknown epoch': '→ offline',
    rewind: '=1 → offline',
    'refused, unnamed': '→ offline',
    'refused, another batch': '→ offline',
    'refused as a whole': '→ offline',
  },
  idle: {
    connected: '4+7 T → in-flight',
    disconnected: '- → offline',
    changed: '4+7 T → in-flight',
    heard: '→ idle',
    timeout: '→ idle',
    'ack of all': '=10 - → idle',
    'ack of some': '=5 6+5 T → in-flight',
    'ack of what is known': '→ idle',
    'ack beyond the last': '=10 - → idle',
    'ack of an unknown epoch': '→ idle',
    rewind: '=1 2+9 T → in-flight',
    'refused, unnamed': '→ idle',
    'refused, another batch': '→ idle',
    'refused as a whole': '→ idle',
  },
  'in-flight': {
    connected: '4+7 T → in-flight',
    disconnected: '- → offline',
    changed: '→ in-flight',
    heard: 'T → in-flight',
    timeout: '4+7 T → in-flight',
    'ack of all': 'T =10 - → idle',
    'ack of some': 'T =5 6+5 T → in-flight',
    'ack of what is known': 'T → in-flight',
    'ack beyond the last': 'T =10 - → idle',
    'ack of an unknown epoch': 'T → in-flight',
    rewind: 'T =1 2+9 T → in-flight',
    'refused, unnamed': 'T 4+3 T → in-flight',
    'refused, another batch': 'T → in-flight',
    'refused as a whole': 'T x - → idle',
  },
  'one in flight': {
    connected: '4+7 T → in-flight',
    disconnected: '- → offline',
    changed: '→ in-flight',
    heard: 'T → in-flight',
    timeout: '4+1 T → in-flight',
    'ack of all': 'T =10 - → idle',
    'ack of some': 'T =5 6+5 T → in-flight',
    'ack of what is known': 'T → in-flight',
    'ack beyond the last': 'T =10 - → idle',
    'ack of an unknown epoch': 'T → in-flight',
    rewind: 'T =1 2+9 T → in-flight',
    'refused, unnamed': 'T !4 4+1 T → in-flight',
    'refused, another batch': 'T → in-flight',
    'refused as a whole': 'T x - → idle',
  },
};

function describeEffect(effect: UplinkEffect): string {
  switch (effect.type) {
    case 'send':
      return `${effect.firstSeq}+${effect.count}`;
    case 'acknowledge':
      return `=${effect.upTo}`;
    case 'set-aside':
      return `!${effect.seq}`;
    case 'block':
      return 'x';
    case 'arm':
      return 'T';
    case 'disarm':
      return '-';
  }
}

function describeStep(state: UplinkState, event: UplinkEvent): string {
  const { state: after, effects } = stepUplink(state, event, { spans: [span], ready: () => true, random: () => 0 });
  return [...effects.map(describeEffect), '→', after.phase.kind].join(' ');
}

describe('uplink machine, every state and event', () => {
  const cases = Object.keys(STATES).flatMap((state) => Object.keys(EVENTS).map((event) => [state, event] as const));

  it.each(cases)('%s, %s', (state, event) => {
    expect(describeStep(STATES[state] as UplinkState, EVENTS[event] as UplinkEvent)).toBe(TABLE[state]?.[event]);
  });

  it('has a row for every state and event', () => {
    for (const row of Object.values(TABLE)) expect(Object.keys(row).sort()).toEqual(Object.keys(EVENTS).sort());
  });
});

describe('uplink machine', () => {
  it('sends older epochs first, one batch at a time, each of one epoch', () => {
    const rig = new UplinkRig([
      { epoch: 'a', presses: 700 },
      { epoch: 'b', presses: 2 },
    ]);
    rig.step({ type: 'connected' });
    rig.press();
    for (const [epoch, upTo] of [
      ['a', 500],
      ['a', 700],
      ['b', 2],
      ['current', 1],
    ] as const) {
      rig.ack({ epoch, upTo });
    }
    expect(rig.sent.map(({ epoch, firstSeq, count }) => `${epoch} ${firstSeq}+${count}`)).toEqual([
      'a 1+500',
      'a 501+200',
      'b 1+2',
      'current 1+1',
    ]);
    expect(rig.armed).toBe(false);
  });

  it('waits with presses whose time is not known yet, and goes on when it is', () => {
    const rig = new UplinkRig([{ epoch: E, presses: 2 }]);
    rig.ready = false;
    rig.step({ type: 'connected' });
    expect(rig.sent).toEqual([]);
    rig.ready = true;
    rig.step({ type: 'changed' });
    expect(rig.lastSent).toMatchObject({ firstSeq: 1, count: 2 });
  });

  it('backs off from 1 s to 5 min with full jitter', () => {
    const longest = new UplinkRig([{ epoch: E, presses: 1 }], () => 0.999_999);
    const shortest = new UplinkRig([{ epoch: E, presses: 1 }], () => 0);
    for (const rig of [longest, shortest]) {
      rig.step({ type: 'connected' });
      for (let i = 0; i < 12; i += 1) rig.step({ type: 'timeout' });
    }
    expect(longest.delaysMs).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300, 300].map((s) => s * 1000));
    expect(shortest.delaysMs).toEqual(new Array(13).fill(1000));
  });

  it('starts the backoff anew at any word of the gateway, also for the wait it is in', () => {
    const rig = new UplinkRig([{ epoch: E, presses: 1 }], () => 0.999_999);
    rig.step({ type: 'connected' });
    for (let i = 0; i < 9; i += 1) rig.step({ type: 'timeout' });
    expect(rig.delaysMs.at(-1)).toBe(300_000);
    rig.step({ type: 'heard' });
    expect(rig.delaysMs.at(-1)).toBe(2_000);
  });

  it('is not kept from sending again by a gateway that talks all the time', () => {
    const rig = new UplinkRig([{ epoch: E, presses: 1 }]);
    rig.step({ type: 'connected' });
    rig.step({ type: 'timeout' });
    rig.step({ type: 'heard' });
    const armed = rig.delaysMs.length;
    for (let i = 0; i < 5; i += 1) rig.step({ type: 'heard' });
    expect(rig.delaysMs).toHaveLength(armed);
  });

  it('halves a batch that goes three times unanswered while the gateway is heard', () => {
    const rig = new UplinkRig([{ epoch: E, presses: 100 }]);
    rig.step({ type: 'connected' });
    for (let i = 0; i < 3; i += 1) {
      expect(rig.lastSent.count).toBe(100);
      rig.step({ type: 'heard' });
      rig.step({ type: 'timeout' });
    }
    expect(rig.lastSent).toMatchObject({ firstSeq: 1, count: 50 });
  });

  it('does not halve where nothing is heard at all', () => {
    const rig = new UplinkRig([{ epoch: E, presses: 100 }]);
    rig.step({ type: 'connected' });
    for (let i = 0; i < 10; i += 1) rig.step({ type: 'timeout' });
    expect(rig.lastSent.count).toBe(100);
  });

  it('does not wait for an epoch that its journal no longer has', () => {
    const view = { spans: [], ready: () => true, random: () => 0 };
    const step = stepUplink(STATES['in-flight'] as UplinkState, { type: 'timeout' }, view);
    expect(step.state.phase.kind).toBe('idle');
    const acked = stepUplink(STATES['in-flight'] as UplinkState, { type: 'ack', ack: { epoch: E, upTo: 10 } }, view);
    expect(acked.state.phase.kind).toBe('idle');
  });

  it('does not wait for an ack that it has already', () => {
    const view = { spans: [{ ...span, lastSeq: 20, ackedSeq: 10 }], ready: () => true, random: () => 0 };
    for (const event of [
      { type: 'timeout' },
      { type: 'changed' },
      { type: 'ack', ack: { epoch: E, upTo: 10 } },
    ] as const) {
      const { effects } = stepUplink(STATES['in-flight'] as UplinkState, event, view);
      expect(effects).toContainEqual({ type: 'send', epoch: E, firstSeq: 11, count: 10, oldestSeq: 1 });
    }
  });

  it('asks again at the next connection for an epoch refused as a whole', () => {
    const rig = new UplinkRig([
      { epoch: 'cloned', presses: 3 },
      { epoch: 'own', presses: 3 },
    ]);
    rig.step({ type: 'connected' });
    rig.ack({ epoch: 'cloned', upTo: 0, refused: 'epoch-of-another-terminal' });
    expect(rig.blocked).toEqual(['cloned']);
    expect(rig.lastSent.epoch).toBe('own');
    rig.step({ type: 'disconnected' });
    rig.step({ type: 'connected' });
    expect(rig.lastSent.epoch).toBe('cloned');
  });

  it('blocks only the epoch whose null is refused again and again', () => {
    const rig = new UplinkRig([
      { epoch: 'odd', presses: 1 },
      { epoch: 'own', presses: 3 },
    ]);
    rig.step({ type: 'connected' });
    for (let i = 0; i < 10 && rig.blocked.length === 0; i += 1)
      rig.ack({ epoch: 'odd', upTo: 0, refused: 'malformed' });
    expect(rig.blocked).toEqual(['odd']);
    expect(rig.lastSent).toMatchObject({ epoch: 'own', firstSeq: 1, count: 3 });
  });

  it('goes on with a blocked epoch as soon as the gateway takes it: the refusals were late answers', () => {
    const rig = new UplinkRig([{ epoch: 'odd', presses: 4 }]);
    rig.step({ type: 'connected' });
    rig.ack({ epoch: 'odd', upTo: 0, refused: 'malformed' });
    rig.ack({ epoch: 'odd', upTo: 0, refused: 'malformed' });
    for (let i = 0; i < 10 && rig.blocked.length === 0; i += 1)
      rig.ack({ epoch: 'odd', upTo: 0, refused: 'malformed' });
    expect(rig.blocked).toEqual(['odd']);
    rig.ack({ epoch: 'odd', upTo: 1 });
    expect(rig.lastSent).toMatchObject({ epoch: 'odd', firstSeq: 2 });
  });
});
