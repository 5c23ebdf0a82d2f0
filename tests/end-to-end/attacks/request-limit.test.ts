import type { HttpObserver } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkAddress } from '../../support/network-address.js';
import { testWith } from '../../support/requirements.js';
import { SAMPLE_NOW, sampleStore } from '../../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../../support/test-http-server.js';

const MOST = 5;
const ANNA = '203.0.113.5';
const OTHER = '203.0.113.6';
const MINUTE_MS = 60_000;

let http: TestHttpServer;
let elapsedMs: number;
let answered: number[];
let asked: { path: string; route: string }[];

const clock: Clock = {
  now: () => SAMPLE_NOW,
  monotonic: () => elapsedMs,
  after: () => () => undefined,
};

async function start(more: Parameters<typeof startTestHttpServer>[1]): Promise<void> {
  elapsedMs = 1_000;
  answered = [];
  asked = [];
  const observer: HttpObserver = ({ status, path, route }) => {
    answered.push(status);
    asked.push({ path, route });
  };
  http = await startTestHttpServer(await sampleStore(), { clock, observer, requestsPerMinute: MOST, ...more });
}
afterEach(() => http.server.stop());

/** The statuses of so many requests, one after the other. */
async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const found: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const response = await ask();
    await response.text();
    found.push(response.status);
  }
  return found;
}
const times = (count: number, status: number) => new Array<number>(count).fill(status);

describe('who asks too often through a proxy that is named', () => {
  beforeEach(() => start({ trustedProxies: ['127.0.0.1'] }));

  const askFrom = (address: string, path = '/api/v1/terminals', headers: Record<string, string> = {}) =>
    http.get(path, { 'x-forwarded-for': address, ...headers });
  const exhaust = (address: string) => statuses(MOST, () => askFrom(address));

  it('is told when to come again, others are served meanwhile, and it is served again after a minute', async () => {
    expect(await exhaust(ANNA)).toEqual(times(MOST, 200));
    elapsedMs += 20_500;
    const refused = await askFrom(ANNA);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await refused.json()).toMatchObject({
      ...{ type: 'urn:hymio:problem:too-many-requests', code: 'too-many-requests', status: 429 },
      next: expect.stringContaining('Try again in 40 s'),
    });
    expect(await exhaust(OTHER)).toEqual(times(MOST, 200));
    elapsedMs += MINUTE_MS - 20_500 - 1;
    expect((await askFrom(ANNA)).status).toBe(429);
    elapsedMs += 1;
    expect(await exhaust(ANNA)).toEqual(times(MOST, 200));
    expect((await askFrom(ANNA)).status).toBe(429);
  });

  it('is the whole /64 of an address of IPv6, and the address that the proxy adds, whatever stands before it', async () => {
    let host = 0;
    const anyOf = (network: string) => () => {
      host += 1;
      return askFrom(`${network}:${host.toString(16)}:1:2:3`);
    };
    expect(await statuses(MOST + 1, anyOf('2001:db8:0:1'))).toEqual([...times(MOST, 200), 429]);
    expect((await anyOf('2001:db8:0:2')()).status).toBe(200);
    const pretending = () => {
      host += 1;
      return askFrom(`198.51.100.${host}, ${ANNA}`);
    };
    expect(await statuses(MOST + 1, pretending)).toEqual([...times(MOST, 200), 429]);
  });

  it('is refused before tokens, cookies and forms are looked at, and where there is nothing', async () => {
    const guess = () => askFrom(ANNA, '/api/v1/terminals', { authorization: `Bearer hymio_${'a'.repeat(40)}` });
    expect(await statuses(MOST + 1, guess)).toEqual([...times(MOST, 401), 429]);
    expect(await statuses(MOST + 1, () => askFrom(OTHER, '/nowhere'))).toEqual([...times(MOST, 404), 429]);
    const foreign = await fetch(`${http.address.url}/admin/new-group`, {
      ...{ method: 'POST', body: 'id=a' },
      headers: { 'x-forwarded-for': OTHER, origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(429);
    expect((await askFrom(OTHER, '/assets/nothing.js')).status).toBe(429);
  });

  it.each([
    ['cannot be decoded', '/%zz', 400],
    ['is longer than any name', `/terminals/${'a'.repeat(200)}`, 414],
  ])('is refused also where the address %s, which who watches hears of', async (_what, path, status) => {
    expect(await statuses(MOST + 1, () => askFrom(ANNA, path))).toEqual([...times(MOST, status), 429]);
    expect(answered).toEqual([...times(MOST, status), 429]);
    expect(asked.every((one) => one.path === path && one.route === 'unmatched')).toBe(true);
    const page = await askFrom(OTHER, path, { accept: 'text/html', 'accept-language': 'en' });
    expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('lang=sv');
  });

  it('is shown a page where it reads pages, in its language', async () => {
    await exhaust(ANNA);
    const page = async (headers: Record<string, string>) => {
      const response = await askFrom(ANNA, '/', { accept: 'text/html', ...headers });
      expect([response.status, response.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
      expect(response.headers.get('retry-after')).toBe('60');
      return response.text();
    };
    expect(await page({ 'accept-language': 'en' })).toContain('<h1>Too many requests</h1>');
    expect(await page({ 'accept-language': 'sv' })).toContain('<h1>För många förfrågningar</h1>');
    const chosen = { 'accept-language': 'sv', cookie: 'hymio-language=fi' };
    expect(await page(chosen)).toContain('<h1>Liian monta pyyntöä</h1>');
  });

  it('keeps the streams that it has, each of which was one request', async () => {
    const controller = new AbortController();
    const headers = { 'x-forwarded-for': ANNA };
    const stream = await fetch(`${http.address.url}/api/v1/events`, { headers, signal: controller.signal });
    expect(stream.status).toBe(200);
    expect(await statuses(MOST, () => askFrom(ANNA))).toEqual([...times(MOST - 1, 200), 429]);
    expect((await askFrom(ANNA, '/api/v1/events')).status).toBe(429);
    expect(http.server.streams).toBe(1);
    controller.abort();
  });

  it('still hears whether the gateway works, and who watches hears how often it was refused', async () => {
    await exhaust(ANNA);
    expect(await statuses(3, () => askFrom(ANNA))).toEqual(times(3, 429));
    for (const path of ['/healthz', '/readyz']) {
      expect(await statuses(2 * MOST, () => askFrom(ANNA, path))).toEqual(times(2 * MOST, 200));
    }
    expect(answered.filter((status) => status === 429)).toHaveLength(3);
  });
});

describe('who comes to the gateway without a proxy', () => {
  it('may ask as it likes from this machine, where no proxy is named', async () => {
    await start({});
    const ask = () => http.get('/api/v1/terminals', { 'x-forwarded-for': ANNA });
    expect(await statuses(4 * MOST, ask)).toEqual(times(4 * MOST, 200));
  });

  it('is limited by its own address where a proxy elsewhere is named, whatever it says of others', async () => {
    await start({ trustedProxies: ['192.0.2.77'] });
    let host = 0;
    const ask = () => {
      host += 1;
      return http.get('/api/v1/terminals', { 'x-forwarded-for': `203.0.113.${host}` });
    };
    expect(await statuses(MOST + 1, ask)).toEqual([...times(MOST, 200), 429]);
  });

  testWith(['network address'], 'is limited from other addresses, where no proxy is named', async () => {
    await start({ listen: { host: networkAddress() ?? '', port: 0 } });
    // Nor would it be answered otherwise: there is neither TLS nor a proxy that does it.
    expect(await statuses(MOST + 1, () => http.get('/api/v1/terminals'))).toEqual([...times(MOST, 403), 429]);
  });
});
