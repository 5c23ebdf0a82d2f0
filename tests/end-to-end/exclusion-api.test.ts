import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

const NOON = Date.parse('2026-11-18T10:00:00Z');
const HOUR_MS = 3_600_000;

describe('what was left out, for programs', () => {
  let http: TestHttpServer;
  const ids = async (query = '') => {
    const answer = await http.get(`/api/v1/exclusions?${query}`);
    const { exclusions } = (await answer.json()) as { exclusions: { id: number }[] };
    return exclusions.map(({ id }) => id);
  };
  beforeAll(async () => {
    const store = await sampleStore();
    http = await startTestHttpServer(store);
    const by = { who: 'Aino', at: NOON };
    const kallio = { kind: 'service-point', id: 'kallio-clinic' } as const;
    await store.exclude({ target: kallio, from: NOON, to: NOON + HOUR_MS, reason: 'cleaner', note: 'Otso' }, by);
    const terminal = { kind: 'terminal', id: 'malmi-1' } as const;
    await store.exclude({ target: terminal, from: NOON + HOUR_MS, to: NOON + 2 * HOUR_MS, reason: 'other' }, by);
    await store.exclude({ target: kallio, from: NOON, to: NOON + 1, reason: 'vandalism' }, by);
    await store.revokeExclusion(3, { who: 'Aino', at: NOON + HOUR_MS });
  });
  afterAll(() => http.server.stop());

  it('is told without who did it', async () => {
    const text = await (await http.get('/api/v1/exclusions')).text();
    expect(JSON.parse(text).exclusions[1]).toEqual({
      id: 1,
      target: { kind: 'service-point', id: 'kallio-clinic' },
      from: '2026-11-18T10:00:00.000Z',
      to: '2026-11-18T11:00:00.000Z',
      reason: 'cleaner',
      at: NOON,
      revokedAt: null,
    });
    expect(text).not.toMatch(/Aino|Otso/);
  });

  it('can be asked for by time and place, and with what was taken back', async () => {
    expect(await ids()).toEqual([2, 1]);
    expect(await ids('state=all')).toEqual([3, 2, 1]);
    expect(await ids('terminal=malmi-1')).toEqual([2]);
    expect(await ids('service-point=kallio-clinic&state=all')).toEqual([3, 1]);
    expect(await ids('from=2026-11-18T11:00:00Z')).toEqual([2]);
    expect(await ids('to=2026-11-18T11:00:00Z')).toEqual([1]);
    expect((await http.get('/api/v1/exclusions?from=yesterday')).status).toBe(400);
  });
});
