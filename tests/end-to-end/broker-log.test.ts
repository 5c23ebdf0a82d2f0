import { EmbeddedBroker, ExternalBroker } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MuteBroker } from '../support/mute-broker.js';
import { RawConnection } from '../support/raw-connection.js';
import { freePort } from '../support/test-bench.js';
import { until } from '../support/until.js';

const STATES = 5_000;
const silent = () => undefined;
const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

describe('the log of the embedded broker', () => {
  const warned: Record<string, unknown>[] = [];
  const log = {
    ...{ debug: silent, info: silent, error: silent },
    warn: (_text: string, fields = {}) => void warned.push(fields),
  };
  const broker = new EmbeddedBroker({
    ...{ plain: { host: '127.0.0.1', port: 0 }, events: true, maxConnections: 100, log },
  });
  const open = () => connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0 });
  const logged = (code: string) => warned.filter((fields) => fields['code'] === code);
  beforeAll(() => broker.start({ message: silent }));
  afterAll(() => broker.stop());

  it('has one line of a connection that breaks off while thousands of messages are on their way to it', async () => {
    for (let n = 0; n < STATES; n++) {
      broker.announce(`hymio/v1/events/terminals/-/t${n}`, 'x'.repeat(200), true);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const leaving = await open();
    leaving.once('message', () => leaving.stream.destroy());
    leaving.subscribe('hymio/v1/events/#');
    await new Promise<void>((resolve) => void leaving.once('close', () => resolve()));
    leaving.end(true);
    // What one hears that comes later has all been tried with the one before.
    const staying = await open();
    let heard = 0;
    staying.on('message', () => void heard++);
    await staying.subscribeAsync('hymio/v1/events/#');
    await until(
      'every state',
      async () => heard,
      (count) => count === STATES,
    );
    staying.end(true);
    expect(logged('connection-failed')).toMatchObject([{ from: expect.stringContaining('127.0.0.1') }]);
  });

  it('has no more than sixty lines a minute of an address that speaks no MQTT again and again', async () => {
    for (let n = 0; n < 80; n++) {
      const stranger = await RawConnection.open({ host: '127.0.0.1', port: broker.port ?? 0 });
      stranger.say('GET / HTTP/1.1\r\n\r\n');
      await stranger.ended;
    }
    expect(logged('connection-refused')).toHaveLength(60);
  });
});

describe('the log of a connection to a broker elsewhere', () => {
  it('has no more than twenty lines a minute of acks that were lost with it', async () => {
    const warned: Record<string, unknown>[] = [];
    const log = {
      ...{ debug: silent, info: silent, error: silent },
      warn: (_text: string, fields = {}) => void warned.push(fields),
    };
    const port = await freePort();
    const mute = await MuteBroker.start(port, { letsIn: true });
    const link = new ExternalBroker({ url: `mqtt://127.0.0.1:${port}`, clock, random: () => 0, log });
    try {
      await link.start({ message: silent });
      await until(
        'let in',
        async () => mute.published,
        (count) => count > 0,
      );
      for (let n = 0; n < 500; n++) link.ack(`t${n}`, '{}');
      await until(
        'acks on their way',
        async () => mute.published,
        (count) => count > 100,
      );
      mute.drop();
      await until(
        'the loss is noticed',
        async () => warned.map(({ code }) => code),
        (codes) => codes.includes('broker-unreachable'),
      );
      expect(warned.filter(({ code }) => code === 'ack-not-delivered')).toHaveLength(20);
    } finally {
      await link.stop();
      await mute.stop();
    }
  });
});
