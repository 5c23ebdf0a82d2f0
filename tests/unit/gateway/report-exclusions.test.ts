import {
  MemoryStore,
  parseWeek,
  REPORT_COLUMNS,
  readReportInput,
  registryFileSchema,
  reportCsv,
  weeklyReport,
  weekSpan,
} from '@hymio/gateway';
import type { PressEntry, Rating } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { commitPresses, SAMPLE_NOW, SAMPLE_ZONE, sampleEpoch } from '../../support/sample-store.js';

const HOUR_MS = 3_600_000;
const WEEK = weekSpan(parseWeek('2026-W47'), SAMPLE_ZONE);
const REGISTRY = registryFileSchema.parse({
  groups: [{ id: 'all', name: { en: 'All' } }],
  servicePoints: ['desk', 'door'].map((id) => ({ id, group: 'all', name: { en: id }, repeatWindowMs: 0 })),
  assignments: [{ terminal: 't-1', servicePoint: 'desk', from: '2026-01-01T00:00:00Z' }],
});

async function report(store: MemoryStore, servicePoint?: string) {
  const wanted = { week: '2026-W47', ...(servicePoint === undefined ? {} : { servicePoint }) };
  return weeklyReport(await readReportInput(store, wanted, { zone: SAMPLE_ZONE, now: SAMPLE_NOW }));
}

/** `count` presses of a rating, a minute apart from `at` on. */
function presses(at: number, ...counts: [rating: Rating, count: number][]): PressEntry[] {
  let minute = 0;
  return counts.flatMap(([rating, count]) =>
    Array.from({ length: count }, () => ({ at: at + ++minute * 60_000, rating, clock: 'synced' as const })),
  );
}

describe('the weekly report', () => {
  it('names how many presses were left out and why; for a service point only what is its own', async () => {
    const store = new MemoryStore();
    await store.importRegistry(REGISTRY);
    const monday = WEEK.from + 10 * HOUR_MS;
    await commitPresses(store, 't-1', sampleEpoch(1), presses(monday, [3, 12], [0, 3]));
    const target = { kind: 'terminal', id: 't-1' } as const;
    const by = { who: 'Aino', at: SAMPLE_NOW };
    const span = { from: monday + 12.5 * 60_000, to: monday + HOUR_MS };
    const { exclusion } = await store.exclude({ target, ...span, reason: 'cleaner' }, by);
    await store.exclude({ target, from: 1, to: 2, reason: 'other' }, by);
    const found = await report(store);
    expect(found.counts).toMatchObject({ n: 12, ratings: [0, 0, 0, 12], excluded: 3 });
    expect(found.exclusions).toEqual([{ id: exclusion.id, target, name: null, ...span, reason: 'cleaner' }]);
    expect((await report(store, 'desk')).exclusions).toHaveLength(1);
    expect((await report(store, 'door')).exclusions).toEqual([]);
    const csv = reportCsv(found, 'en').split('\r\n');
    const column = (line: string | undefined, name: (typeof REPORT_COLUMNS)[number]) =>
      line?.split(',')[REPORT_COLUMNS.indexOf(name)];
    expect(column(csv[1], 'excluded')).toBe('3');
    const line = csv.find((each) => each.includes(',exclusion,'));
    expect([column(line, 'id'), column(line, 'name')]).toEqual(['t-1', 'cleaner']);
    await store.exclude({ target, from: WEEK.from, to: WEEK.to, reason: 'vandalism' }, by);
    const all = await report(store);
    expect(all).toMatchObject({ counts: { n: 0, excluded: 15 }, empty: null });
  });
});
