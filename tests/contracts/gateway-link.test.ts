import type { Socket } from 'node:net';
import { EmbeddedBroker, ExternalBroker, type GatewayLink } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { describeWith } from '../support/requirements.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const nothing = () => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const clock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What a gateway's way to the broker must do over any broker. */
function linkContract(begin: () => Promise<{ link: GatewayLink; url: () => string }>): void {
  it('forgets what the broker keeps of one terminal, and of no other', async () => {
    const { link, url } = await begin();
    expect(link.forget('kallio-1')).toBe(false);
    await link.start({ message: nothing });
    onTestFinished(() => link.stop());
    await until('the link', async () => link.connected(), Boolean, 8_000);
    const client = await connectAsync(url(), { reconnectPeriod: 0 });
    onTestFinished(() => client.endAsync(true));
    for (const terminal of ['kallio-1', 'malmi-1']) {
      for (const kind of ['status', 'availability', 'config']) {
        await client.publishAsync(`hymio/v1/${terminal}/${kind}`, `{"of":"${terminal}"}`, { qos: 1, retain: true });
      }
    }
    const cleared: string[] = [];
    client.on('message', (topic, payload) => void (payload.length === 0 && cleared.push(topic)));
    await client.subscribeAsync('hymio/v1/+/+', { qos: 1 });
    expect(link.forget('kallio-1')).toBe(true);
    await until(
      'three topics cleared',
      async () => cleared,
      ({ length }) => length === 3,
    );
    const late = await connectAsync(url(), { reconnectPeriod: 0 });
    onTestFinished(() => late.endAsync(true));
    const kept: string[] = [];
    late.on('message', (topic, _payload, { retain }) => void (retain && kept.push(topic)));
    await late.subscribeAsync('hymio/v1/+/+', { qos: 1 });
    await until(
      'what is kept',
      async () => kept,
      ({ length }) => length >= 3,
    );
    expect([...new Set(kept)].sort()).toEqual(
      ['availability', 'config', 'status'].map((kind) => `hymio/v1/malmi-1/${kind}`),
    );
    await link.stop();
    expect(link.forget('malmi-1')).toBe(false);
  });
}

describe('the embedded broker', () => {
  linkContract(async () => {
    const link = new EmbeddedBroker({ plain: { host: '127.0.0.1', port: 0 }, maxConnections: 100, log });
    return { link, url: () => `mqtt://127.0.0.1:${link.port}` };
  });

  it('hands on what waits behind a reader that takes nothing, and outlives its end, however much that is', async () => {
    const link = new EmbeddedBroker({ plain: { host: '127.0.0.1', port: 0 }, maxConnections: 100, log });
    const heard: string[] = [];
    await link.start({ message: (terminal, kind) => void heard.push(`${terminal}/${kind}`) });
    onTestFinished(() => link.stop());
    const url = `mqtt://127.0.0.1:${link.port}`;
    const reader = await connectAsync(url, { reconnectPeriod: 0 });
    await reader.subscribeAsync('hymio/v1/frozen-1/ack', { qos: 1 });
    (reader.stream as Socket).pause();
    // More than sockets hold on either side.
    for (let number = 0; number < 400; number += 1) link.ack('frozen-1', 'x'.repeat(100_000));
    for (let number = 0; number < 20_000; number += 1) link.ack('nobody-1', '{}');
    const other = await connectAsync(url, { reconnectPeriod: 0 });
    onTestFinished(() => other.endAsync(true));
    await other.publishAsync('hymio/v1/kallio-1/presses', '{}', { qos: 1 });
    await until(
      'a batch beside it',
      async () => heard,
      ({ length }) => length > 0,
    );
    reader.end(true);
    await until(
      'its end',
      async () => link.clients(),
      (count) => count === 1,
    );
    await other.publishAsync('hymio/v1/kallio-2/presses', '{}', { qos: 1 });
    await until(
      'a batch after it',
      async () => heard,
      (all) => all.includes('kallio-2/presses'),
    );
    expect(heard).toEqual(['kallio-1/presses', 'kallio-2/presses']);
  });
});

describeWith(['mosquitto'], "Debian's mosquitto", () => {
  linkContract(async () => {
    const bench = new TestBench('gateway-link');
    onTestFinished(() => bench.clear());
    const broker = await MosquittoProgram.start(bench);
    onTestFinished(() => broker.stop('SIGKILL'));
    return { link: new ExternalBroker({ url: broker.url, clock, random: () => 0, log }), url: () => broker.url };
  });
});
