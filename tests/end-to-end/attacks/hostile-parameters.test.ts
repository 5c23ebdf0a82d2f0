import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SampleSite } from '../../support/sample-site.js';
import { WORDS_OF_INSIDE } from '../../support/words-of-inside.js';
import { type DocumentedRoute, documentedRoutes, noteRoutes, type ServedRoute } from '../access/every-route.js';
import { usualOf } from '../access/named-objects.js';
import { QUERIES_OF_PAGES } from '../access/queries-of-pages.js';

/** Each says to some part behind the server something other than a name. `#` stands for what the route would understand. */
const HOSTILE = [
  "' OR '1'='1",
  "#'; DROP TABLE press; --",
  '#" UNION SELECT sql FROM sqlite_master --',
  '../../../../etc/passwd',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '#\r\nx-injected: yes\r\n\r\n<script>alert(1)</script>',
  '#\0.csv',
  '__proto__',
  '9223372036854775808',
  '1e999',
  '\u202e\ufeff',
  `#${'9'.repeat(3_000)}`,
] as const;

interface Asked {
  method: string;
  /** As in the routes. */
  path: string;
  url: string;
}
interface Answer extends Asked {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

describe('what is no name, in every parameter of every address', () => {
  let site: SampleSite;
  let served: ServedRoute[];
  let documented: DocumentedRoute[];
  const answers: Answer[] = [];

  /** The address as it stands, which fetch would tidy up. */
  const ask = (asked: Asked) =>
    new Promise<Answer>((resolve, reject) => {
      const { host, port } = site.http.address;
      const { method, url } = asked;
      const sent = request({ host, port, method, path: url, headers: { accept: 'text/html' } }, (response) => {
        const { statusCode: status = 0, headers } = response;
        const done = (body: string) => resolve({ ...asked, status, headers, body });
        // Events never end, and of files the headers count.
        if (!/html|json|csv/.test(String(headers['content-type']))) {
          response.destroy();
          return done('');
        }
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(Buffer.concat(parts).toString('utf8')));
      });
      sent.on('error', reject);
      sent.end();
    });
  const contents = async () => {
    const read = async (path: string) => (await site.http.get(path)).text();
    const registry = await site.store.registry();
    const [presses, audit] = [await read('/api/v1/presses'), await read('/api/v1/audit')];
    return { registry, presses, audit, notes: await site.store.staffNotes() };
  };

  beforeAll(async () => {
    ({ started: site, routes: served } = await noteRoutes(() => SampleSite.start()));
    documented = documentedRoutes(JSON.parse(await (await site.http.get('/api/v1/openapi.json')).text()));
  });
  afterAll(() => site.stop());

  it('is answered as any other mistake, changes nothing, and tells nothing of what is inside', async () => {
    const before = await contents();
    const questions = served
      .filter(({ method, access }) => access !== 'open' && ['GET', 'POST', 'PUT', 'DELETE'].includes(method))
      .flatMap((route) => questionsTo(route, documented));
    // A few at a time: it is not load that is tried.
    for (let done = 0; done < questions.length; done += 8) {
      answers.push(...(await Promise.all(questions.slice(done, done + 8).map(ask))));
    }
    expect(answers.length).toBeGreaterThan(800);
    const failed = answers.filter(({ status }) => status >= 500 && status !== 503);
    expect(failed.map(({ method, url, status }) => `${method} ${url.slice(0, 200)} ${status}`)).toEqual([]);
    expect(site.http.errors).toEqual([]);
    const telling = answers.filter(({ status, body }) => status >= 400 && WORDS_OF_INSIDE.test(body));
    expect(
      telling.map(({ method, url, body }) => [method, url.slice(0, 200), WORDS_OF_INSIDE.exec(body)?.[0]]),
    ).toEqual([]);
    expect(await contents()).toEqual(before);
    expect({}).not.toHaveProperty('polluted');
  });

  it('comes back in no header, and in no name of a file', async () => {
    for (const { url, headers } of answers) {
      const { location: _, ...others } = headers;
      expect({ url, injected: /injected|<script|DROP|passwd/.exec(JSON.stringify(others)) }).toEqual({
        ...{ url, injected: null },
      });
    }
    const week = '/reports/weekly/2026-W47';
    const injected = encodeURIComponent('fi"\r\nx-injected: yes\r\n\r\n');
    for (const format of ['csv', 'html', 'xlsx']) {
      for (const path of [
        `${week}/${format}?`,
        `/api/v1${week}?format=${format}&`,
        `${week}/${format}?group=health&`,
      ]) {
        const { headers } = await ask({ method: 'GET', path, url: `${path}lang=${injected}` });
        const { headers: usual } = await ask({ method: 'GET', path, url: `${path}lang=fi` });
        expect({ path, header: headers['x-injected'] }).toEqual({ path, header: undefined });
        expect(usual['content-disposition']).toMatch(/^attachment; filename="hymio-[a-zA-Z0-9._-]+\.(csv|html|xlsx)"$/);
        expect([undefined, usual['content-disposition']]).toContain(headers['content-disposition']);
      }
    }
  });

  it('leads nobody away: where an answer leads on, it is to an address of our own', () => {
    const led = answers.filter(({ headers }) => headers['location'] !== undefined);
    expect(led.length).toBeGreaterThan(5);
    for (const { url, headers } of led) {
      const base = site.http.address.url;
      const { origin } = new URL(String(headers['location']), base);
      expect({ url, origin }).toEqual({ url, origin: base });
    }
  });
});

/** The route with one parameter after another hostile, the others as they should be. */
function questionsTo({ method, path }: ServedRoute, documented: readonly DocumentedRoute[]): Asked[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const known = documented.find((one) => one.method === method && one.path === path)?.parameters;
  const optional = known?.filter((one) => one.in === 'query').map(({ name }) => name);
  const needed = known?.filter((one) => one.in === 'query' && one.required).map(({ name }) => name) ?? [];
  const isPage = !/^\/(api|assets|healthz|readyz|metrics|\*)/.test(path) && method === 'GET';
  const query = optional ?? (isPage ? QUERIES_OF_PAGES : []);
  return [...inPath, ...query].flatMap((name, index) => {
    // What no document names: each of what any page reads is tried on all of them, and ids of pages are all read alike. So a
    // few texts at a time, others at each.
    const tried = optional !== undefined ? HOSTILE.length : inPath.includes(name) ? 4 : 1;
    const first = (path.length + index) % HOSTILE.length;
    return [...HOSTILE, ...HOSTILE].slice(first, first + tried).map((text) => {
      const textOf = (one: string) => (one === name ? text.replaceAll('#', usualOf(path, one)) : usualOf(path, one));
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, one: string) => encodeURIComponent(textOf(one)));
      const asked = new URLSearchParams(
        [...new Set([...needed, ...(inPath.includes(name) ? [] : [name])])].map((one): [string, string] => [
          one,
          textOf(one),
        ]),
      );
      return { method, path, url: asked.size === 0 ? filled : `${filled}?${asked}` };
    });
  });
}
