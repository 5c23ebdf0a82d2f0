import { readMessage } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import { sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const AT = Date.UTC(2026, 10, 20, 12);
const EPOCH = '00000000-0000-4000-8000-000000000001';
const LARGEST_PAYLOAD = 256 * 1024;
const PRESS = { at: AT, rating: 3, clock: 'synced' };
type Topic = Parameters<typeof readMessage>[1];

function read(topic: Topic, payload: unknown, retained = false) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return readMessage('t-1', topic, Buffer.from(text), retained, AT);
}

describe('what a terminal sends', () => {
  it('is presses, with when they came', () => {
    const message = { epoch: EPOCH, firstSeq: 4, oldestSeq: 1, presses: [PRESS, null] };
    expect(read('presses', message)).toStrictEqual({ kind: 'presses', terminal: 't-1', receivedAt: AT, message });
  });

  it('is presses also with fields that nobody here knows', () => {
    const message = { epoch: EPOCH, firstSeq: 4, oldestSeq: 1, presses: [PRESS] };
    const later = { ...message, presses: [{ ...PRESS, pressure: 7 }], mood: 'fine' };
    expect(read('presses', later)).toMatchObject({ kind: 'presses', terminal: 't-1', receivedAt: AT, message });
  });

  it.each([false, true])('is its status, kept by the broker or not (%s)', (retained) => {
    const message = sampleStatus(sampleEpoch(1), AT, 5_000);
    expect(read('status', message, retained)).toStrictEqual({
      kind: 'status',
      terminal: 't-1',
      receivedAt: AT,
      retained,
      message,
    });
  });

  it.each(['online', 'offline'])('is %s', (availability) => {
    const arrival = { kind: 'availability', terminal: 't-1', receivedAt: AT, retained: true, availability };
    expect(read('availability', availability, true)).toStrictEqual(arrival);
  });
});

describe('what is not understood', () => {
  it.each<[Topic, unknown, string]>([
    ['presses', '{', 'not JSON in UTF-8'],
    ['presses', { firstSeq: 1, oldestSeq: 1, presses: [PRESS] }, 'epoch: '],
    ['status', '{', 'status: not JSON in UTF-8'],
    ['status', {}, 'status: sentAt: '],
    ['availability', 'perhaps', 'availability is neither online nor offline'],
  ])('on %s is refused with why, and nobody is told: %j', (topic, payload, reason) => {
    const refusal = read(topic, payload);
    expect(refusal).toStrictEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
  });

  it.each([
    [
      { firstSeq: 4, oldestSeq: 5, presses: [PRESS, PRESS] },
      { firstSeq: 4, count: 2 },
    ],
    [{ firstSeq: 4, oldestSeq: 1, presses: [] }, { firstSeq: 4 }],
    [{ firstSeq: 4, oldestSeq: 1 }, { firstSeq: 4 }],
    [{ firstSeq: 0, oldestSeq: 1, presses: [PRESS] }, { count: 1 }],
    [{}, {}],
  ])('of presses names what of the batch could be read: %j', (message, head) => {
    expect(read('presses', { epoch: EPOCH, ...message })).toStrictEqual({
      kind: 'refused',
      reason: expect.stringMatching(/^(oldestSeq|presses|firstSeq): /),
      head: { epoch: EPOCH, ...head },
    });
  });

  it('is not looked at beyond the largest payload', () => {
    expect(read('presses', ' '.repeat(LARGEST_PAYLOAD + 1))).toStrictEqual({ kind: 'refused', reason: 'too-large' });
    expect(read('presses', ' '.repeat(LARGEST_PAYLOAD))).toMatchObject({
      reason: expect.stringContaining('not JSON in UTF-8'),
    });
  });
});
