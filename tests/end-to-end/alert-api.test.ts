import { rm } from 'node:fs/promises';
import { Alerting, LiveEvents, openSqliteStore, type SqliteStore } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventListener } from '../support/event-listener.js';
import { memoryFolder } from '../support/memory-folder.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';
import { ruleOf } from '../unit/gateway/alerts/alert-rig.js';

const AT = Date.parse('2026-11-20T12:00:00Z');
const say = () => undefined;
let folder = '';
let store: SqliteStore;
let alerting: Alerting;
let http: TestHttpServer;
const live = new LiveEvents();

beforeEach(async () => {
  folder = memoryFolder('hymio-alert-api-');
  store = await openSqliteStore({ folder, reads: 'in-thread' });
  for (const [id, servicePoint] of [
    [1, 'kallio'],
    [2, 'malmi'],
    [3, 'pasila'],
  ] as const) {
    await store.alerts.record({
      alert: {
        id,
        rule: ruleOf('unhappy-now', { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: 900_000 }),
        subject: { kind: 'service-point', servicePoint },
        numbers: { kind: 'presses', ratings: [4, 0, 0, 0], from: AT - 900_000, to: AT },
        openedAt: AT,
        state: { kind: 'open' },
        reopened: 0,
        settled: false,
      },
      entry: { at: AT, kind: 'opened' },
      notices: [
        {
          event: 'opened',
          recipient: { kind: 'email', address: 'secret@example.org', language: 'fi' },
          delivery: `delivery-${id}`,
          createdAt: AT,
          notBefore: AT + 365 * 86_400_000,
        },
      ],
    });
  }
  alerting = new Alerting({
    store: store.alerts,
    registry: () => store.registry(),
    terminals: async () => [],
    presence: async () => [],
    listening: () => true,
    live,
    clock: {
      now: () => AT + 60_000,
      monotonic: () => performance.now(),
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    },
    zone: 'Europe/Helsinki',
    log: { debug: say, info: say, warn: say, error: say },
    random: Math.random,
    webhooks: [],
  });
  await alerting.start();
  http = await startTestHttpServer(store, { alerting, events: live });
});
afterEach(async () => {
  await http.server.stop();
  await alerting.stop();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const list = async (query: string) => {
  const answer = await http.get(`/api/v1/alerts${query}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { alerts: { id: number; state: string }[] }).alerts;
};

describe('the interface for alerts', () => {
  it('lists them by state and service point, page by page', async () => {
    await alerting.engine.close(2, 'Aino', 'A test');
    expect((await list('')).map(({ id }) => id)).toEqual([3, 1]);
    expect((await list('?state=closed')).map(({ id }) => id)).toEqual([2]);
    expect((await list('?state=all&limit=2')).map(({ id }) => id)).toEqual([3, 2]);
    expect((await list('?state=all&limit=2&before=2')).map(({ id }) => id)).toEqual([1]);
    expect((await list('?service-point=kallio')).map(({ id }) => id)).toEqual([1]);
  });

  it('shows one with its history, and no address of those who were told', async () => {
    await alerting.engine.acknowledge(1, 'Aino');
    const answer = await http.get('/api/v1/alerts/1');
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      id: 1,
      state: 'acknowledged',
      servicePoint: 'kallio',
      terminal: null,
      numbers: { ratings: [4, 0, 0, 0] },
      acknowledged: { by: 'Aino', at: AT + 60_000 },
      closed: null,
      history: [{ kind: 'opened' }, { kind: 'acknowledged', by: 'Aino' }],
      notices: [{ event: 'opened', channel: 'email', state: 'waiting', attempts: 0 }],
    });
    expect(text).not.toContain('secret@');
  });

  it.each([
    ['/api/v1/alerts/99', 404, 'unknown-alert'],
    ['/api/v1/alerts/x', 400, 'invalid-parameter'],
    ['/api/v1/alerts?state=angry', 400, 'invalid-parameter'],
    ['/api/v1/alerts?limit=501', 400, 'invalid-parameter'],
  ])('answers %s with %d', async (path, status, code) => {
    const answer = await http.get(path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('tells of each change to those who listen', async () => {
    const listener = await EventListener.open(http);
    await alerting.engine.acknowledge(3, 'Aino');
    expect(await listener.next()).toMatchObject({ event: 'alert', data: { id: 3, state: 'acknowledged' } });
    listener.close();
  });
});

describe('a form about an alert', () => {
  it('is not taken from another site, nor without a name, and HTML in it is text', async () => {
    const post = (body: string, headers: Record<string, string>) =>
      fetch(`${http.address.url}/alerts/1?lang=en`, {
        method: 'POST',
        redirect: 'manual',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
      });
    const ours = { origin: http.address.url };
    expect((await post('action=acknowledge&by=Aino&text=', { origin: 'https://evil.example' })).status).toBe(403);
    const nameless = await post('action=comment&by=&text=%3Cb%3E', ours);
    expect([nameless.status, http.errors]).toEqual([422, []]);
    expect(await nameless.text()).toContain('&lt;b>');
    expect((await post('action=explode&by=Aino&text=', ours)).status).toBe(422);
    expect((await post('action=comment&by=Aino&text=%3Cb%3Ebold', ours)).status).toBe(303);
    expect(await (await http.get('/alerts/1?lang=en', { accept: 'text/html' })).text()).toContain('&lt;b>bold');
    expect((await list('')).find(({ id }) => id === 1)?.state).toBe('open');
    expect((await post('action=close&by=Aino&text=', ours)).status).toBe(303);
    // Somebody else was faster: said, not failed.
    expect((await post('action=acknowledge&by=Eero&text=', ours)).status).toBe(303);
    expect((await list('?state=closed')).map(({ id }) => id)).toEqual([1]);
  });
});
