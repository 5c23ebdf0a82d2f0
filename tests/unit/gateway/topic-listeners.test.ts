import { RetainedMessages, TopicListeners, topicMatches } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

interface Message {
  topic: string;
}

const level = fc.constantFrom('a', 'b', '', '$SYS');
const topics = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filters = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 0, maxLength: 3 }), fc.constantFrom('#', '+', 'a'))
  .map(([levels, last]) => [...levels, last].join('/'));

describe('a filter', () => {
  it.each([
    ['hymio/v1/+/status', 'hymio/v1/a-1/status', true],
    ['hymio/v1/+/status', 'hymio/v1/a-1/status/x', false],
    ['hymio/v1/+/status', 'hymio/v1//status', true],
    ['hymio/#', 'hymio/v1/a-1/status', true],
    ['hymio/#', 'hymio', true],
    ['hymio/#', 'hymios', false],
    ['hymio/+', 'hymio', false],
    ['hymio/v1/a-1/ack', 'hymio/v1/a-1/ack', true],
    ['hymio/v1/a-1/ack', 'hymio/v1/a-10/ack', false],
    ['#', '$SYS/x', false],
    ['+/x', '$SYS/x', false],
    ['$SYS/+', '$SYS/x', true],
    ['#', 'a/b', true],
  ])('%s means %s: %s', (filter, topic, means) => {
    expect(topicMatches(filter, topic)).toBe(means);
  });
});

describe('who hears a topic', () => {
  it('is who has a filter that means it, while it has it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(filters, fc.boolean()), { maxLength: 12 }), topics, (subscribed, topic) => {
        const listeners = new TopicListeners<Message>();
        const heard: number[] = [];
        const all = subscribed.map(([filter, leaves], number) => {
          const listener = (_: Message, done: () => void) => {
            heard.push(number);
            done();
          };
          listeners.on(filter, listener);
          return { filter, listener, leaves, number };
        });
        for (const { filter, listener, leaves } of all) if (leaves) listeners.removeListener(filter, listener);
        let done = 0;
        listeners.emit({ topic }, () => {
          done += 1;
        });
        const meant = all.filter(({ filter, leaves }) => !leaves && topicMatches(filter, topic));
        expect(heard.sort((a, b) => a - b)).toEqual(meant.map(({ number }) => number));
        expect(done).toBe(1);
      }),
    );
  });

  it('holds up who sent the message until all have taken it, and nobody else', () => {
    const listeners = new TopicListeners<Message>();
    const slow: (() => void)[] = [];
    listeners.on('a/+', (_, done) => slow.push(done));
    listeners.on('a/b', (_, done) => slow.push(done));
    const told: string[] = [];
    for (let number = 0; number < 200; number += 1) listeners.emit({ topic: 'a/b' }, () => told.push('slow'));
    listeners.emit({ topic: 'x' }, () => told.push('quick'));
    expect(told).toEqual(['quick']);
    slow[0]?.();
    expect(told).toEqual(['quick']);
    slow[1]?.();
    expect(told).toEqual(['quick', 'slow']);
  });

  it('hears nothing after the end', async () => {
    const listeners = new TopicListeners<Message>();
    const heard: Message[] = [];
    listeners.on('a', (message) => heard.push(message));
    await new Promise<void>((resolve) => listeners.close(resolve));
    const error = await new Promise((resolve) => listeners.emit({ topic: 'a' }, resolve));
    expect(error).toBeInstanceOf(Error);
    expect(heard).toEqual([]);
  });
});

describe('retained messages', () => {
  const qos = 1 as const;
  const texts = (kept: RetainedMessages, ...asked: string[]) =>
    [...kept.matching(asked)].map(({ topic, payload }) => [topic, payload.toString()]);

  it('are the newest of each topic that is asked for', () => {
    const kept = new RetainedMessages();
    kept.store({ topic: 't/a/status', payload: Buffer.from('1'), qos });
    kept.store({ topic: 't/a/status', payload: Buffer.from('2'), qos });
    kept.store({ topic: 't/b/status', payload: 'käynnissä', qos });
    kept.store({ topic: 't/b/config', payload: Buffer.from('c'), qos });
    expect(texts(kept, 't/a/status')).toEqual([['t/a/status', '2']]);
    expect(texts(kept, 't/+/status')).toEqual([
      ['t/a/status', '2'],
      ['t/b/status', 'käynnissä'],
    ]);
    expect(texts(kept, 't/a/ack', 't/b/config')).toEqual([['t/b/config', 'c']]);
  });

  it('are gone once one without payload came', () => {
    const kept = new RetainedMessages();
    kept.store({ topic: 'a', payload: Buffer.from('x'), qos });
    kept.store({ topic: 'a', payload: Buffer.alloc(0), qos });
    expect(texts(kept, '#')).toEqual([]);
  });

  it('have any bytes, and keep none of those they came among', () => {
    const kept = new RetainedMessages();
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const chunk = Buffer.concat([Buffer.from('before'), bytes]);
    kept.store({ topic: 'a', payload: chunk.subarray(6), qos });
    chunk.fill(0);
    expect([...kept.matching(['a'])][0]?.payload.equals(bytes)).toBe(true);
  });
});
