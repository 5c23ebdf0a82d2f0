import { readMessage } from '@hymio/gateway';
import { pressesMessageSchema, statusMessageSchema } from '@hymio/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ServedRoute } from '../../end-to-end/access/every-route.js';
import { usualOf } from '../../end-to-end/access/named-objects.js';
import { QUERIES_OF_PAGES } from '../../end-to-end/access/queries-of-pages.js';
import { SAMPLE_NOW } from '../../support/sample-store.js';
import { WORDS_OF_INSIDE } from '../../support/words-of-inside.js';
import { changedJson, changedValue } from '../arbitraries/changed-json.js';
import { changedText, oddText } from '../arbitraries/odd-texts.js';
import { valuesOf } from '../arbitraries/schema-values.js';
import type { Fuzzed } from '../fuzzed.js';
import { type Answer, type Asked, FuzzedSite } from '../http/fuzzed-site.js';
import { payloadsOf } from './wire-messages.js';

const TOPIC = 'http';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
/** It sets a file of pages, a second each: its parameters are those of other routes. */
const SLOW = /poster|\*/;
/** No page, or one that shows nothing of terminals. */
const NOT_SHOWN = /^\/(assets|live|api\/v1\/events)/;

export const httpRequests: readonly Fuzzed[] = [
  { topic: TOPIC, name: 'whatever a terminal may say is shown by every page and answer', runs: 40, start: startSaid },
  {
    topic: TOPIC,
    name: 'every address answers whatever is asked of it as a mistake or as it should, and others after it',
    runs: 200,
    start: startRequests,
  },
  {
    topic: TOPIC,
    name: 'every form takes or refuses whatever is sent with it, and no page breaks on what it took',
    runs: 80,
    start: startForms,
  },
];

/** The schema allows more than any clock or counter shows: all of it is stored, and shown for ever. */
async function startSaid() {
  const site = await FuzzedSite.start();
  const pages = site.routes.filter(({ method, path }) => method === 'GET' && !SLOW.test(path) && !NOT_SHOWN.test(path));
  const said = fc.oneof(
    fc.tuple(fc.constant('presses' as const), payloadsOf(pressesMessageSchema)),
    fc.tuple(fc.constant('status' as const), payloadsOf(statusMessageSchema)),
  );
  const terminal = fc.constantFrom('kallio-1', 'malmi-1', 'new-1');
  const property = fc.asyncProperty(terminal, said, fc.constantFrom(...pages), async (id, [topic, payload], page) => {
    const arrival = readMessage(id, topic, payload, false, SAMPLE_NOW);
    fc.pre(arrival.kind !== 'refused');
    await site.commit(arrival);
    for (const url of [usualUrl(page), `/terminals/${id}`, '/api/v1/terminals', `/api/v1/terminals/${id}`]) {
      const shown = { method: 'GET', url, headers: { accept: 'text/html' } };
      expectMeant(shown, await site.ask(shown), site);
    }
  });
  return { property, stop: () => site.stop() };
}

async function startRequests() {
  const site = await FuzzedSite.start();
  const routes = site.routes.filter(({ method, path }) => METHODS.includes(method) && !SLOW.test(path));
  const asked = fc.constantFrom(...routes).chain((route) => requestTo(site, route));
  const property = fc.asyncProperty(asked, async (one) => {
    expectMeant(one, await site.ask(one), site);
    const usual = await site.ask({ method: 'GET', url: '/api/v1/aggregates?group=terminal' });
    expect(usual.status).toBe(200);
    expect({}).not.toHaveProperty('polluted');
  });
  return { property, stop: () => site.stop() };
}

async function startForms() {
  const site = await FuzzedSite.start();
  expect(site.forms.length).toBeGreaterThan(20);
  const pages = site.routes.filter(
    ({ method, path }) => method === 'GET' && !SLOW.test(path) && !/^\/(api|assets|live)/.test(path),
  );
  const sent = fc.constantFrom(...site.forms).chain(({ action, fields }) =>
    fc
      .record({
        action: fc.oneof(
          { weight: 9, arbitrary: fc.constant(action) },
          { weight: 1, arbitrary: changedText(fc.constant(action)) },
        ),
        values: fc.tuple(
          ...fields.map(([, value]) =>
            fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, changedText(fc.constant(value)), oddText),
          ),
        ),
        dropped: fc.option(fc.nat(), { freq: 4 }),
        extra: fc.option(fc.constantFrom('__proto__', 'constructor', 'by', 'version', 'id'), { freq: 4 }),
      })
      .map(({ action: to, values, dropped, extra }): Asked => {
        const body = new URLSearchParams(fields.map(([name], index): [string, string] => [name, values[index] ?? '']));
        body.set('by', body.get('by') || 'Aino');
        if (dropped !== null) body.delete(fields[dropped % fields.length]?.[0] ?? '');
        if (extra !== null) body.append(extra, 'x');
        return {
          method: 'POST',
          url: printable(to),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: body.toString(),
        };
      }),
  );
  const property = fc.asyncProperty(sent, fc.constantFrom(...pages), async (form, page) => {
    expectMeant(form, await site.ask(form), site);
    const shown = { method: 'GET', url: usualUrl(page), headers: { accept: 'text/html' } };
    expectMeant(shown, await site.ask(shown), site);
  });
  return { property, stop: () => site.stop() };
}

/** No answer says that the gateway itself failed, or tells of what is inside. */
function expectMeant({ method, url }: Asked, { status, headers, body }: Answer, { errors }: FuzzedSite): void {
  const about = { method, url: url.slice(0, 300) };
  expect({
    ...about,
    failed: status >= 500 && status !== 503 ? `${status} ${body.slice(0, 500)}` : undefined,
    errors,
  }).toEqual({ ...about, failed: undefined, errors: [] });
  if (status >= 400) expect({ ...about, told: WORDS_OF_INSIDE.exec(body)?.[0] }).toEqual({ ...about, told: undefined });
  expect({ ...about, injected: headers['x-injected'] }).toEqual({ ...about, injected: undefined });
}

function requestTo(site: FuzzedSite, route: ServedRoute): fc.Arbitrary<Asked> {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const inPath = fc.tuple(
    ...names.map((name) => fc.tuple(fc.constant(name), written(fc.constant(usualOf(route.path, name))))),
  );
  const schema = site.bodyOf(route);
  const body =
    schema === undefined
      ? fc.option(
          fc.oneof(
            oddText.map((text) => Buffer.from(text)),
            changedJson(fc.jsonValue({ maxDepth: 2 })),
          ),
          { freq: 3 },
        )
      : changedJson(valuesOf(schema));
  return fc
    .record({ inPath, query: queryTo(site, route), headers: oddHeaders, body })
    .map(({ inPath: parts, query, headers, body: sent }) => {
      const path = parts.reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), route.path);
      return {
        method: route.method,
        url: printable(query === '' ? path : `${path}?${query}`),
        headers,
        ...(sent !== null && !['GET', 'HEAD'].includes(route.method) && { body: sent }),
      };
    });
}

/** The parameters that the document names, with what it allows and what it does not; those of pages; and what nobody reads. */
function queryTo(site: FuzzedSite, route: ServedRoute): fc.Arbitrary<string> {
  const known = site
    .queryOf(route)
    .map(({ name, schema }) =>
      fc.tuple(
        fc.constant(name),
        written(
          fc
            .oneof(valuesOf(schema), fc.constant(usualOf(route.path, name)), changedValue(valuesOf(schema)))
            .map(asText),
        ),
      ),
    );
  const pages =
    known.length > 0 || route.path.startsWith('/api')
      ? []
      : QUERIES_OF_PAGES.map((name) => fc.tuple(fc.constant(name), written(fc.constant(usualOf(route.path, name)))));
  const unknown = fc.tuple(fc.constantFrom('__proto__', 'x', '', 'lang', 'a[b]', 'constructor'), written(oddText));
  return fc
    .array(
      fc.oneof(...[...known, ...pages].map((arbitrary) => ({ weight: 4, arbitrary })), {
        weight: 1,
        arbitrary: unknown,
      }),
      { maxLength: 4 },
    )
    .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
}

/** Nearly right, and encoded as it should be, not at all, or twice. */
function written(valid: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.oneof({ weight: 2, arbitrary: valid }, changedText(valid), oddText), fc.constantFrom(1, 1, 1, 0, 2))
    .map(([text, times]) => {
      let encoded = Buffer.from(text).toString('utf8');
      for (let time = 0; time < times; time += 1) encoded = encodeURIComponent(encoded);
      return encoded;
    });
}

const header = oddText.map((text) => text.replaceAll(/[^\x20-\x7e\x80-\xff]/g, '').slice(0, 2_000));
const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    accept: fc.oneof(fc.constantFrom('text/html', 'application/json', '*/*;q=2', 'a/b;'.repeat(100)), header),
    'accept-language': fc.oneof(changedText(fc.constant('sv-FI,sv;q=0.8,en;q=0.5,*;q=0')).map(headerText), header),
    'accept-encoding': fc.oneof(fc.constantFrom('br', 'gzip;q=0', 'identity;q=0', '*'), header),
    authorization: fc.oneof(changedText(fc.constant(`Bearer hymio_1_${'a'.repeat(43)}`)).map(headerText), header),
    cookie: fc.oneof(
      changedText(fc.constant('hymio-language=fi; hymio-session=abc; hymio-name=Aino; hymio-notice=x')).map(headerText),
      header,
    ),
    'content-type': fc.oneof(
      fc.constantFrom(
        'application/json',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/json; charset=utf-7',
      ),
      header,
    ),
    'if-none-match': header,
    range: fc.constantFrom('bytes=0-', 'bytes=-1', 'bytes=9-1'),
    'x-forwarded-for': header,
  },
  { requiredKeys: [] },
);

function headerText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e\x80-\xff]/g, '').slice(0, 2_000);
}

/** What has anything else in its address is no HTTP, and answered before there is a request. */
function printable(url: string): string {
  return url.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 4_000) || '/';
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value));
}

function usualUrl({ path }: ServedRoute): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(usualOf(path, name)));
}
