import type { Socket } from 'node:net';
import { EmbeddedBroker, openSqliteStore, registryFileSchema } from '@hymio/gateway';
import {
  type AlertEvent,
  alertEventSchema,
  type PressesEvent,
  pressesEventSchema,
  terminalEventSchema,
} from '@hymio/protocol';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { onThisMachine } from '../support/on-this-machine.js';
import { describeWith } from '../support/requirements.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const REGISTRY = {
  groups: [{ id: 'health', name: { fi: 'Terveys' } }],
  servicePoints: [{ id: 'kallio', group: 'health', name: { fi: 'Kallio' }, repeatWindowMs: 5_000 }],
  terminals: [{ id: 'kallio-1' }],
  assignments: [{ terminal: 'kallio-1', servicePoint: 'kallio', from: '2026-01-01T00:00:00Z' }],
};

/** Events of a real gateway over a broker. */
function eventsOver(
  name: string,
  broker: (bench: TestBench) => Promise<{ config: Record<string, unknown>; port?: number }>,
): void {
  const bench = new TestBench(name);
  const clients: MqttClient[] = [];
  let gateway: GatewayProgram;
  let config = '';
  let port = 0;
  let seq = 0;

  beforeAll(async () => {
    const { config: mqtt, port: elsewhere } = await broker(bench);
    config = writeGatewayConfig(bench, 'gateway', { more: { mqtt: { ...mqtt, events: true } } });
    const store = await openSqliteStore({ folder: bench.path('gateway-data'), reads: 'in-thread' });
    await store.importRegistry(registryFileSchema.parse(REGISTRY));
    await store.close();
    gateway = await GatewayProgram.start(bench, config);
    await until(
      'the broker',
      async () => (await gateway.fetch('/readyz')).status,
      (status) => status === 200,
    );
    port = elsewhere ?? gateway.mqttPort;
  });
  afterAll(() => bench.clear());
  afterEach(() => {
    for (const client of clients.splice(0)) client.end(true);
  });

  async function client(): Promise<MqttClient> {
    const opened = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
    clients.push(opened);
    return opened;
  }
  async function reader(filter: string) {
    const heard: { topic: string; message: unknown; retain: boolean }[] = [];
    const opened = await client();
    opened.on('message', (topic, payload, { retain }) => {
      heard.push({ topic, message: payload.length === 0 ? '' : JSON.parse(payload.toString()), retain });
    });
    await opened.subscribeAsync(filter, { qos: 0 });
    return heard;
  }
  /** Presses ten seconds apart, the newest now. */
  async function press(
    sender: MqttClient,
    terminal: string,
    ratings: number[],
    epoch = '0f8fad5b-d9cb-469f-a165-70867728950e',
  ) {
    const firstSeq = seq + 1;
    seq += ratings.length;
    const now = Date.now();
    const presses = ratings.map((rating, index) => ({
      at: now - (ratings.length - index) * 10_000,
      rating,
      clock: 'synced',
    }));
    await sender.publishAsync(
      `hymio/v1/${terminal}/presses`,
      JSON.stringify({ epoch, firstSeq, oldestSeq: firstSeq, presses }),
      { qos: 1 },
    );
    return firstSeq;
  }

  it('tells presses with their identity, each once, when the store has them', async () => {
    const heard = await reader('hymio/v1/events/presses/#');
    const sender = await client();
    const firstSeq = await press(sender, 'kallio-1', [3, 0]);
    await until(
      'the presses',
      async () => heard,
      ({ length }) => length > 0,
    );
    const stored = await gateway.presses('kallio-1');
    const [{ topic, message } = { topic: '', message: {} }] = heard;
    expect(topic).toBe('hymio/v1/events/presses/health/kallio');
    const event: PressesEvent = pressesEventSchema.parse(message);
    expect(event).toMatchObject({ servicePoint: 'kallio', groups: ['health'], omitted: 0 });
    expect(event.presses.map((one) => [one.terminal, one.epoch, one.seq, one.rating])).toEqual(
      stored.filter((one) => one.seq >= firstSeq).map((one) => [one.terminal, one.epoch, one.seq, one.rating]),
    );
  });

  it('keeps the state of a terminal for who comes later', async () => {
    const sender = await client();
    await sender.publishAsync('hymio/v1/kallio-1/availability', 'online', { qos: 1, retain: true });
    const state = await until(
      'the state',
      async () => {
        const heard = await reader('hymio/v1/events/terminals/#');
        await until(
          'anything',
          async () => heard,
          ({ length }) => length > 0,
        );
        return heard.map(({ topic, message, retain }) => ({ topic, retain, ...terminalEventSchema.parse(message) }));
      },
      (states) => states.some(({ retain }) => retain),
    );
    expect(state[0]).toMatchObject({
      topic: 'hymio/v1/events/terminals/health/kallio/kallio-1',
      terminal: 'kallio-1',
      retain: true,
    });
  });

  it('tells that an alert was opened, and that it was closed', async () => {
    const heard = await reader('hymio/v1/events/alerts/#');
    await press(await client(), 'kallio-1', [0, 0, 0, 0, 0, 0]);
    const opened = await until(
      'an alert',
      async () => heard,
      ({ length }) => length > 0,
    );
    const event: AlertEvent = alertEventSchema.parse(opened[0]?.message);
    expect([opened[0]?.topic, event.rule, event.state]).toEqual([
      'hymio/v1/events/alerts/health/kallio',
      'unhappy-now',
      'open',
    ]);
    const closing = await fetch(`${gateway.http}/alerts/${event.alert}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: gateway.http, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'action=close&by=Aino&text=Known',
    });
    expect(closing.status).toBe(303);
    await until(
      'its end',
      async () => heard.map(({ message }) => alertEventSchema.parse(message).state),
      (states) => states.includes('closed'),
    );
    expect(JSON.stringify(heard)).not.toContain('Aino');
  });

  it('of a burst tells what fits a second, and does not hold up acks', async () => {
    const heard = await reader('hymio/v1/events/presses/#');
    const sender = await client();
    const epoch = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    const acks: number[] = [];
    sender.on(
      'message',
      (_topic, payload) => void acks.push((JSON.parse(payload.toString()) as { upTo: number }).upTo),
    );
    await sender.subscribeAsync('hymio/v1/stray-1/ack', { qos: 1 });
    seq = 0;
    for (let batch = 0; batch < 8; batch++)
      await press(
        sender,
        'stray-1',
        Array.from({ length: 500 }, () => 3),
        epoch,
      );
    await until(
      'the acks',
      async () => acks,
      (all) => all.includes(4_000),
    );
    const events = await until(
      'all of them',
      async () => heard.map(({ topic, message }) => ({ topic, ...pressesEventSchema.parse(message) })),
      (all) => all.reduce((sum, { presses, omitted }) => sum + presses.length + omitted, 0) >= 4_000,
    );
    expect(new Set(events.map(({ topic }) => topic))).toEqual(new Set(['hymio/v1/events/presses/-']));
    const told = events.flatMap(({ presses }) => presses.map((one) => one.seq));
    expect(new Set(told).size).toBe(told.length);
    expect(events.length).toBeLessThanOrEqual(10);
  });
}

describe('events of the embedded broker', () => {
  eventsOver('events-embedded', async () => ({ config: { listen: '127.0.0.1:0' } }));
});

describeWith(['mosquitto'], "events over Debian's mosquitto", () => {
  eventsOver('events-mosquitto', async (bench) => {
    const { url, port } = await MosquittoProgram.start(bench);
    return { config: { url }, port };
  });
});

describe('at the embedded broker', () => {
  const silent = () => undefined;
  const heard: string[] = [];
  const broker = new EmbeddedBroker({
    plain: { host: '127.0.0.1', port: 0 },
    events: true,
    maxConnections: 100,
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const open = () => connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0 });
  beforeAll(() => broker.start({ message: (terminal, kind) => void heard.push(`${terminal}/${kind}`) }));
  afterAll(() => broker.stop());

  it('nobody but the gateway tells an event', async () => {
    const reader = await open();
    const events: string[] = [];
    reader.on('message', (topic) => void events.push(topic));
    await reader.subscribeAsync('hymio/v1/events/#');
    const forger = await open();
    forger.on('error', silent);
    const gone = new Promise<void>((resolve) => void forger.once('close', () => resolve()));
    forger.publish('hymio/v1/events/alerts/-', '{}', { qos: 0, retain: true });
    await gone;
    expect(broker.announce('hymio/v1/events/alerts/kallio', '{}', false)).toBe(true);
    await until(
      'the event',
      async () => events,
      ({ length }) => length > 0,
    );
    expect(events).toEqual(['hymio/v1/events/alerts/kallio']);
    reader.end(true);
  });

  it('readers that take nothing hold nobody up', async () => {
    const frozen = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const reader = await open();
        await reader.subscribeAsync('hymio/v1/events/#');
        (reader.stream as Socket).pause();
        return reader;
      }),
    );
    // More than sockets hold on either side.
    const payload = 'x'.repeat(100_000);
    for (let n = 0; n < 400; n++) {
      broker.announce('hymio/v1/events/presses/-', payload, false);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const terminal = await open();
    const before = performance.now();
    await terminal.publishAsync('hymio/v1/kallio-1/presses', '{}', { qos: 1 });
    await until(
      'the batch',
      async () => heard,
      (all) => all.includes('kallio-1/presses'),
    );
    const tookMs = performance.now() - before;
    // A reader that takes nothing is sent away after ten seconds.
    expect(tookMs).toBeLessThan(Math.min(9_000, await onThisMachine(5_000)));
    for (const client of [...frozen, terminal]) client.end(true);
  });
});
