import { request } from 'node:http';
import type { MemoryStore } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
/** The widget of a public view is made for frames of others. */
const FRAMED = /^\/public\/[^/]+\/widget/;

/** Where a crawl begins: what no page links to is named here. */
const SEEDS = [
  '/terminals/kallio-1',
  '/',
  '/admin',
  '/alerts',
  '/public/kallio-clinic',
  '/metrics',
  '/healthz',
  '/readyz',
  '/api/v1/openapi.json',
];
/** What is wrong in itself: not there, not understood, not allowed. */
const WRONG = [
  ['GET', '/nowhere'],
  ['GET', '/api/v1/nowhere'],
  ['GET', '/api/v1/aggregates?from=never'],
  ['GET', '/terminals/../../etc/passwd'],
  ['GET', '/terminals/%00'],
  ['GET', '/terminals/%E0%A4%A'],
  ['GET', '/assets/nothing.js'],
  ['GET', '/public/nowhere'],
  ['GET', '/reports/weekly/2026-W99'],
  ['GET', `/${'a'.repeat(8_000)}`],
  ['POST', '/'],
  ['POST', '/admin/terminals/kallio-1'],
  ['DELETE', '/api/v1/terminals'],
  ['OPTIONS', '/admin'],
] as const;

interface Answer {
  method: string;
  path: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

describe('every address', () => {
  let store: MemoryStore;
  let http: TestHttpServer;
  const answers: Answer[] = [];

  /** The path as it stands, which fetch would tidy up. */
  const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const { host, port } = http.address;
      const sent = request({ host, port, method, path, headers: { accept: 'text/html', ...headers } }, (response) => {
        const done = (body: string) =>
          resolve({ method, path, status: response.statusCode ?? 0, headers: response.headers, body });
        // Events never end, files say nothing here.
        if (!/html|css|javascript|json/.test(String(response.headers['content-type']))) {
          response.destroy();
          done('');
          return;
        }
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(Buffer.concat(parts).toString('utf8')));
      });
      sent.on('error', reject);
      sent.end();
    });

  beforeAll(async () => {
    store = await sampleStore();
    http = await startTestHttpServer(store);
    const { paths } = (await (await http.get('/api/v1/openapi.json')).json()) as { paths: Record<string, unknown> };
    const documented = Object.keys(paths).map((path) =>
      path.replace('{week}', '2026-W47').replace('{month}', '2026-10').replace('{id}', 'kallio-1'),
    );
    const waiting = [...SEEDS, ...documented];
    const kinds = new Set<string>();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const answer = await ask('GET', path);
      answers.push(answer);
      for (const [, link = ''] of answer.body.matchAll(/(?:src|href|action|data-live)="([^"]+)"/g)) {
        const { pathname, search, origin } = new URL(link.replaceAll('&amp;', '&'), `${http.address.url}${path}`);
        // One of a kind: addresses differ in ids, weeks and queries. Setting a PDF takes long and is a file.
        const kind = `${pathname.replace(/(?<=\/)[^/]*[-\d][^/]*/g, ':')}${search === '' ? '' : '?'}`;
        if (origin !== http.address.url || kinds.has(kind) || /pdf|xlsx|poster/.test(link)) continue;
        kinds.add(kind);
        waiting.push(`${pathname}${search}`);
      }
    }
    for (const [method, path] of WRONG) answers.push(await ask(method, path));
    answers.push(await ask('GET', '/', { host: 'evil.example' }));
    answers.push(await ask('GET', '/api/v1/terminals', { authorization: 'Bearer hymio_1_wrong' }));
    answers.push(await ask('POST', '/admin/terminals/kallio-1', { 'sec-fetch-site': 'cross-site' }));
  });
  afterAll(() => http.server.stop());

  it('was visited: pages of every part, and what is wrong', () => {
    expect(answers.length).toBeGreaterThan(60);
    const seen = answers.filter(({ status }) => status === 200).map(({ path }) => path.split('?')[0]);
    for (const path of ['/', '/admin/log', '/alerts', '/admin/alert-rules', '/terminals/kallio-1'])
      expect(seen).toContain(path);
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => status >= 500 && status !== 503)).toEqual([]);
    for (const status of [200, 400, 401, 403, 404]) expect(statuses).toContain(status);
  });

  it('has a content security policy that lets nothing in but our own files, and nothing inline', () => {
    const wrong = answers
      .filter(({ path, headers }) => {
        const policy = String(headers['content-security-policy']);
        return FRAMED.test(path)
          ? !policy.startsWith("default-src 'self'; ") || /unsafe/.test(policy)
          : policy !== POLICY;
      })
      .map(({ method, path, status }) => `${method} ${path.slice(0, 60)} ${status}`);
    expect(wrong).toEqual([]);
  });

  it('keeps browsers from guessing types and from telling others where somebody was', () => {
    const wrong = answers
      .filter(
        ({ headers }) =>
          headers['x-content-type-options'] !== 'nosniff' || headers['referrer-policy'] !== 'same-origin',
      )
      .map(({ method, path, status }) => `${method} ${path.slice(0, 60)} ${status}`);
    expect(wrong).toEqual([]);
  });

  it('has no script, style or handler inside a page, and has nothing loaded from elsewhere', () => {
    for (const { path, headers, body } of answers) {
      if (!String(headers['content-type']).includes('html')) continue;
      const inline = body.match(/<style|\sstyle="|<script(?![^>]*\ssrc=)[^>]*>|\son\w+="|javascript:/gi) ?? [];
      const loaded = [
        ...body.matchAll(
          /<(?:script|img|iframe|link|form|source|audio|video|object|embed)\b[^>]*?\s(?:src|href|action)="([^"]*)"/g,
        ),
      ];
      const elsewhere = loaded
        .map(([, link = '']) => link)
        .filter((link) => !/^[/#?]/.test(link) || link.startsWith('//'));
      expect({ path, inline, elsewhere }).toEqual({ path, inline: [], elsewhere: [] });
    }
  });
});
