import { introductionFault, MessageRate, mayPublish, maySubscribe, PacketSizes } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('packets of a connection', () => {
  /** A publish with so many bytes of payload; topic `t` takes three. */
  const publish = (payload: number): Buffer => {
    const length = payload + 3;
    const header = length < 128 ? [0x30, length] : [0x30, (length % 128) | 0x80, Math.floor(length / 128)];
    return Buffer.concat([Buffer.from([...header, 0, 1, 0x74]), Buffer.alloc(payload, 'x')]);
  };

  it('pass however they are cut up, where none is too long', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 90 })), (sizes, cuts) => {
        const bytes = Buffer.concat(sizes.map(publish));
        const seen = new PacketSizes(303);
        const steps = cuts.length === 0 ? [7] : cuts;
        for (let at = 0, step = 0; at < bytes.length; step += 1) {
          const length = steps[step % steps.length] ?? 1;
          if (!seen.take(bytes.subarray(at, at + length))) return false;
          at += length;
        }
        return true;
      }),
    );
  });

  it('are refused where one is too long, by its length alone', () => {
    const long = publish(301);
    const seen = new PacketSizes(303);
    expect(seen.take(publish(300))).toBe(true);
    expect(seen.take(long.subarray(0, 3))).toBe(false);
  });

  it('are refused where a length has five bytes', () => {
    expect(new PacketSizes(2 ** 28).take(Buffer.from('3080808080', 'hex'))).toBe(false);
    expect(new PacketSizes(2 ** 28).take(Buffer.from('3080808001', 'hex'))).toBe(true);
  });
});

describe('the rate of messages', () => {
  it('allows a burst, then so many a second, and forgets', () => {
    const rate = new MessageRate({ burst: 3, perSecond: 2 }, 0);
    const allowed = [0, 0, 0, 0, 499, 500, 999, 1_000, 1_001].map((at) => rate.allows(at));
    expect(allowed).toEqual([true, true, true, false, false, true, false, true, false]);
    expect([60_000, 60_000, 60_000, 60_000].map((at) => rate.allows(at))).toEqual([true, true, true, false]);
  });
});

describe('what terminal a-1 may', () => {
  it.each([
    ['hymio/v1/a-1/presses', false, true],
    ['hymio/v1/a-1/presses', true, false],
    ['hymio/v1/a-1/status', true, true],
    ['hymio/v1/a-1/availability', true, true],
    ['hymio/v1/a-1/ack', false, false],
    ['hymio/v1/a-1/config', true, false],
    ['hymio/v1/a-10/presses', false, false],
    ['hymio/v1/a/presses', false, false],
    ['hymio/v1/a-1/presses/x', false, false],
    ['/hymio/v1/a-1/presses', false, false],
  ])('say on %s (retained: %s): %s', (topic, retain, may) => {
    expect(mayPublish('a-1', { topic, retain })).toBe(may);
  });

  it.each([
    ['hymio/v1/a-1/ack', true],
    ['hymio/v1/a-1/#', true],
    ['hymio/v1/a-1/+', true],
    ['hymio/v1/a-10/ack', false],
    ['hymio/v1/+/ack', false],
    ['hymio/v1/a-1', false],
    ['#', false],
  ])('hear %s: %s', (filter, may) => {
    expect(maySubscribe('a-1', filter)).toBe(may);
  });

  it('introduce itself as itself alone', () => {
    const good = { clientId: 'hymio-a-1', clean: true };
    expect(introductionFault('a-1', good)).toBeUndefined();
    const will = { topic: 'hymio/v1/a-1/availability', retain: true };
    expect(introductionFault('a-1', { ...good, will })).toBeUndefined();
    expect(introductionFault('a-1', { ...good, will: { ...will, topic: 'hymio/v1/b/availability' } })).toMatch(
      'a will',
    );
    expect(introductionFault('a-1', { ...good, clientId: 'hymio-b' })).toMatch('client id');
    expect(introductionFault('a-1', { ...good, clean: false })).toMatch('session');
  });
});
