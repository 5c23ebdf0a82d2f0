import { request } from 'node:http';
import type { MemoryStore } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

let store: MemoryStore;
let http: TestHttpServer;

beforeEach(async () => {
  store = await sampleStore();
  http = await startTestHttpServer(store, { publicUrl: 'https://hymio.example.org' });
});
afterEach(async () => {
  await http.server.stop();
});

/** Sends exactly these headers, as fetch would not. */
function ask(method: string, path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { host, port } = http.address;
    const call = request({ host, port, method, path, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    call.on('error', reject);
    call.end();
  });
}

describe('a request', () => {
  it.each(['evil.example', 'evil.example:8080', '192.0.2.7', '127.0.0.1.evil.example'])(
    'to the name %s, which is not ours, is answered with nothing of ours',
    async (host) => {
      const { status, body } = await ask('GET', '/api/v1/terminals', { host });
      expect(status).toBe(421);
      expect(JSON.parse(body)).toMatchObject({ code: 'unknown-host', next: expect.stringContaining('publicUrl') });
      expect(body).not.toContain('kallio');
    },
  );

  it.each(['127.0.0.1:1', 'localhost', 'localhost:8080', '[::1]:80', 'hymio.example.org'])(
    'to %s is answered',
    async (host) => {
      expect((await ask('GET', '/healthz', { host })).status).toBe(200);
    },
  );

  it('whose address cannot be decoded is answered as any other', async () => {
    const host = `127.0.0.1:${http.address.port}`;
    expect((await ask('GET', '/%zz', { host: 'evil.example' })).status).toBe(421);
    expect((await ask('POST', '/%zz', { host, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const answer = await http.get('/%zz');
    expect([answer.status, answer.headers.get('strict-transport-security')]).toEqual([400, 'max-age=15552000']);
  });

  it('that would change something is refused where it comes from a page of somebody else', async () => {
    const host = `127.0.0.1:${http.address.port}`;
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${http.address.port + 1}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: `http://${host}` },
    ];
    for (const headers of foreign) {
      const { status, body } = await ask('POST', '/', { host, ...headers });
      expect([headers, status, JSON.parse(body).code]).toEqual([headers, 403, 'foreign-origin']);
    }
    const ours = [
      {},
      { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
      { origin: 'https://hymio.example.org' },
    ];
    // Nothing is sent to the overview by POST: the next hurdle.
    for (const headers of ours) expect((await ask('POST', '/', { host, ...headers })).status).toBe(405);
  });
});

describe('an answer', () => {
  it('is compressed for who can read it', async () => {
    const packed = await ask('GET', '/?lang=en', { host: 'localhost', 'accept-encoding': 'br' });
    const plain = await ask('GET', '/?lang=en', { host: 'localhost' });
    expect(plain.body).toContain('<html lang="en">');
    expect(packed.status).toBe(200);
    expect(packed.body.length).toBeLessThan(plain.body.length / 2);
  });
});
