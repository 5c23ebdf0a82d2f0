import { connect } from 'node:net';
import { type MemoryStore, SILENT_AFTER_MS, type StoredPress } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventListener } from '../support/event-listener.js';
import { onThisMachine } from '../support/on-this-machine.js';
import { commitPresses, SAMPLE_NOW, sampleEpoch, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

const press: StoredPress = {
  terminal: 'kallio-1',
  epoch: sampleEpoch(0),
  seq: 900,
  at: SAMPLE_NOW,
  countedAt: SAMPLE_NOW,
  rating: 3,
  clock: 'synced',
  receivedAt: SAMPLE_NOW + 5,
  repeat: false,
  excluded: false,
  servicePoint: 'kallio-clinic',
};

let store: MemoryStore;
let http: TestHttpServer;

beforeEach(async () => {
  store = await sampleStore();
  http = await startTestHttpServer(store);
});
afterEach(async () => {
  await http.server.stop();
});

/** The watch has read how things stand once it has asked the store; before that nothing counts as a change. */
async function listenFromNow(): Promise<EventListener> {
  const asked = new Promise<void>((resolve) => {
    const { terminalBriefs } = store;
    store.terminalBriefs = async (at, wanted) => {
      const found = await terminalBriefs.call(store, at, wanted);
      setImmediate(resolve);
      return found;
    };
  });
  const listener = await EventListener.open(http);
  await asked;
  return listener;
}

describe('the event stream', () => {
  it('tells of presses to everyone who listens, from now on', async () => {
    http.events.publish({ kind: 'press', press: { ...press, seq: 1 } });
    const [one, other] = await Promise.all([EventListener.open(http), EventListener.open(http)]);
    expect(one.answer.headers.get('content-type')).toContain('text/event-stream');
    http.events.publish({ kind: 'press', press });
    const { at, clock, epoch, rating, receivedAt, repeat, excluded, seq, terminal } = press;
    const data = { terminal, epoch, seq, at, rating, clock, receivedAt, repeat, excluded };
    const expected = { event: 'press', data };
    expect(await one.next()).toEqual(expected);
    expect(await other.next()).toEqual(expected);
    one.close();
    other.close();
  });

  it('tells of a terminal that goes offline, and not of heartbeats', async () => {
    const listener = await listenFromNow();
    http.events.publish({ kind: 'terminal', terminal: 'kallio-1' });
    await store.commit([
      { kind: 'availability', terminal: 'kallio-2', receivedAt: SAMPLE_NOW, retained: false, availability: 'offline' },
    ]);
    http.events.publish({ kind: 'terminal', terminal: 'kallio-2' });
    const heard = await listener.next();
    expect(heard.event).toBe('terminal');
    expect(heard.data).toMatchObject({ id: 'kallio-2', state: { kind: 'offline', since: SAMPLE_NOW } });
    listener.close();
  });

  it('tells of a terminal that appears and of one that has fallen silent', async () => {
    const listener = await listenFromNow();
    await commitPresses(store, 'brand-new', sampleEpoch(99), [{ at: SAMPLE_NOW, rating: 2, clock: 'synced' }], {
      receivedAt: SAMPLE_NOW + SILENT_AFTER_MS,
    });
    http.setNow(SAMPLE_NOW + SILENT_AFTER_MS + 1);
    http.events.publish({ kind: 'terminal', terminal: 'brand-new' });
    const heard = new Map<unknown, unknown>();
    while (heard.size < 6) {
      const { data } = await listener.next();
      heard.set(data['id'], (data['state'] as { kind: string }).kind);
    }
    expect(heard.get('brand-new')).toBe('working');
    expect(heard.get('kallio-1')).toBe('offline');
    expect(heard.has('never-1')).toBe(false);
    listener.close();
  });

  it('ends, with the server, in less than a second', async () => {
    const listeners = await Promise.all([1, 2, 3].map(() => EventListener.open(http)));
    const begin = performance.now();
    await http.server.stop();
    await Promise.all(listeners.map((listener) => listener.ended()));
    const tookMs = performance.now() - begin;
    expect(tookMs).toBeLessThan(await onThisMachine(1_000));
    expect(http.events.listenerCount).toBe(0);
  });

  it('disconnects a client that does not read instead of remembering everything for it', async () => {
    const socket = connect(http.address.port, http.address.host);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      socket.write('GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\n\r\n');
      socket.once('data', () => resolve());
    });
    socket.pause();
    for (let round = 0; round < 200 && http.events.listenerCount > 0; round += 1) {
      for (let seq = 1; seq <= 1_000; seq += 1) http.events.publish({ kind: 'press', press: { ...press, seq } });
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(http.events.listenerCount).toBe(0);
    socket.resume();
    await closed;
  });

  it('stops listening once nobody listens', async () => {
    const listener = await EventListener.open(http);
    expect(http.events.listenerCount).toBe(2);
    const quiet = new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (http.events.listenerCount > 0) return;
        clearInterval(timer);
        resolve();
      }, 5);
    });
    listener.close();
    await quiet;
  });
});
