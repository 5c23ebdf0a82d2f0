import { INITIAL_UPLINK, stepUplink, type UplinkEvent, type UplinkState } from '@hymio/device';
import type { AckMessage, EpochSpan } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { UplinkRig } from './uplink-rig.js';

const OLD: EpochSpan = { epoch: 'old', oldestSeq: 1, lastSeq: 10, ackedSeq: 10 };
const NEW: EpochSpan = { epoch: 'new', oldestSeq: 3, lastSeq: 10, ackedSeq: 3 };
const FLIGHT: Extract<UplinkState['phase'], { kind: 'in-flight' }> = {
  kind: 'in-flight',
  epoch: 'new',
  firstSeq: 4,
  count: 7,
  attempt: 2,
  unanswered: 0,
  heard: false,
  asNull: false,
  nullRefusals: 0,
};
const ARM = { type: 'arm', delayMs: 1_000 };
const send = (epoch: string, firstSeq: number, count: number, oldestSeq: number) => ({
  type: 'send',
  epoch,
  firstSeq,
  count,
  oldestSeq,
});
const ackOf = (ack: AckMessage): UplinkEvent => ({ type: 'ack', ack });

function effectsOf(event: UplinkEvent, spans: readonly EpochSpan[], more: Partial<UplinkState> = {}) {
  const state = { ...INITIAL_UPLINK, phase: FLIGHT, ...more };
  return stepUplink(state, event, { spans, ready: () => true, random: () => 0 }).effects;
}

describe('a batch in flight among several epochs', () => {
  it('is waited for although the one before is acknowledged', () => {
    expect(effectsOf({ type: 'changed' }, [OLD, NEW])).toEqual([]);
  });

  it('is sent again with the oldest press of its own epoch', () => {
    expect(effectsOf({ type: 'timeout' }, [OLD, NEW])).toEqual([send('new', 4, 7, 3), ARM]);
  });

  it('stays in flight when another epoch is acknowledged, and that is remembered', () => {
    const acknowledged = { type: 'acknowledge', epoch: 'old', upTo: 8 };
    expect(effectsOf(ackOf({ epoch: 'old', upTo: 8 }), [{ ...OLD, ackedSeq: 2 }, NEW])).toEqual([ARM, acknowledged]);
  });

  it('is not cut by a refusal of another epoch, of another length or of another beginning', () => {
    for (const ack of [
      { epoch: 'old', upTo: 0, refused: 'malformed' },
      { epoch: 'new', upTo: 3, refused: 'malformed', firstSeq: 4, count: 3 },
      { epoch: 'new', upTo: 3, refused: 'malformed', firstSeq: 3, count: 7 },
    ] as const) {
      expect(effectsOf(ackOf(ack), [OLD, NEW])).toEqual([ARM]);
    }
  });

  it('makes way for the next once it is over, and what came meanwhile is remembered', () => {
    const over = { ...NEW, ackedSeq: 10 };
    const acknowledged = { type: 'acknowledge', epoch: 'old', upTo: 8 };
    expect(effectsOf(ackOf({ epoch: 'old', upTo: 8 }), [{ ...OLD, ackedSeq: 2 }, over])).toEqual([
      acknowledged,
      send('old', 9, 2, 1),
      ARM,
    ]);
  });
});

describe('a batch in flight', () => {
  it.each([
    ['acknowledged to its first press', { ...NEW, ackedSeq: 4 }, send('new', 5, 6, 3)],
    ['of a journal that was replaced by a shorter one', { ...NEW, lastSeq: 9 }, send('new', 4, 6, 3)],
  ])('%s is over: what is left is sent', (_name, span, sent) => {
    expect(effectsOf({ type: 'timeout' }, [span])).toEqual([sent, ARM]);
    expect(effectsOf(ackOf({ epoch: 'unknown', upTo: 1 }), [span])).toEqual([sent, ARM]);
  });

  it('that goes unanswered is cut in half, and nothing else happens', () => {
    const phase = { ...FLIGHT, unanswered: 2, heard: true };
    expect(effectsOf({ type: 'timeout' }, [NEW], { phase })).toEqual([send('new', 4, 3, 3), ARM]);
  });

  it('is no longer after a rewind: only success doubles it', () => {
    const rewound = effectsOf(ackOf({ epoch: 'new', upTo: 3, rewind: true }), [NEW], { limit: 2 });
    expect(rewound).toContainEqual(send('new', 4, 2, 3));
    const taken = effectsOf(ackOf({ epoch: 'new', upTo: 4 }), [NEW], { limit: 2 });
    expect(taken).toContainEqual(send('new', 5, 4, 3));
  });

  it('is waited for as long when the gateway is heard before the first repetition', () => {
    expect(effectsOf({ type: 'heard' }, [NEW], { phase: { ...FLIGHT, attempt: 0 } })).toEqual([]);
  });

  it('counts as unanswered only where the gateway was heard since it was sent', () => {
    const rig = new UplinkRig([{ epoch: 'e', presses: 8 }]);
    for (const type of ['connected', 'timeout', 'heard', 'timeout', 'heard', 'timeout'] as const) rig.step({ type });
    expect(rig.lastSent.count).toBe(8);
    for (const type of ['heard', 'timeout'] as const) rig.step({ type });
    expect(rig.lastSent.count).toBe(4);
  });
});

describe('an epoch refused as a whole', () => {
  it('is left out at once also where its gap is too large', () => {
    expect(effectsOf(ackOf({ epoch: 'new', upTo: 3, refused: 'gap-too-large' }), [NEW])).toEqual([
      ARM,
      { type: 'block', epoch: 'new', reason: 'gap-too-large' },
      { type: 'disarm' },
    ]);
  });

  it('stays left out when the gateway takes another one again', () => {
    const effects = effectsOf(ackOf({ epoch: 'old', upTo: 9 }), [{ ...OLD, ackedSeq: 0 }, NEW], {
      phase: { kind: 'idle' },
      blocked: ['old', 'new'],
    });
    expect(effects).toContainEqual(send('old', 10, 1, 1));
    const then = effectsOf(ackOf({ epoch: 'old', upTo: 10 }), [{ ...OLD, ackedSeq: 0 }, NEW], {
      phase: { kind: 'idle' },
      blocked: ['old', 'new'],
    });
    expect(then.filter(({ type }) => type === 'send')).toEqual([]);
  });
});

describe('a single press that the gateway refuses', () => {
  it('is set aside once, and its epoch is left out after the fifth refusal of the null in its place', () => {
    const rig = new UplinkRig([
      { epoch: 'odd', presses: 1 },
      { epoch: 'own', presses: 1 },
    ]);
    const refusal: AckMessage = { epoch: 'odd', upTo: 0, refused: 'malformed' };
    rig.step({ type: 'connected' });
    expect(rig.ack(refusal)).toContainEqual({ type: 'set-aside', epoch: 'odd', seq: 1, reason: 'malformed' });
    for (let refusals = 1; refusals < 5; refusals += 1) expect(rig.ack(refusal)).toEqual([]);
    expect(rig.ack(refusal)).toContainEqual({ type: 'block', epoch: 'odd', reason: 'malformed' });
  });

  it('stays set aside however often its null goes unanswered', () => {
    const rig = new UplinkRig([{ epoch: 'odd', presses: 1 }]);
    const refusal: AckMessage = { epoch: 'odd', upTo: 0, refused: 'malformed' };
    rig.step({ type: 'connected' });
    rig.ack(refusal);
    for (let i = 0; i < 4; i += 1) {
      rig.step({ type: 'heard' });
      rig.step({ type: 'timeout' });
    }
    rig.step({ type: 'timeout' });
    expect(rig.ack(refusal)).toEqual([{ type: 'arm', delayMs: 1_000 }]);
  });
});
