import { randomBytes } from 'node:crypto';
import { hashTokenSecret, makeTokenSecret, type Store, TOKEN_SCOPES, type TokenScope, tokenText } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SampleSite } from '../../support/sample-site.js';
import { SAMPLE_NOW } from '../../support/sample-store.js';
import { plainly, type Question, waysToAsk } from './ask-every-way.js';
import { changeElsewhere } from './change-elsewhere.js';
import { type DocumentedRoute, documentedRoutes, noteRoutes, type ServedRoute } from './every-route.js';
import { BODIES, namedBy, OWN_GROUP } from './named-objects.js';

const DOCUMENT = '/api/v1/openapi.json';
/** What is not asked for a token, and why. A route that is in none of these and not below /api/v1/ fails the test. */
const WITHOUT_TOKEN: readonly (readonly [what: string, RegExp])[] = [
  ['health, for whoever restarts the gateway; tells no place', /^\/(healthz|readyz)$/],
  ['numbers of the gateway itself', /^\/metrics$/],
  ['what everybody may see of a place that staff made public', /^\/public(\/|$)/],
  ['style sheets and scripts, the same for all', /^\/(assets\/|favicon)/],
  [
    'pages and forms of people',
    /^\/(|live|login|logout|set-password|account|alerts|groups|service-points|terminals|reports|admin)(\/|$)/,
  ],
];

describe('every route', () => {
  let site: SampleSite;
  let served: ServedRoute[];
  let documented: DocumentedRoute[];
  let tokens = 0;
  let every: string;

  async function makeToken(store: Store, scopes: readonly TokenScope[], group?: string): Promise<string> {
    const secret = makeTokenSecret(randomBytes);
    tokens += 1;
    const wanted = { name: `t-${tokens}`, scopes: [...scopes], hash: hashTokenSecret(secret) };
    const made = group === undefined ? wanted : { ...wanted, group };
    const { id } = await store.tokens.create(made, { who: 'test', at: SAMPLE_NOW });
    return tokenText(id, secret);
  }
  async function ask(method: string, path: string, url: string, token?: string, of = site) {
    const stop = new AbortController();
    const body = BODIES[`${method} ${path}`];
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const given = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(of.http.address.url + url, { method, headers, signal: stop.signal, ...given });
    // Events never end.
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    // What a command is called is made up anew each time.
    const text = isStream
      ? ''
      : (await answer.text()).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}","terminal"/g, '');
    stop.abort();
    const isProblem = text !== '' && answer.headers.get('content-type')?.includes('problem+json') === true;
    const { code } = isProblem ? (JSON.parse(text) as { code: string }) : { code: undefined };
    return { status: answer.status, code, text, challenge: answer.headers.get('www-authenticate') };
  }

  beforeAll(async () => {
    ({ started: site, routes: served } = await noteRoutes(() => SampleSite.start({ requireToken: true })));
    every = await makeToken(site.store, TOKEN_SCOPES);
    documented = documentedRoutes(JSON.parse((await ask('GET', DOCUMENT, DOCUMENT, every)).text));
  });
  afterAll(() => site.stop());

  const ofApi = () => documented.filter(({ path }) => path.startsWith('/api/'));

  it('is in the OpenAPI document with what a token must be allowed, or is known to need none', () => {
    expect(served.length).toBeGreaterThan(80);
    for (const { method, path, access } of served) {
      // What answers 405 does nothing else, and HEAD is its GET without a body.
      if (access === 'open' || method === 'HEAD') continue;
      const kinds = WITHOUT_TOKEN.filter(([, pattern]) => pattern.test(path)).length;
      const isApi = path.startsWith('/api/');
      expect({ method, path, kinds }).toEqual({ method, path, kinds: isApi ? 0 : 1 });
      if (!isApi || path === DOCUMENT) continue;
      const found = documented.find((one) => one.method === method && one.path === path);
      expect({ method, path, scopes: found?.scopes }).toEqual({ method, path, scopes: access?.scopes });
      expect({ method, path, tokenNeeded: found?.tokenNeeded }).toEqual({ method, path, tokenNeeded: true });
    }
    expect(documented.flatMap(({ scopes, path }) => (path.startsWith('/api/') ? scopes : []))).toEqual(
      expect.arrayContaining([...TOKEN_SCOPES]),
    );
  });

  it('has parameters of which it is known what they name', () => {
    const ofServed = served.flatMap(({ path }) =>
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({ path, name })),
    );
    const ofDocument = documented.flatMap(({ path, parameters }) => parameters.map(({ name }) => ({ path, name })));
    expect([...ofServed, ...ofDocument].filter(({ path, name }) => namedBy(path, name) === undefined)).toEqual([]);
  });

  it('answers nobody without a token, however the address is written', async () => {
    for (const route of ofApi()) {
      const { method, path } = route;
      const refused = await ask(method, path, plainly(route));
      expect({ path, ...refused }).toMatchObject({ path, status: 401, code: 'token-needed' });
      expect(refused.challenge).toBe('Bearer realm="hymio"');
      if (method !== 'GET') continue;
      const [bare = '', query = ''] = plainly(route).split('?');
      const others = [
        `/${bare}`,
        `${bare}/`,
        bare.replace('/api', '/API'),
        bare.replace('/v1', '/./v1'),
        `${bare};a=b`,
      ];
      for (const other of [...others, bare.replace('api', '%61pi'), bare.replace('/v1/', '/v1//')]) {
        const { status } = await ask('GET', path, `${other}?${query}`);
        expect({ other, hidden: [400, 401, 404].includes(status) }).toEqual({ other, hidden: true });
      }
      const head = await ask('HEAD', path, plainly(route));
      expect({ path, hidden: [401, 404, 405].includes(head.status) }).toEqual({ path, hidden: true });
    }
  });

  it('answers a token with just the scopes that the document names, and none that lacks one or has every other', async () => {
    for (const route of ofApi()) {
      const { method, path, scopes } = route;
      const url = plainly(route);
      const exact = await makeToken(site.store, scopes.length === 0 ? ['presses:read'] : (scopes as TokenScope[]));
      const answered = await ask(method, path, url, exact);
      expect({ path, refused: [401, 403, 500].includes(answered.status) }).toEqual({ path, refused: false });
      for (const missing of scopes) {
        const others = TOKEN_SCOPES.filter((one) => one !== missing);
        const refused = await ask(method, path, url, await makeToken(site.store, others));
        expect({ path, missing, ...refused }).toMatchObject({ path, missing, status: 403, code: 'token-scope' });
        expect(refused.challenge).toContain(`scope="${scopes.join(' ')}"`);
      }
    }
  });

  describe('with a token of a group', () => {
    let limited: string;
    /** The same but for what happens elsewhere. */
    let other: SampleSite;
    let limitedThere: string;
    const ways = (): { route: DocumentedRoute; question: Question }[] =>
      ofApi().flatMap((route) => waysToAsk(route).map((question) => ({ route, question })));

    beforeAll(async () => {
      limited = await makeToken(site.store, TOKEN_SCOPES, OWN_GROUP);
      other = await SampleSite.start({ requireToken: true });
      limitedThere = await makeToken(other.store, TOKEN_SCOPES, OWN_GROUP);
      await changeElsewhere(other.store);
    });
    afterAll(() => other.stop());

    it('refuses whatever names something elsewhere, just as what does not exist', async () => {
      let asked = 0;
      for (const { route, question } of ways()) {
        if (question.names !== 'elsewhere' && question.names !== 'unknown') continue;
        const { method, path } = route;
        const answer = await ask(method, path, question.url, limited);
        // A list may be asked about anything: what is not its own it is not shown.
        if (answer.status === 200) {
          expect({ url: question.url, shown: shownBy(answer.text) }).toEqual({ url: question.url, shown: 0 });
        } else {
          const refused = answer.status === 404 || (answer.status === 403 && answer.code === 'token-group');
          expect({ url: question.url, ...answer, refused }).toMatchObject({ url: question.url, refused: true });
        }
        asked += 1;
      }
      expect(asked).toBeGreaterThan(40);
    });

    it('is told nothing of what happens elsewhere: not a byte of any answer depends on it', async () => {
      let answered = 0;
      for (const { route, question } of ways()) {
        const { method, path } = route;
        const here = await ask(method, path, question.url, limited);
        const there = await ask(method, path, question.url, limitedThere, other);
        expect({ url: question.url, ...there }).toEqual({ url: question.url, ...here });
        if (here.status === 200) answered += 1;
      }
      expect(answered).toBeGreaterThan(15);
      // Something has changed, as a token without such a limit sees.
      const everyThere = await makeToken(other.store, TOKEN_SCOPES);
      for (const url of ['aggregates?group=service-point', 'presses', 'alerts?state=all', 'exclusions?state=all']) {
        const here = await ask('GET', '', `/api/v1/${url}`, every);
        const there = await ask('GET', '', `/api/v1/${url}`, everyThere, other);
        expect({ url, differs: here.text !== there.text, status: there.status }).toEqual({
          ...{ url, differs: true, status: 200 },
        });
      }
    });

    it('shows what is in the group, where it can be told apart', async () => {
      const { text } = await ask('GET', '', '/api/v1/service-points', limited);
      expect(text).toContain('kallio-clinic');
      expect(text).not.toMatch(/malmi|social|library/i);
    });
  });
});

/** How many things a list has: of JSON, of CSV below its head, or of NDJSON. */
function shownBy(text: string): number {
  if (text.startsWith('{')) return Object.values(JSON.parse(text) as Record<string, unknown[]>).flat().length;
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('terminal,')).length;
}
