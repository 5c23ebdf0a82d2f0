import type { Socket } from 'node:net';
import { EmbeddedBroker } from '@hymio/gateway';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.js';

const silent = () => undefined;
/** With some hundreds of these sockets hold no more on either side. */
const FILLER = 'x'.repeat(100_000);

describe('a reader of events that is slow', () => {
  let broker: EmbeddedBroker;
  let warned: Record<string, unknown>[];
  let reader: MqttClient;
  let heard: { topic: string; said: number; retain: boolean }[];
  let closed: boolean;

  beforeEach(async () => {
    [warned, heard, closed] = [[], [], false];
    const log = {
      ...{ debug: silent, info: silent, error: silent },
      warn: (_text: string, fields = {}) => void warned.push(fields),
    };
    broker = new EmbeddedBroker({ plain: { host: '127.0.0.1', port: 0 }, events: true, maxConnections: 100, log });
    await broker.start({ message: silent });
    reader = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0 });
    reader.on('message', (topic, payload, { retain }) => {
      const [said = ''] = payload.toString().split(' ');
      heard.push({ topic: topic.replace('hymio/v1/events/', ''), said: Number(said), retain });
    });
    reader.once('close', () => {
      closed = true;
    });
  });
  afterEach(async () => {
    reader.end(true);
    await broker.stop();
  });

  async function announce(topic: string, payload: string, retain: boolean): Promise<void> {
    broker.announce(`hymio/v1/events/${topic}`, payload, retain);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const states = (said: number, count: number, filler = FILLER) =>
    each(count, (n) => announce(`terminals/-/t${n}`, `${said} ${filler}`, true));
  const pause = () => void (reader.stream as Socket).pause();
  const resume = () => void (reader.stream as Socket).resume();
  /** What was said last of each terminal. */
  const newest = () =>
    new Map(heard.filter(({ topic }) => topic.startsWith('terminals')).map((one) => [one.topic, one.said]));
  const isNewest = (said: number, count: number) => (all: Map<string, number>) =>
    all.size === count && [...all.values()].every((last) => last === said);

  it('hears the newest state of every terminal, and every message about an alert in its order', async () => {
    await reader.subscribeAsync('hymio/v1/events/#');
    pause();
    for (const said of [1, 2, 3]) {
      await states(said, 150);
      await each(20, (n) => announce('alerts/-', `${said * 20 + n} ${FILLER}`, false));
    }
    await states(4, 150, '');
    expect([broker.clients(), closed]).toEqual([1, false]);
    resume();
    await until('the newest of each', async () => newest(), isNewest(4, 150));
    const alerts = heard.filter(({ topic }) => topic === 'alerts/-').map(({ said }) => said);
    expect(alerts).toEqual(Array.from({ length: 60 }, (_, n) => 20 + n));
    // Far fewer than were told: of what waited only the newest.
    expect(heard.length).toBeLessThan(60 + 3 * 150);
    await announce('terminals/-/t0', '5', true);
    await until(
      'what is told then',
      async () => newest(),
      (all) => all.get('terminals/-/t0') === 5,
    );
    expect([closed, warned]).toEqual([false, []]);
  });

  it('has what is kept while it changes, and in the end how every terminal is', async () => {
    await states(1, 300);
    reader.once('message', pause);
    reader.subscribe('hymio/v1/events/#');
    await until(
      'the first of them',
      async () => heard,
      ({ length }) => length > 0,
    );
    await states(2, 300);
    expect([broker.clients(), closed]).toEqual([1, false]);
    resume();
    await until('the newest of each', async () => newest(), isNewest(2, 300));
    // The last that comes is about another terminal than those that the broker had in hand.
    await announce('terminals/-/last', '9', true);
    await until(
      'the last',
      async () => newest(),
      (all) => all.has('terminals/-/last'),
    );
    expect([...newest().values()].filter((said) => said === 1)).toEqual([]);
    expect([closed, warned]).toEqual([false, []]);
  });

  it('is sent away only where more waits for it than the gateway keeps', async () => {
    await reader.subscribeAsync('hymio/v1/events/#');
    pause();
    await each(300, () => announce('presses/-', FILLER, false));
    const begun = performance.now();
    await each(1_000, () => announce('alerts/-', '1', false));
    expect(broker.clients()).toBe(1);
    for (let n = 0; n < 10 && broker.clients() > 0; n++) await announce('alerts/-', '1', false);
    expect(broker.clients()).toBe(0);
    // Who reads nothing would have been sent away after ten seconds.
    expect(performance.now() - begun).toBeLessThan(9_000);
    expect(warned.map(({ code }) => code)).toContain('reader-too-slow');
  });
});

async function each(count: number, act: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; n < count; n++) await act(n);
}
