import { randomBytes } from 'node:crypto';
import {
  hashTokenSecret,
  type MemoryStore,
  makeTokenSecret,
  type Store,
  TOKEN_SCOPES,
  type TokenScope,
  tokenText,
} from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventListener } from '../support/event-listener.js';
import { SAMPLE_NOW, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';
import { until } from '../support/until.js';

const HOUR_MS = 3_600_000;
const REPORT = '/api/v1/reports/weekly/2026-W47';
const WEEK = 'from=2026-11-16T00:00:00Z&to=2026-11-21T00:00:00Z&bucket=week';

async function makeToken(store: Store, name: string, scopes: TokenScope[], group?: string): Promise<string> {
  const secret = makeTokenSecret(randomBytes);
  const request = { name, scopes, hash: hashTokenSecret(secret), ...(group === undefined ? {} : { group }) };
  const { id } = await store.tokens.create(request, { who: 'test', at: SAMPLE_NOW });
  return tokenText(id, secret);
}

interface Route {
  path: string;
  scopes: TokenScope[];
  security: Record<string, string[]>[];
}

describe('the API with tokens', () => {
  let store: MemoryStore;
  /** Open to everybody, and not. */
  let open: TestHttpServer;
  let closed: TestHttpServer;
  let routes: Route[];
  let every: string;
  const ask = async (http: TestHttpServer, path: string, token?: string) => {
    const stop = new AbortController();
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(`${http.address.url}${path}`, { headers, signal: stop.signal });
    const isProblem = answer.headers.get('content-type')?.includes('problem+json') === true;
    const { code } = isProblem ? ((await answer.json()) as { code: string }) : { code: undefined };
    // Events never end.
    stop.abort();
    return { status: answer.status, code, challenge: answer.headers.get('www-authenticate') };
  };

  beforeAll(async () => {
    store = await sampleStore();
    open = await startTestHttpServer(store);
    closed = await startTestHttpServer(store, { requireToken: true });
    every = await makeToken(store, 'every', [...TOKEN_SCOPES]);
    const answer = await closed.get('/api/v1/openapi.json', { authorization: `Bearer ${every}` });
    const { paths } = (await answer.json()) as {
      paths: Record<string, { get?: { security?: Record<string, string[]>[] } }>;
    };
    routes = Object.entries(paths)
      .filter(([path]) => path.startsWith('/api/v1/'))
      // Commands change something: their own test is below.
      .flatMap(([path, { get }]) => (get === undefined ? [] : [{ path, get }]))
      .map(({ path, get }) => ({
        path: path
          .replace('{week}', '2026-W47')
          .replace('{month}', '2026-10?service-point=kallio-clinic')
          .replace('{id}', path.includes('alerts') ? '1' : 'kallio-1'),
        scopes: (get.security?.at(-1)?.['token'] ?? ['(none)']) as TokenScope[],
        security: get.security ?? [],
      }));
    routes.push({ path: '/api/v1/openapi.json', scopes: [], security: [{ token: [] }] });
  });
  afterAll(async () => {
    await open.server.stop();
    await closed.server.stop();
  });

  it('commands want a token also where reading needs none, and the scope for them', async () => {
    const command = (authorization?: string) =>
      fetch(`${open.address.url}/api/v1/terminals/kallio-1/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: '{"command":"identify"}',
      });
    expect((await command()).status).toBe(401);
    const reader = await makeToken(store, 'reads-only', ['terminals:read']);
    expect((await command(`Bearer ${reader}`)).status).toBe(403);
  });

  it('says of every address what a token must be allowed for it', async () => {
    expect(routes.length).toBeGreaterThan(10);
    for (const { path, scopes, security } of routes) {
      expect({ path, isNeeded: security.length === 1 }).toEqual({ path, isNeeded: true });
      expect(scopes.filter((scope) => !TOKEN_SCOPES.includes(scope))).toEqual([]);
    }
    const optional = (await (await open.get('/api/v1/openapi.json')).json()) as {
      paths: Record<string, { get: { security: unknown[] } }>;
    };
    expect(optional.paths['/api/v1/aggregates']?.get.security).toEqual([{}, { token: ['aggregates:read'] }]);
  });

  it('answers without one only where none is needed', async () => {
    for (const { path } of routes) {
      const refused = await ask(closed, path);
      expect({ path, ...refused }).toEqual({
        path,
        status: 401,
        code: 'token-needed',
        challenge: 'Bearer realm="hymio"',
      });
      expect((await ask(open, path)).status).not.toBe(401);
    }
  });

  it('answers to a token with the scopes that the document names, and not with all but one of them', async () => {
    for (const [index, { path, scopes }] of routes.entries()) {
      const exact = await makeToken(store, `exact-${index}`, scopes.length === 0 ? ['presses:read'] : scopes);
      expect([401, 403]).not.toContain((await ask(closed, path, exact)).status);
      for (const scope of scopes) {
        const others = await makeToken(
          store,
          `without-${index}-${scope.replace(':', '-')}`,
          TOKEN_SCOPES.filter((one) => one !== scope),
        );
        for (const http of [open, closed]) {
          const refused = await ask(http, path, others);
          expect(refused).toMatchObject({ status: 403, code: 'token-scope' });
          expect(refused.challenge).toContain(`scope="${scopes.join(' ')}"`);
        }
      }
    }
  });

  it('refuses what is no token of its own, also where none is needed', async () => {
    const other = every.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const revoked = await makeToken(store, 'revoked', [...TOKEN_SCOPES]);
    expect((await ask(open, REPORT, revoked)).status).toBe(200);
    await store.tokens.revoke('revoked', { who: 'test', at: SAMPLE_NOW });
    for (const token of ['nonsense', '', other, every.replace(/_\d+_/, '_999_'), revoked]) {
      expect(await ask(open, REPORT, token)).toEqual({
        status: 401,
        code: 'token-unknown',
        challenge: 'Bearer realm="hymio", error="invalid_token"',
      });
    }
  });

  it('end the event streams opened with them when they are revoked, and no others', async () => {
    const listen = async (name: string) => {
      const authorization = `Bearer ${await makeToken(store, name, ['presses:read', 'terminals:read'])}`;
      return EventListener.open(closed, '/api/v1/events', { authorization });
    };
    const [gone, kept] = [await listen('gone'), await listen('kept')];
    await store.tokens.revoke('gone', { who: 'test', at: SAMPLE_NOW });
    await gone.ended();
    await until(
      'the others alone',
      async () => closed.server.streams,
      (streams) => streams === 1,
    );
    await store.tokens.revoke('kept', { who: 'test', at: SAMPLE_NOW });
    await kept.ended();
  });

  it('give no stream when they are revoked while it is opened', async () => {
    const authorization = `Bearer ${await makeToken(store, 'overtaken', ['presses:read', 'terminals:read'])}`;
    const { find } = store.tokens;
    // It held when it was looked up.
    store.tokens.find = async (id) => {
      store.tokens.find = find;
      const held = await store.tokens.find(id);
      await store.tokens.revoke('overtaken', { who: 'test', at: SAMPLE_NOW });
      return held;
    };
    const listening = closed.get('/api/v1/events', { authorization }).then((answer) => answer.text());
    await expect(listening).rejects.toThrow();
    expect(closed.server.streams).toBe(0);
  });

  it('passes over the password that a proxy has asked for', async () => {
    const basic = { authorization: 'Basic aGVsbG86d29ybGQ=' };
    expect((await open.get(REPORT, basic)).status).toBe(200);
    const refused = await closed.get(REPORT, basic);
    expect({ status: refused.status, body: await refused.json() }).toMatchObject({
      status: 401,
      body: { code: 'token-needed' },
    });
  });

  it('leaves pages, health and other methods alone', async () => {
    for (const path of ['/', '/healthz', '/readyz', '/reports/weekly/2026-W47', '/reports/weekly/2026-W47/csv']) {
      expect((await closed.get(path)).status).toBe(200);
    }
    const answer = await fetch(`${closed.address.url}/api/v1/presses`, { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect((await closed.get('/api/v1/nothing')).status).toBe(404);
  });

  it('notes when a token was used, once an hour', async () => {
    const token = await makeToken(store, 'used', ['reports:read']);
    const lastUse = async () => (await store.tokens.list()).find(({ name }) => name === 'used')?.lastUsedAt;
    for (const [now, noted] of [
      [SAMPLE_NOW + 1, SAMPLE_NOW + 1],
      [SAMPLE_NOW + HOUR_MS, SAMPLE_NOW + 1],
      [SAMPLE_NOW + HOUR_MS + 1, SAMPLE_NOW + HOUR_MS + 1],
    ] as const) {
      open.setNow(now);
      expect((await ask(open, REPORT, token)).status).toBe(200);
      expect(await lastUse()).toBe(noted);
    }
    open.setNow(SAMPLE_NOW);
  });

  describe('of a group', () => {
    let health: string;
    const get = (path: string) => ask(closed, path, health);
    beforeAll(async () => {
      health = await makeToken(store, 'health', [...TOKEN_SCOPES], 'health');
    });

    it('answers what is in the group', async () => {
      for (const path of [
        `${REPORT}?group=health`,
        `${REPORT}?service-point=kallio-clinic`,
        '/api/v1/alerts?service-point=kallio-clinic',
      ])
        expect((await get(path)).status).toBe(200);
    });

    it('refuses the rest, and tells nothing of whether it exists', async () => {
      const elsewhere = ['', '?group=city', '?group=nowhere', '?service-point=malmi-office', '?service-point=nowhere'];
      const paths = [
        ...elsewhere.map((query) => REPORT + query),
        `${REPORT}?group=health&service-point=malmi-office`,
        '/api/v1/events',
        ...['total', 'terminal'].map((group) => `/api/v1/aggregates?${WEEK}&group=${group}`),
      ];
      for (const path of paths) {
        const { status, code } = await get(path);
        expect({ path, status, code }).toEqual({ path, status: 403, code: 'token-group' });
      }
    });

    it('knows nothing of a terminal elsewhere, as if there were none', async () => {
      for (const id of ['malmi-1', 'nowhere']) {
        const { status, code } = await get(`/api/v1/terminals/${id}`);
        expect({ id, status, code }).toEqual({ id, status: 404, code: 'unknown-terminal' });
      }
      expect((await get('/api/v1/terminals/kallio-1')).status).toBe(200);
    });

    it('shows of lists only what is in the group', async () => {
      const read = async (path: string) => (await closed.get(path, { authorization: `Bearer ${health}` })).json();
      const { servicePoints, groups } = (await read('/api/v1/service-points')) as Record<string, { id: string }[]>;
      expect(servicePoints?.map(({ id }) => id)).toEqual(['itakeskus-centre', 'kallio-clinic']);
      expect(groups?.map(({ id }) => id)).toEqual(['health']);
      const { rows: points } = (await read(`/api/v1/aggregates?${WEEK}&group=service-point`)) as {
        rows: { servicePoint: string }[];
      };
      expect(points.map(({ servicePoint }) => servicePoint)).toEqual(['itakeskus-centre', 'kallio-clinic']);
      const { rows: sums } = (await read(`/api/v1/aggregates?${WEEK}&group=group`)) as { rows: { group: string }[] };
      expect(sums.map(({ group }) => group)).toEqual(['health']);
    });
  });
});
