import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchReport, type RemoteReport } from '@hymio/gateway';
import { afterEach, describe, expect, it } from 'vitest';
import { describeWith, program } from '../../support/requirements.js';

const CSV = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="hymio-2026-W47.csv"',
};
const TOKEN = `hymio_1_${'x'.repeat(43)}`;
const WANTED = { week: '2026-W47', format: 'csv', language: 'sv' } as const;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Listens and gives one answer after the other, the last for ever. */
async function serve(...answers: Answer[]): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    answer?.(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, requests };
}

/** Fetches with a clock that costs no time; what came before an error is in `text` too. */
async function get(wanted: Partial<RemoteReport> & { url: string }, patienceMs = 5_000) {
  const pauses: number[] = [];
  const notes: string[] = [];
  let text = '';
  try {
    const parts = {
      fetch,
      wait: async (delayMs: number) => void pauses.push(delayMs),
      note: (said: string) => void notes.push(said),
      patienceMs,
    };
    for await (const chunk of fetchReport({ ...WANTED, ...wanted }, parts)) text += Buffer.from(chunk).toString();
    return { text, pauses, notes, code: undefined };
  } catch (error) {
    return { text, pauses, notes, code: (error as { code?: string }).code, error: error as Error & { next: string } };
  }
}

const report: Answer = (_request, response) => response.writeHead(200, CSV).end('week,section\r\n');
const problem =
  (status: number, code: string, more: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response
      .writeHead(status, { 'content-type': 'application/problem+json; charset=utf-8', ...more })
      .end(JSON.stringify({ type: 't', title: 't', status, code, detail: `detail of ${code}`, next: 'Do this.' }));
const page =
  (status: number, more: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html', ...more }).end('<h1>Log in</h1>');

describe('a report of another machine', () => {
  it('is asked for with everything that was said, and comes as it is', async () => {
    const { url, requests } = await serve(report);
    const got = await get({ url: `${url}/hymio/`, token: TOKEN, servicePoint: 'kallio-clinic' });
    expect(got).toMatchObject({ text: 'week,section\r\n', code: undefined, pauses: [], notes: [] });
    const query = 'format=csv&lang=sv&service-point=kallio-clinic';
    expect(requests[0]?.url).toBe(`/hymio/api/v1/reports/weekly/2026-W47?${query}`);
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it('is refused in the words of the gateway', async () => {
    for (const [status, code] of [
      [401, 'token-unknown'],
      [403, 'token-scope'],
      [404, 'unknown-service-point'],
      [400, 'malformed-week'],
    ] as const) {
      const { url, requests } = await serve(problem(status, code));
      const got = await get({ url });
      expect(got).toMatchObject({ code, text: '', error: { message: `detail of ${code}`, next: 'Do this.' } });
      expect(requests).toHaveLength(1);
    }
  });

  it('is not what a proxy or a login page says', async () => {
    const pages = [
      page(200),
      page(404),
      page(401),
      page(302, { location: 'https://login.example.org/' }),
      problem(404, ''),
    ];
    for (const answer of pages) {
      const { url, requests } = await serve(answer);
      for (const format of ['csv', 'html', 'json'] as const) {
        expect(await get({ url, format })).toMatchObject({ code: 'remote-not-gateway', text: '' });
      }
      expect(requests).toHaveLength(3);
    }
  });

  it('is asked for again while the gateway is not ready, as late as it says', async () => {
    const notReady = problem(503, 'not-ready', { 'retry-after': '7' });
    const { url, requests } = await serve(notReady, page(502), report);
    expect(await get({ url })).toMatchObject({
      text: 'week,section\r\n',
      pauses: [7_000, 4_000],
      notes: [/not-ready/, /502/].map((said) => expect.stringMatching(said)),
    });
    expect(requests).toHaveLength(3);
    const never = await serve(notReady);
    expect(await get({ url: never.url })).toMatchObject({ code: 'not-ready', pauses: [7_000, 7_000, 15_000] });
  });

  it('is given up where nobody answers', async () => {
    const { url } = await serve(report);
    const closed = servers.splice(0);
    await Promise.all(closed.map((server) => new Promise((resolve) => server.close(resolve))));
    const got = await get({ url });
    expect(got).toMatchObject({ code: 'remote-unreachable', pauses: [1_000, 4_000, 15_000] });
    expect(got.error?.message).toContain('ECONNREFUSED');
    const silent = await serve(() => undefined);
    expect(await get({ url: silent.url }, 30)).toMatchObject({ code: 'remote-unreachable' });
  });

  it('is known not to be whole where it was cut off or stands still, and not asked for again', async () => {
    const half: Answer = (_request, response) => {
      response.writeHead(200, { ...CSV, 'content-length': '1000' });
      response.write('week,section\r\n', () => response.destroy());
    };
    const chunked: Answer = (_request, response) => {
      response.writeHead(200, CSV);
      response.write('week,section\r\n', () => response.destroy());
    };
    const still: Answer = (_request, response) => void response.writeHead(200, CSV).write('week,section\r\n');
    const empty: Answer = (_request, response) => void response.writeHead(200, CSV).end();
    for (const answer of [half, chunked, still, empty]) {
      const { url, requests } = await serve(answer);
      expect(await get({ url }, answer === still ? 100 : 5_000)).toMatchObject({ code: 'remote-cut-off', pauses: [] });
      expect(requests).toHaveLength(1);
    }
  });

  it('is not asked for where nobody can be sure of who answers', async () => {
    const { url, requests } = await serve(report);
    expect(await get({ url: url.replace('http:', 'https:'), token: TOKEN })).toMatchObject({
      code: 'remote-tls',
      pauses: [],
    });
    expect(await get({ url: 'http://192.0.2.1', token: TOKEN })).toMatchObject({ code: 'remote-insecure', pauses: [] });
    expect(requests).toEqual([]);
  });

  it.each(['hymio.example.org', 'ftp://example.org', 'https://user:secret@example.org', ''])(
    'has no address %j',
    async (url) => {
      expect(await get({ url })).toMatchObject({ code: 'bad-arguments' });
    },
  );
});

describeWith(['openssl'], 'a report of a gateway whose certificate nobody vouches for', () => {
  it('is not asked for twice, and the token does not leave', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hymio-tls-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
    spawnSync(program('openssl'), [...request.split(' '), '-keyout', key, '-out', certificate]);
    let asked = 0;
    const server = createTlsServer(
      { key: readFileSync(key), cert: readFileSync(certificate) },
      (_request, response) => {
        asked += 1;
        response.writeHead(200, CSV).end('week,section\r\n');
      },
    );
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const url = `https://localhost:${typeof address === 'object' ? address?.port : ''}`;
      const got = await get({ url, token: TOKEN });
      expect(got).toMatchObject({ code: 'remote-tls', pauses: [], text: '' });
      expect(got.error?.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
      expect(got.error?.next).toContain('NODE_EXTRA_CA_CERTS');
      expect(asked).toBe(0);
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });
});
