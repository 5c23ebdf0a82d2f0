import { itemVersion, type MemoryStore, openSqliteStore, REPORT_FORMATS, type WeeklyReport } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGatewayConfig } from '../support/gateway-program.js';
import { runCommand } from '../support/run-command.js';
import { fillWithSample, sampleStore } from '../support/sample-store.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

/** Questions that cannot be answered, and by what code. The sample's clock stands in week 47 of 2026. */
const WRONG: readonly (readonly [week: string, query: string, code: string, status: number])[] = [
  ['last', '', 'malformed-week', 400],
  ['2026-47', '', 'malformed-week', 400],
  ['2026-W5', '', 'malformed-week', 400],
  ['2026-w47', '', 'malformed-week', 400],
  ['2026-W471', '', 'malformed-week', 400],
  ['2026-W47-1', '', 'malformed-week', 400],
  ['2026-W00', '', 'no-such-week', 404],
  ['2026-W54', '', 'no-such-week', 404],
  ['2025-W53', '', 'no-such-week', 404],
  ['1999-W01', '', 'no-such-week', 404],
  ['2200-W01', '', 'no-such-week', 404],
  ['2026-W48', '', 'future-week', 404],
  ['2199-W52', '', 'future-week', 404],
  ['2026-W47', 'service-point=nowhere', 'unknown-service-point', 404],
  ['2026-W47', 'group=nowhere', 'unknown-group', 404],
  ['2026-W47', 'group=kallio-clinic', 'unknown-group', 404],
  ['2026-W47', 'group=health&service-point=kallio-clinic', 'two-scopes', 400],
];

describe('a report that is asked for over HTTP', () => {
  let store: MemoryStore;
  let http: TestHttpServer;
  const get = async (week: string, query = '') => {
    const answer = await http.get(`/api/v1/reports/weekly/${week}?${query}`);
    return { status: answer.status, body: (await answer.json()) as WeeklyReport & { code: string; next: string } };
  };
  beforeAll(async () => {
    store = await sampleStore();
    http = await startTestHttpServer(store);
  });
  afterAll(() => http.server.stop());

  it.each(WRONG)('%s?%s is refused as %s', async (week, query, code, status) => {
    const { status: found, body } = await get(week, query);
    expect({ status: found, code: body.code }).toEqual({ status, code });
    expect(body.next).toMatch(/\.$/);
  });

  it('says of a week before the first press that it was before it, in every format', async () => {
    const { body } = await get('2026-W40');
    expect(body.empty).toEqual({ reason: 'before-first-press', firstPressFrom: '2026-11-09T06:00:00.000Z' });
    expect(body.counts).toMatchObject({ n: 0, satisfied: null, happyIndex: null });
    for (const format of REPORT_FORMATS) {
      expect((await http.get(`/api/v1/reports/weekly/2026-W40?format=${format}`)).status).toBe(200);
    }
    const page = await (await http.get('/reports/weekly/2026-W40?lang=en')).text();
    expect(page).toContain('had not been taken into use yet');
    expect((await get('2000-W01')).body.empty?.reason).toBe('before-first-press');
  });

  it('names terminals that stand nowhere in the whole, and counts them in no place', async () => {
    const { body: whole } = await get('2026-W47');
    const [visitor] = whole.unassigned;
    expect(whole.unassigned.map(({ terminal }) => terminal)).toEqual(['visitor-1']);
    expect(visitor?.n).toBeGreaterThan(0);
    const parts = whole.servicePoints.reduce((sum, { n }) => sum + n, 0);
    expect(parts + (visitor?.n ?? 0)).toBe(whole.counts.n);
    const { body: city } = await get('2026-W47', 'group=city');
    expect(city.counts.n).toBe(parts);
    expect(city.unassigned).toEqual([]);
    const page = await (await http.get('/reports/weekly/2026-W47?lang=en')).text();
    expect(page).toContain('visitor-1');
  });

  it('counts a service point that was moved in mid-week wholly in its new group, and says so in both', async () => {
    const before = (await get('2026-W47', 'group=health')).body.counts.n;
    const { n } = (await get('2026-W47', 'service-point=malmi-office')).body.counts;
    const registry = await store.registry();
    const point = registry.servicePoints.find(({ id }) => id === 'malmi-office');
    if (point === undefined) throw new Error('the sample has no Malmi');
    const wednesday = Date.parse('2026-11-18T10:00:00Z');
    await store.editRegistry(
      {
        kind: 'put-service-point',
        servicePoint: { ...point, group: 'health' },
        version: itemVersion(registry, { kind: 'service-point', id: point.id }),
      },
      { who: 'Aino', at: wednesday },
    );
    const [health, social, alone] = [
      (await get('2026-W47', 'group=health')).body,
      (await get('2026-W47', 'group=social')).body,
      (await get('2026-W47', 'service-point=malmi-office')).body,
    ];
    expect(health.counts.n).toBe(before + n);
    expect(social.counts.n).toBe(0);
    for (const report of [health, alone]) {
      expect(report.moves).toMatchObject([
        { servicePoint: 'malmi-office', from: 'social', to: 'health', at: wednesday },
      ]);
    }
    expect(social.moves).toMatchObject([{ servicePoint: 'malmi-office', from: 'social', to: 'health' }]);
    const csv = await (await http.get('/api/v1/reports/weekly/2026-W47?format=csv&group=health')).text();
    expect(csv).toContain('2026-W47,move,malmi-office,social → health,');
  });
});

describe('a report that is asked for by the command', () => {
  const bench = new TestBench('report-answers');
  let config = '';
  const report = (week: string, ...more: string[]) =>
    runCommand(GATEWAY_PROGRAM, 'report', 'weekly', '--config', config, '--week', week, ...more);
  beforeAll(async () => {
    config = writeGatewayConfig(bench, 'sample');
    const store = await openSqliteStore({ folder: bench.path('sample-data'), reads: 'in-thread' });
    await fillWithSample(store);
    await store.close();
  });
  afterAll(() => bench.clear());

  it('is refused by the same codes, with what to do', async () => {
    const wrong: [string[], string][] = [
      [['last'], 'malformed-week'],
      [['2026-W54'], 'no-such-week'],
      [['2199-W01'], 'future-week'],
      [['2026-W47', '--service-point', 'nowhere'], 'unknown-service-point'],
      [['2026-W47', '--group', 'health', '--service-point', 'kallio-clinic'], 'two-scopes'],
    ];
    await Promise.all(
      wrong.map(async ([[week = '', ...more], code]) => {
        const { code: exit, stdout, stderr } = await report(week, ...more);
        expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
        expect(stderr).toMatch(new RegExp(`^hymio-gateway: .+\\. .+\\. \\[${code}\\]\n$`));
      }),
    );
  });

  it('of a week before the first press is one that says so', async () => {
    const { code, stdout } = await report('2026-W40', '--format', 'json');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as WeeklyReport).empty?.reason).toBe('before-first-press');
  });
});
