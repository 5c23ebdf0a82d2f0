import type { MemoryStore, StoredPress } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventListener, type Heard } from '../support/event-listener.js';
import { commitPresses, SAMPLE_NOW, sampleEpoch, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

let store: MemoryStore;
let http: TestHttpServer;
const listeners: EventListener[] = [];

beforeEach(async () => {
  store = await sampleStore();
  http = await startTestHttpServer(store);
});
afterEach(async () => {
  for (const listener of listeners.splice(0)) listener.close();
  await http.server.stop();
});

async function look(path: string, seen = '', headers: Record<string, string> = {}): Promise<EventListener> {
  const address = `/live?page=${encodeURIComponent(path)}&seen=${encodeURIComponent(seen)}`;
  const listener = await EventListener.open(http, address, headers);
  listeners.push(listener);
  return listener;
}

/** The regions of a page by id, with their versions, as the page itself has them. */
async function regionsOf(path: string): Promise<Map<string, string>> {
  const html = await (await http.get(path)).text();
  return new Map([...html.matchAll(/id="([^"]+)"[^>]* data-live="([^"]+)"/g)].map(([, id = '', v = '']) => [id, v]));
}

async function press(): Promise<StoredPress> {
  await commitPresses(store, 'malmi-1', sampleEpoch(70), [{ at: SAMPLE_NOW, rating: 3, clock: 'synced' }]);
  const { presses } = await store.presses({ terminal: 'malmi-1', limit: 10_000 });
  const last = presses.at(-1);
  if (last === undefined) throw new Error('no press');
  return last;
}

const idOf = ({ data }: Heard) => String(data['id']);

describe('a page that is looked at', () => {
  it('is sent nothing where the page shows everything already, and then only the regions that changed', async () => {
    const seen = await regionsOf('/?lang=en');
    expect([...seen.keys()].sort()).toEqual(['as-of', 'places', 'summary', 'terminals', 'urgent']);
    const listener = await look('/?lang=en', [...seen].map(([id, version]) => `${id}.${version}`).join());
    http.events.publish({ kind: 'press', press: await press() });
    const heard = [await listener.next(), await listener.next(), await listener.next()];
    // The clock of the test stands still: only what the press changed is another.
    expect(heard.map(idOf).sort()).toEqual(['places', 'summary', 'terminals']);
    const now = await regionsOf('/?lang=en');
    for (const { event, data } of heard) {
      expect(event).toBe('region');
      expect(data['version']).toBe(now.get(String(data['id'])));
    }
  });

  it('is sent what is newer than it, and in its language', async () => {
    const seen = await regionsOf('/?lang=sv');
    await press();
    const listener = await look('/?lang=sv', [...seen].map(([id, version]) => `${id}.${version}`).join());
    const first = await listener.next();
    expect(['places', 'summary', 'terminals']).toContain(idOf(first));
    const finnish = await look('/');
    const html: string[] = [];
    for (let count = 0; count < 4; count += 1) html.push(String((await finnish.next()).data['html']));
    expect(html.join('')).toContain('Kallion terveysasema');
    expect(html.join('')).toContain('päätettä toimii');
  });

  it('is made once for all who look at it', async () => {
    let reads = 0;
    const { terminalBriefs } = store;
    store.terminalBriefs = async (at, wanted) => {
      reads += 1;
      return terminalBriefs.call(store, at, wanted);
    };
    const many = await Promise.all(Array.from({ length: 20 }, () => look('/?lang=en')));
    await Promise.all(many.map((one) => one.next()));
    reads = 0;
    http.events.publish({ kind: 'press', press: await press() });
    const fresh = await Promise.all(
      many.map(async (one) => {
        for (;;) {
          const heard = await one.next();
          if (idOf(heard) === 'summary' && String(heard.data['html']).includes('answers today')) return heard.data;
        }
      }),
    );
    expect(new Set(fresh.map((data) => data['version'])).size).toBeLessThanOrEqual(2);
    expect(reads).toBeLessThanOrEqual(3);
  });

  it('lets go of everything once nobody looks', async () => {
    const listener = await look('/');
    await listener.next();
    expect(http.events.listenerCount).toBe(2);
    const gone = new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (http.events.listenerCount > 0) return;
        clearInterval(timer);
        resolve();
      }, 5);
    });
    listener.close();
    await gone;
  });

  it('ends where it cannot be made, so that the browser asks again', async () => {
    const listener = await look('/');
    await listener.next();
    store.registry = () => Promise.reject(new Error('no disk'));
    http.events.publish({ kind: 'registry' });
    await listener.ended();
    expect(http.errors.map(({ message }) => message)).toContain('live page could not be made');
  });

  it('must be one that there is', async () => {
    const answer = await http.get('/live?page=/nowhere');
    expect(answer.status).toBe(404);
    expect((await http.get('/live')).status).toBe(400);
    expect((await http.get('/live?page=http://elsewhere/')).status).toBe(400);
  });
});

describe('the language', () => {
  it('that was chosen stays chosen', async () => {
    const chosen = await http.get('/?lang=sv');
    const cookie = chosen.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^hymio-language=sv;.*HttpOnly/);
    const [pair = ''] = cookie.split(';');
    const next = await http.get('/', { cookie: pair, 'accept-language': 'en' });
    expect(await next.text()).toContain('<html lang="sv">');
    expect(next.headers.get('set-cookie')).toBeNull();
    expect(next.headers.get('vary')).toContain('Cookie');
    const other = await http.get('/?lang=en', { cookie: pair });
    expect(await other.text()).toContain('<html lang="en">');
    expect(await (await http.get('/', { cookie: 'hymio-language=xx', 'accept-language': 'en' })).text()).toContain(
      '<html lang="en">',
    );
  });
});
