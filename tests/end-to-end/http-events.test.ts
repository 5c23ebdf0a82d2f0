import { connect } from 'node:net';
import { type MemoryStore, SILENT_AFTER_MS, type StoredPress } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitPresses, SAMPLE_NOW, sampleEpoch, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

interface Heard {
  event: string;
  data: Record<string, unknown>;
}

/** A client of the event stream; `next` waits for the next event. */
class Listener {
  readonly answer: Response;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #abort: AbortController;
  #text = '';

  private constructor(answer: Response, reader: ReadableStreamDefaultReader<Uint8Array>, abort: AbortController) {
    this.answer = answer;
    this.#reader = reader;
    this.#abort = abort;
  }

  static async open(http: TestHttpServer): Promise<Listener> {
    const abort = new AbortController();
    const answer = await fetch(`${http.address.url}/api/v1/events`, { signal: abort.signal });
    if (answer.body === null) throw new Error('no body');
    const listener = new Listener(answer, answer.body.getReader(), abort);
    await listener.#until((text) => text.includes('\n\n'));
    listener.#text = '';
    return listener;
  }

  async #until(done: (text: string) => boolean): Promise<void> {
    while (!done(this.#text)) {
      const { value, done: ended } = await this.#reader.read();
      if (ended) throw new Error('the stream has ended');
      this.#text += new TextDecoder().decode(value);
    }
  }

  async next(): Promise<Heard> {
    await this.#until((text) => text.includes('\n\n'));
    const end = this.#text.indexOf('\n\n');
    const fields = new Map(
      this.#text
        .slice(0, end)
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
    );
    this.#text = this.#text.slice(end + 2);
    if (!fields.has('event')) return this.next();
    return { event: fields.get('event') ?? '', data: JSON.parse(fields.get('data') ?? 'null') as Heard['data'] };
  }

  /** Resolves once the server has ended the stream. */
  async ended(): Promise<void> {
    try {
      while (!(await this.#reader.read()).done);
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
    }
  }

  close(): void {
    this.#abort.abort();
  }
}

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
async function listenFromNow(): Promise<Listener> {
  const asked = new Promise<void>((resolve) => {
    const { terminals } = store;
    store.terminals = async (at) => {
      const found = await terminals.call(store, at);
      setImmediate(resolve);
      return found;
    };
  });
  const listener = await Listener.open(http);
  await asked;
  return listener;
}

describe('the event stream', () => {
  it('tells of presses to everyone who listens, from now on', async () => {
    http.events.publish({ kind: 'press', press: { ...press, seq: 1 } });
    const [one, other] = await Promise.all([Listener.open(http), Listener.open(http)]);
    expect(one.answer.headers.get('content-type')).toContain('text/event-stream');
    http.events.publish({ kind: 'press', press });
    const { at, clock, epoch, rating, receivedAt, repeat, seq, terminal } = press;
    const expected = { event: 'press', data: { terminal, epoch, seq, at, rating, clock, receivedAt, repeat } };
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
    const listeners = await Promise.all([1, 2, 3].map(() => Listener.open(http)));
    const begin = performance.now();
    await http.server.stop();
    await Promise.all(listeners.map((listener) => listener.ended()));
    expect(performance.now() - begin).toBeLessThan(1_000);
    expect(http.events.listenerCount).toBe(0);
  });

  it('disconnects a client that does not read instead of remembering everything for it', async () => {
    const socket = connect(http.address.port, http.address.host);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      socket.write('GET /api/v1/events HTTP/1.1\r\nhost: gateway\r\n\r\n');
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
    const listener = await Listener.open(http);
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
