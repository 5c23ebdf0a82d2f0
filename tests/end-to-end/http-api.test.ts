import { connect, createServer } from 'node:net';
import { type MemoryStore, PdfPrinter } from '@hymio/gateway';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitPresses, SAMPLE_NOW, sampleEpoch, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

interface Row {
  start: string;
  n: number;
  ratings: number[];
  repeats: number;
  estimated: number;
  happyIndex: number | null;
  satisfied: { share: number; low: number; high: number } | null;
  terminal?: string;
  servicePoint?: string;
  group?: string;
}

let store: MemoryStore;
let http: TestHttpServer;

beforeAll(async () => {
  store = await sampleStore();
  http = await startTestHttpServer(store);
});
afterAll(async () => {
  await http.server.stop();
  expect(http.errors).toEqual([]);
});

async function json<T>(path: string): Promise<T> {
  const answer = await http.get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type')).toContain('application/json');
  return (await answer.json()) as T;
}

async function rows(query: string): Promise<Row[]> {
  return (await json<{ rows: Row[] }>(`/api/v1/aggregates?${query}`)).rows;
}

const sum = (of: readonly Row[], field: 'n' | 'repeats' | 'estimated') => of.reduce((all, row) => all + row[field], 0);
const WEEK = 'from=2026-11-16T00:00:00%2B02:00&to=2026-11-23T00:00:00%2B02:00';

describe('terminals', () => {
  it('are listed with their state', async () => {
    const { terminals } = await json<{
      terminals: { id: string; servicePoint: string | null; state: { kind: string } }[];
    }>('/api/v1/terminals');
    expect(terminals.map(({ id, servicePoint, state }) => [id, servicePoint, state.kind])).toEqual([
      ['itakeskus-1', 'itakeskus-centre', 'faulty'],
      ['kallio-1', 'kallio-clinic', 'working'],
      ['kallio-2', 'kallio-clinic', 'working'],
      ['library-1', 'quiet-library', 'offline'],
      ['malmi-1', 'malmi-office', 'working'],
      ['never-1', null, 'never-seen'],
      ['visitor-1', null, 'working'],
    ]);
  });

  it('show what is lost and where they stood', async () => {
    const terminal = await json<Record<string, unknown>>('/api/v1/terminals/library-1');
    expect(terminal['lost']).toEqual([{ epoch: sampleEpoch(50), from: 1, to: 7, recordedAt: expect.any(Number) }]);
    expect(terminal['lostPresses']).toBe(7);
    expect(terminal['incidents']).toEqual([]);
    expect(terminal['assignments']).toEqual([
      { servicePoint: 'quiet-library', question: 'visit', from: '2026-01-01T00:00:00.000Z', to: null },
    ]);
  });
});

describe('what was committed before a request', () => {
  it('is in its answer, however often the pages were looked at just before', async () => {
    const own = await sampleStore();
    const fresh = await startTestHttpServer(own);
    const press = (terminal: string, epoch: number) =>
      commitPresses(own, terminal, sampleEpoch(epoch), [{ at: SAMPLE_NOW, rating: 3, clock: 'synced' }]);
    try {
      await fresh.get('/');
      await press('newcomer-1', 90);
      expect((await fresh.get('/api/v1/terminals/newcomer-1')).status).toBe(200);
      await press('newcomer-2', 91);
      expect(await (await fresh.get('/api/v1/terminals')).text()).toContain('"newcomer-2"');
    } finally {
      await fresh.server.stop();
    }
  });
});

describe('service points', () => {
  it('come with their groups and the terminals that stand there', async () => {
    const { servicePoints, groups } = await json<{
      servicePoints: { id: string; terminals: string[]; openingHours: unknown }[];
      groups: { id: string; parent: string | null }[];
    }>('/api/v1/service-points');
    expect(servicePoints.find((one) => one.id === 'kallio-clinic')?.terminals).toEqual(['kallio-1', 'kallio-2']);
    expect(servicePoints.find((one) => one.id === 'malmi-office')?.openingHours).toBeNull();
    expect(groups).toContainEqual(expect.objectContaining({ id: 'health', parent: 'city' }));
  });
});

describe('aggregates', () => {
  it('have the stated shape', async () => {
    const [row] = await rows(`${WEEK}&bucket=week`);
    expect(row).toEqual({
      start: '2026-11-15T22:00:00.000Z',
      n: expect.any(Number),
      ratings: [expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)],
      repeats: 2,
      excluded: 0,
      estimated: 1,
      happyIndex: expect.any(Number),
      satisfied: { share: expect.any(Number), low: expect.any(Number), high: expect.any(Number) },
    });
    expect(row?.ratings.reduce((all, count) => all + count, 0)).toBe(row?.n);
  });

  it('add up, however they are cut', async () => {
    const total = sum(await rows(`${WEEK}&bucket=week&group=total`), 'n');
    expect(total).toBeGreaterThan(100);
    for (const bucket of ['15min', 'hour', 'day', 'week']) {
      for (const group of ['total', 'terminal']) {
        const found = await rows(`${WEEK}&bucket=${bucket}&group=${group}`);
        expect(sum(found, 'n'), `${bucket} by ${group}`).toBe(total);
        expect(sum(found, 'repeats')).toBe(2);
      }
    }
    const unassigned = await rows(`${WEEK}&bucket=week&group=terminal`).then((all) =>
      sum(
        all.filter((row) => row.terminal === 'visitor-1'),
        'n',
      ),
    );
    expect(unassigned).toBeGreaterThan(0);
    expect(sum(await rows(`${WEEK}&bucket=day&group=service-point`), 'n')).toBe(total - unassigned);
  });

  it('of a group include those of the groups below it', async () => {
    const byGroup = await rows(`${WEEK}&bucket=week&group=group`);
    const byPoint = await rows(`${WEEK}&bucket=week&group=service-point`);
    const n = (all: Row[], key: string) => all.find((row) => row.group === key || row.servicePoint === key)?.n ?? 0;
    expect(n(byGroup, 'health')).toBe(n(byPoint, 'kallio-clinic') + n(byPoint, 'itakeskus-centre'));
    expect(n(byGroup, 'city')).toBe(sum(byPoint, 'n'));
  });

  it('widen the range to 15 minutes and clip buckets to it', async () => {
    const found = await rows('from=2026-11-18T09:20:00Z&to=2026-11-18T12:01:00Z&bucket=hour');
    expect(found.map((row) => row.start)).toEqual([
      '2026-11-18T09:15:00.000Z',
      '2026-11-18T10:00:00.000Z',
      '2026-11-18T11:00:00.000Z',
      '2026-11-18T12:00:00.000Z',
    ]);
  });

  it('say null where there is nothing to say', async () => {
    const found = await rows('from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z&bucket=week');
    expect(found).toEqual([
      expect.objectContaining({ n: 0, ratings: [0, 0, 0, 0], happyIndex: null, satisfied: null }),
    ]);
    expect(await rows('from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z&group=terminal')).toEqual([]);
  });

  it('put presses into the right local day when the clocks change', async () => {
    const at = (text: string) => ({ at: Date.parse(text), rating: 3 as const, clock: 'synced' as const });
    const presses = [
      at('2026-10-24T20:59:50Z'),
      at('2026-10-24T21:00:00Z'),
      at('2026-10-25T00:30:00Z'),
      at('2026-10-25T01:30:00Z'),
      at('2026-10-25T21:59:50Z'),
      at('2026-10-25T22:00:00Z'),
    ];
    await commitPresses(store, 'visitor-1', sampleEpoch(60), presses);
    const found = await rows('from=2026-10-24T00:00:00Z&to=2026-10-27T00:00:00Z');
    expect(found.map(({ start, n }) => [start, n])).toEqual([
      ['2026-10-24T00:00:00.000Z', 1],
      ['2026-10-24T21:00:00.000Z', 4],
      ['2026-10-25T22:00:00.000Z', 1],
      ['2026-10-26T22:00:00.000Z', 0],
    ]);
  });

  it('default to the last seven days, by day, in total', async () => {
    const found = await rows('');
    expect(found).toHaveLength(8);
    expect(found[0]?.start).toBe('2026-11-13T12:00:00.000Z');
  });
});

describe('presses', () => {
  it('come as lines in order of arrival, page by page', async () => {
    const seen: Record<string, unknown>[] = [];
    let pages = 0;
    for (let after: string | null = ''; after !== null; pages += 1) {
      const answer: Response = await http.get(`/api/v1/presses?limit=97${after === '' ? '' : `&after=${after}`}`);
      expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
      const lines = (await answer.text()).split('\n').filter(Boolean);
      seen.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>));
      after = answer.headers.get('x-next-cursor');
      expect(after === null).toBe(lines.length === 0);
    }
    expect(pages).toBeGreaterThan(3);
    const identities = seen.map(({ terminal, epoch, seq }) => `${terminal} ${epoch} ${seq}`);
    expect(new Set(identities).size).toBe(identities.length);
    expect(seen[0]).toEqual({
      terminal: 'kallio-1',
      epoch: sampleEpoch(0),
      seq: 1,
      at: expect.any(Number),
      rating: expect.any(Number),
      clock: 'synced',
      receivedAt: SAMPLE_NOW - 1_000,
      repeat: false,
      excluded: false,
    });
    const whole = await http.get('/api/v1/presses');
    expect((await whole.text()).trimEnd().split('\n')).toHaveLength(seen.length);
  });

  it('of one terminal, as CSV', async () => {
    const answer = await http.get('/api/v1/presses?terminal=library-1&format=csv');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const lines = (await answer.text()).split('\r\n');
    expect(lines[0]).toBe('terminal,epoch,seq,at,rating,clock,receivedAt,repeat,excluded,suspect');
    const at = SAMPLE_NOW - 7_200_000;
    expect(lines[2]).toBe(`library-1,${sampleEpoch(50)},9,${at + 1_000},2,estimated,${at + 5_000},true,false,`);
    expect(lines).toHaveLength(5);
    expect((await http.get('/api/v1/presses?terminal=nobody')).status).toBe(200);
  });
});

describe('the weekly report', () => {
  it('is a PDF file', async () => {
    const pdf = await http.get('/api/v1/reports/weekly/2026-W47?format=pdf&lang=sv&service-point=kallio-clinic');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('content-disposition')).toBe('attachment; filename="hymio-2026-W47-kallio-clinic.pdf"');
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect(Number(pdf.headers.get('content-length'))).toBe(bytes.length);
  });

  it('has a poster of a month that is over, for programs and for the page', async () => {
    const early = await http.get('/api/v1/reports/poster/2026-11?service-point=kallio-clinic&lang=fi,sv');
    expect(early.status).toBe(404);
    expect(await early.json()).toMatchObject({ code: 'month-not-over' });
    const page = await (await http.get('/service-points/kallio-clinic?lang=sv')).text();
    expect(page).toContain('/reports/poster/2026-10?service-point=kallio-clinic&amp;lang=sv,fi');
    http.setNow(Date.parse('2026-12-10T10:00:00Z'));
    try {
      for (const path of ['/api/v1/reports/poster', '/reports/poster']) {
        const poster = await http.get(`${path}/2026-11?service-point=kallio-clinic&lang=fi,sv`);
        expect(poster.headers.get('content-type')).toBe('application/pdf');
        expect(poster.headers.get('content-disposition')).toContain('hymio-poster-2026-11-kallio-clinic.pdf');
      }
      const wrong = await http.get('/api/v1/reports/poster/2026-11?service-point=kallio-clinic&lang=fi');
      expect([wrong.status, await wrong.json()]).toMatchObject([400, { code: 'not-two-languages' }]);
    } finally {
      http.setNow(SAMPLE_NOW);
    }
  });

  it('goes on in the other forms where PDF files cannot be made', async () => {
    const other = await startTestHttpServer(store, { printer: new PdfPrinter(['/nowhere/font.ttf']) });
    try {
      const pdf = await other.get('/api/v1/reports/weekly/2026-W47?format=pdf');
      expect(pdf.status).toBe(503);
      expect(await pdf.json()).toMatchObject({ code: 'pdf-font-unreadable', next: expect.stringContaining('html') });
      expect((await other.get('/api/v1/reports/weekly/2026-W47?format=html')).status).toBe(200);
    } finally {
      await other.server.stop();
    }
  });

  it('comes as JSON, CSV and HTML with the same numbers', async () => {
    const report = await json<{ counts: { n: number }; servicePoints: unknown[] }>('/api/v1/reports/weekly/2026-W47');
    const csv = await http.get('/api/v1/reports/weekly/2026-W47?format=csv&lang=fi');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const text = await csv.text();
    expect(text).toContain(`2026-W47,total,,,,${report.counts.n},`);
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    const html = await http.get('/api/v1/reports/weekly/2026-W47?format=html&lang=en');
    expect(html.headers.get('content-type')).toContain('text/html');
    const page = await html.text();
    expect(page).toContain(`of the ${report.counts.n} who answered were satisfied`);
    expect(page).toContain('Quiet library &lt;b>');
    expect(page).toMatch(/<span class="name">[^<]+<\/span><span class="id">[^<]*library-1<\/span>/);
    expect(report.servicePoints).toHaveLength(4);
  });

  it('of one service point counts only what was pressed there', async () => {
    const path = '/api/v1/reports/weekly/2026-W47?service-point=malmi-office';
    const report = await json<{ counts: { n: number }; coverage: { terminals: { terminal: string }[] } }>(path);
    const [row] = (await rows(`${WEEK}&bucket=week&group=service-point`)).filter(
      (one) => one.servicePoint === 'malmi-office',
    );
    expect(report.counts.n).toBe(row?.n);
    expect(report.coverage.terminals.map((one) => one.terminal)).toEqual(['malmi-1']);
  });

  it('prints no percentage below ten answers', async () => {
    const answer = await http.get('/reports/weekly/2026-W47?service-point=malmi-office&lang=en');
    const page = (await answer.text()).replace(/<dl[^>]*>.*<\/dl>/s, '');
    expect(page).toContain('too few for a percentage');
    expect(page.replace(/known to have worked for \d+%/, '').match(/>100%</g)).toHaveLength(1);
    expect(page).not.toContain('Happy Index <strong>');
  });
});

describe('what cannot be answered', () => {
  it.each([
    ['/api/v1/terminals/nobody', 404, 'unknown-terminal'],
    ['/api/v1/terminals/No%20Body', 400, 'invalid-parameter'],
    ['/api/v1/terminals?page=2', 400, 'invalid-parameter'],
    ['/api/v1/aggregates?from=yesterday', 400, 'invalid-parameter'],
    ['/api/v1/aggregates?from=2026-11-16T00:00:00', 400, 'invalid-parameter'],
    ['/api/v1/aggregates?bucket=month', 400, 'invalid-parameter'],
    ['/api/v1/aggregates?group=a&group=b', 400, 'invalid-parameter'],
    ['/api/v1/aggregates?from=2026-11-16T00:00:00Z&to=2026-11-16T00:00:00Z', 400, 'bad-range'],
    ['/api/v1/aggregates?from=1970-01-01T00:00:00Z', 400, 'bad-range'],
    ['/api/v1/aggregates?from=2000-01-01T00:00:00Z&bucket=15min', 400, 'range-too-large'],
    ['/api/v1/presses?limit=0', 400, 'invalid-parameter'],
    ['/api/v1/presses?limit=100001', 400, 'invalid-parameter'],
    ['/api/v1/presses?after=-1', 400, 'invalid-parameter'],
    ['/api/v1/presses?after=1e99', 400, 'invalid-parameter'],
    ['/api/v1/presses?format=xml', 400, 'invalid-parameter'],
    ['/api/v1/reports/weekly/2026-W54', 404, 'no-such-week'],
    ['/api/v1/reports/weekly/last', 400, 'malformed-week'],
    ['/api/v1/reports/weekly/2026-W48', 404, 'future-week'],
    ['/api/v1/reports/weekly/2026-W47?service-point=nowhere', 404, 'unknown-service-point'],
    ['/api/v1/reports/weekly/2026-W47?group=nowhere', 404, 'unknown-group'],
    ['/api/v1/reports/weekly/2026-W47?group=city&service-point=malmi-office', 400, 'two-scopes'],
    ['/api/v1/reports/weekly/2026-W47?lang=de', 400, 'invalid-parameter'],
    ['/api/v1/nothing', 404, 'unknown-route'],
    ['/%E0%A4%A', 400, 'bad-request'],
  ])('%s is %i %s', async (path, status, code) => {
    const answer = await http.get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await answer.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status, code, type: `urn:hymio:problem:${code}` });
    for (const field of ['title', 'detail', 'next']) expect(problem[field]).toEqual(expect.stringMatching(/./));
    expect(JSON.stringify(problem)).not.toMatch(/\bat .*:\d+:\d+|node_modules/);
  });

  it('names every parameter that is wrong', async () => {
    const answer = await http.get('/api/v1/aggregates?from=x&to=y&colour=red');
    const { errors } = (await answer.json()) as { errors: { parameter: string }[] };
    expect(errors.map((error) => error.parameter)).toEqual(['from', 'to', 'colour']);
  });

  it('answers 405 to other methods, whatever they carry', async () => {
    const answer = await fetch(`${http.address.url}/api/v1/terminals`, { method: 'POST', body: '{' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect(await answer.json()).toMatchObject({ code: 'method-not-allowed' });
    expect((await fetch(`${http.address.url}/api/v1/terminals`, { method: 'HEAD' })).status).toBe(200);
  });

  it('is a page for a person, in their language', async () => {
    const answer = await http.get('/reports/weekly/2026-W48', {
      accept: 'text/html',
      'accept-language': 'sv-FI,en;q=0.5',
    });
    expect(answer.status).toBe(404);
    const page = await answer.text();
    expect(page).toContain('<html lang="sv">');
    expect(page).toContain('Sidan finns inte');
  });

  it('leads a person nowhere else, whatever they asked for', async () => {
    for (const path of ['//[', '//evil.example/x', '/\\\\evil.example', '/x?lang=en&a=%22%3E%3Cscript%3E']) {
      const answer = await http.get(path, { accept: 'text/html' });
      expect(answer.status, path).toBe(404);
      const page = await answer.text();
      expect(page).not.toMatch(/href="(\/\/|\/?\\|https?:)/);
      expect(page).not.toContain('<script>');
    }
  });

  it('answers even what is not HTTP', async () => {
    const socket = connect(http.address.port, http.address.host);
    socket.end('HELO smiley\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toContain('application/problem+json');
  });

  it('tells nothing of what went wrong inside, but the log does', async () => {
    const broken = Object.assign(Object.create(store) as MemoryStore, {
      terminalBriefs: async () => {
        throw new Error('secret of the store');
      },
    });
    const other = await startTestHttpServer(broken);
    const answer = await other.get('/api/v1/terminals');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(other.errors).toHaveLength(1);
    await other.server.stop();
  });
});

describe('the pages', () => {
  it('lead to this week’s report and keep a chosen language', async () => {
    const answer = await http.get('/reports/weekly?lang=sv');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/reports/weekly/2026-W47?lang=sv');
  });

  it.each([
    ['', 'fi'],
    ['en-GB,en;q=0.9', 'en'],
    ['de,sv;q=0.3,en;q=0.2', 'sv'],
    ['en;q=0', 'fi'],
    ['*', 'fi'],
  ])('answer Accept-Language %j in %s', async (header, language) => {
    expect(await (await http.get('/', { 'accept-language': header })).text()).toContain(`<html lang="${language}">`);
  });

  it('allow nothing that is not ours', async () => {
    const answer = await http.get('/');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    const page = await answer.text();
    expect(page).not.toMatch(/<script(?![^>]* src="\/assets\/)|<style|style="|https?:\/\//);
    for (const [, asset = ''] of page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
      expect((await http.get(asset)).status, asset).toBe(200);
    }
  });
});

describe('health', () => {
  it('tells how many messages were refused, by reason', async () => {
    const other = await startTestHttpServer(store, { refusals: () => ({ malformed: 6, overload: 1 }) });
    expect(await (await other.get('/healthz')).json()).toEqual({
      status: 'ok',
      refused: { malformed: 6, overload: 1 },
    });
    await other.server.stop();
  });
});

describe('readiness', () => {
  it.each([
    [true, true, 200],
    [false, true, 503],
    [true, false, 503],
  ])('broker %s, store %s: %i', async (broker, up, status) => {
    const other = await startTestHttpServer(store, { readiness: async () => ({ broker, store: up }) });
    expect((await other.get('/readyz')).status).toBe(status);
    expect((await other.get('/healthz')).status).toBe(200);
    await other.server.stop();
  });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 and names every route', async () => {
    const document = await json<{ paths: Record<string, unknown> }>('/api/v1/openapi.json');
    const validator = new Validator();
    const result = await validator.validate(document);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/api/v1/aggregates',
      '/api/v1/alerts',
      '/api/v1/alerts/{id}',
      '/api/v1/audit',
      '/api/v1/events',
      '/api/v1/exclusions',
      '/api/v1/groups/{id}/settings',
      '/api/v1/presses',
      '/api/v1/reports/issued',
      '/api/v1/reports/issued/{week}',
      '/api/v1/reports/poster/{month}',
      '/api/v1/reports/weekly.schema.json',
      '/api/v1/reports/weekly/{week}',
      '/api/v1/service-points',
      '/api/v1/terminals',
      '/api/v1/terminals/{id}',
      '/api/v1/terminals/{id}/commands',
      '/api/v1/terminals/{id}/settings',
      '/healthz',
      '/readyz',
    ]);
  });
});

describe('starting', () => {
  it('at an address that is not this computer’s has the code that the broker has for it', async () => {
    const start = startTestHttpServer(store, { listen: { host: '192.0.2.1', port: 0 } });
    await expect(start).rejects.toMatchObject({ code: 'address-unusable' });
  });

  it('on a busy port says how to choose another', async () => {
    const squatter = createServer();
    const port = await new Promise<number>((resolve) => {
      squatter.listen(0, '127.0.0.1', () => resolve((squatter.address() as { port: number }).port));
    });
    await expect(startTestHttpServer(store, { listen: { host: '127.0.0.1', port } })).rejects.toMatchObject({
      code: 'port-busy',
      next: expect.stringContaining('http: { listen:'),
    });
    await new Promise((resolve) => squatter.close(resolve));
  });
});
