import { rm } from 'node:fs/promises';
import { Alerting, EmbeddedBroker, Ingest, LiveEvents, openSqliteStore, type SqliteStore } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { connect, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { press } from '../../support/hand-written.js';
import { memoryFolder } from '../../support/memory-folder.js';
import { startTestHttpServer, type TestHttpServer } from '../../support/test-http-server.js';
import { until } from '../../support/until.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const begin = Date.now();
const after: Clock['after'] = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};
const real: Clock = { now: Date.now, monotonic: () => performance.now(), after };
let skippedMs = 0;
/** The time of the gateway: it can be moved on, and what is to be looked at every few seconds is looked at at once. */
const hasty: Clock = {
  now: () => Date.now() + skippedMs,
  monotonic: () => performance.now() + skippedMs,
  after: (delayMs, run) => after(delayMs / 200, run),
};

interface SeenAlert {
  terminal: string | null;
  state: string;
  rule: { name: string };
  numbers: { kind: string; ahead: number; pace: number };
  closed: { how: string } | null;
}

/** The broker, ingest, store, alerts and HTTP server of a gateway; only time is moved on. */
describe('a terminal that has been taken over', () => {
  const folder = memoryFolder('hymio-rogue-');
  const undo: (() => unknown)[] = [];
  let store: SqliteStore;
  let http: TestHttpServer;
  let broker: EmbeddedBroker;

  beforeAll(async () => {
    store = await openSqliteStore({ folder, reads: 'in-thread' });
    undo.push(() => store.close());
    const live = new LiveEvents();
    broker = new EmbeddedBroker({ log, maxConnections: 100, plain: { host: '127.0.0.1', port: 0 } });
    const ingest = new Ingest({ store, link: broker, live, clock: hasty, log });
    await broker.start({
      message: (from, kind, body, kept) => kind !== 'answer' && ingest.receive(from, kind, body, kept),
    });
    undo.push(
      () => ingest.stop(),
      () => broker.stop(),
    );
    const watched = ['backlog-1', 'hasty-1', 'ahead-1'].map((id) => ({
      id,
      state: 'working',
      since: begin,
      faults: [],
    }));
    const alerting = new Alerting({
      ...{ store: store.alerts, registry: () => store.registry(), live, clock: hasty, log, webhooks: [] },
      ...{ terminals: async () => watched, presence: async () => [], listening: () => true },
      ...{ zone: 'Europe/Helsinki', random: Math.random },
    });
    await alerting.start();
    undo.push(() => alerting.stop());
    http = await startTestHttpServer(store, { alerting, events: live, clock: real });
    undo.push(() => http.server.stop());
  });
  afterAll(async () => {
    for (const each of undo.reverse()) await each();
    await rm(folder, { recursive: true, force: true });
  });

  /** Sends 500 presses as one batch, and resolves when they are stored. */
  async function send(terminal: string, epoch: number, timeOf: (index: number) => number): Promise<void> {
    const client: MqttClient = connect(`mqtt://127.0.0.1:${broker.port}`, {
      ...{ clientId: `hymio-${terminal}`, reconnectPeriod: 0, protocolVersion: 4 },
    });
    undo.push(() => client.endAsync(true));
    await new Promise((resolve) => client.once('connect', resolve));
    await client.subscribeAsync(`hymio/v1/${terminal}/ack`, { qos: 1 });
    const acked = new Promise((resolve) => client.once('message', (_topic, said) => resolve(JSON.parse(String(said)))));
    const presses = Array.from({ length: 500 }, (_, index) => ({ ...press(index), at: timeOf(index) }));
    const message = { epoch: `00000000-0000-4000-8000-00000000000${epoch}`, firstSeq: 1, oldestSeq: 1, presses };
    await client.publishAsync(`hymio/v1/${terminal}/presses`, JSON.stringify(message), { qos: 1 });
    expect(await acked).toMatchObject({ upTo: 500 });
  }
  const alerts = async (): Promise<SeenAlert[]> => {
    const answer = await http.get('/api/v1/alerts?state=all');
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { alerts: SeenAlert[] }).alerts;
  };

  it('is told of while it sends what no panel can send, and counted all the same, and an honest backlog is not', async () => {
    await send('backlog-1', 1, (index) => begin - 21 * DAY_MS + index * 3_600_000);
    await send('hasty-1', 2, () => begin - DAY_MS);
    await send('ahead-1', 3, (index) => begin + 400 * DAY_MS + index * 60_000);
    await until('both alerts open', alerts, (seen) => seen.filter(({ state }) => state === 'open').length === 2);
    skippedMs = HOUR_MS + 2 * 60_000;
    const closed = await until('both alerts closed', alerts, (seen) => seen.every(({ state }) => state === 'closed'));
    expect(closed.map(({ terminal }) => terminal).sort()).toEqual(['ahead-1', 'hasty-1']);
    for (const { terminal, rule, numbers, closed: end } of closed) {
      const counts = terminal === 'ahead-1' ? { ahead: 500, pace: 0 } : { ahead: 0, pace: 450 };
      expect([rule.name, end?.how, numbers]).toEqual([
        'suspect-presses',
        'recovered',
        expect.objectContaining({ kind: 'suspect', ...counts }),
      ]);
    }
    expect((await store.presses({ limit: 2_000 })).presses).toHaveLength(1_500);
  });
});
