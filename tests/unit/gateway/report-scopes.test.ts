import { readFileSync } from 'node:fs';
import {
  type Alert,
  DEFAULT_ALERT_RULES,
  MemoryStore,
  parseWeek,
  REPORT_JSON_SCHEMA,
  readReportInput,
  registryFileSchema,
  reportCsv,
  TREND_WEEKS,
  type WeeklyReport,
  weeklyReport,
  weekSpan,
} from '@hymio/gateway';
import type { PressEntry, Rating } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { commitPresses, SAMPLE_NOW, SAMPLE_ZONE, sampleEpoch, sampleStore } from '../../support/sample-store.js';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const WEEK = weekSpan(parseWeek('2026-W47'), SAMPLE_ZONE);
const BY = { who: 'Aino', at: SAMPLE_NOW };

interface Wanted {
  week?: string;
  servicePoint?: string;
  group?: string;
}

async function report(store: MemoryStore, wanted: Wanted = {}, now = SAMPLE_NOW): Promise<WeeklyReport> {
  return weeklyReport(await readReportInput(store, { week: '2026-W47', ...wanted }, { zone: SAMPLE_ZONE, now }));
}

function presses(at: number, ...counts: [rating: Rating, count: number][]): PressEntry[] {
  let minute = 0;
  return counts.flatMap(([rating, count]) =>
    Array.from({ length: count }, () => ({ at: at + ++minute * 60_000, rating, clock: 'synced' as const })),
  );
}

/** A tree of groups: city › health › clinics, and city › social; one service point with a terminal in each. */
async function city(hours?: string[]): Promise<MemoryStore> {
  const store = new MemoryStore({ now: () => SAMPLE_NOW });
  const openingHours = hours && { mon: hours, tue: hours };
  const point = (id: string, group: string) => ({ id, group, name: { en: id }, repeatWindowMs: 0, openingHours });
  await store.importRegistry(
    registryFileSchema.parse({
      groups: [
        { id: 'city', name: { en: 'City' } },
        { id: 'health', parent: 'city', name: { en: 'Health' } },
        { id: 'clinics', parent: 'health', name: { en: 'Clinics' } },
        { id: 'social', parent: 'city', name: { en: 'Social' } },
      ],
      servicePoints: [point('lab', 'health'), point('clinic', 'clinics'), point('office', 'social')],
      questions: [{ id: 'q', text: { fi: 'Miten meni?', sv: 'Hur gick det?', en: 'How was it?' } }],
      assignments: ['lab', 'clinic', 'office'].map((id) => ({
        terminal: `t-${id}`,
        servicePoint: id,
        from: '2025-01-01T00:00:00Z',
        ...(id === 'office' ? {} : { question: 'q' }),
      })),
    }),
  );
  return store;
}

describe('a report on a group', () => {
  it('holds everything below it and nothing else', async () => {
    const store = await city();
    const monday = WEEK.from + 10 * HOUR_MS;
    await commitPresses(store, 't-lab', sampleEpoch(1), presses(monday, [3, 12]));
    await commitPresses(store, 't-clinic', sampleEpoch(2), presses(monday, [3, 20], [0, 5]));
    await commitPresses(store, 't-office', sampleEpoch(3), presses(monday, [0, 30]));
    const health = await report(store, { group: 'health' });
    expect(health.scope).toEqual({ kind: 'group', id: 'health', name: { en: 'Health' }, above: [{ en: 'City' }] });
    expect(health.counts.n).toBe(37);
    expect(health.servicePoints.map(({ id, n, group }) => [id, n, group])).toEqual([
      ['lab', 12, 'health'],
      ['clinic', 25, 'clinics'],
    ]);
    expect(health.coverage.terminals.map(({ terminal }) => terminal)).toEqual(['t-clinic', 't-lab']);
    expect(health.questions).toEqual([
      { id: 'q', text: { fi: 'Miten meni?', sv: 'Hur gick det?', en: 'How was it?' }, terminals: 2 },
    ]);
    const [whole, social] = [await report(store, { group: 'city' }), await report(store, { group: 'social' })];
    expect(whole.counts.n).toBe(health.counts.n + social.counts.n);
    expect(social.questions).toEqual([]);
  });

  it('says which service points changed their group in the week; their numbers go with the group of now', async () => {
    const store = await city();
    await commitPresses(store, 't-clinic', sampleEpoch(2), presses(WEEK.from + 10 * HOUR_MS, [3, 20]));
    await store.importRegistry(
      registryFileSchema.parse({
        servicePoints: [{ id: 'clinic', group: 'social', name: { en: 'clinic' }, repeatWindowMs: 0 }],
      }),
      { who: 'Aino', at: WEEK.from + 50 * HOUR_MS },
    );
    const names = { fromName: { en: 'Clinics' }, toName: { en: 'Social' } };
    const move = { servicePoint: 'clinic', name: { en: 'clinic' }, from: 'clinics', to: 'social', ...names };
    for (const wanted of [{ group: 'health' }, { group: 'social' }, { servicePoint: 'clinic' }]) {
      expect((await report(store, wanted)).moves).toEqual([{ ...move, at: WEEK.from + 50 * HOUR_MS }]);
    }
    expect((await report(store, { group: 'health' })).counts.n).toBe(0);
    expect((await report(store, { group: 'social' })).counts.n).toBe(20);
    expect((await report(store, { servicePoint: 'lab' })).moves).toEqual([]);
    expect((await report(store, { week: '2026-W46', group: 'social' })).moves).toEqual([]);
  });

  it.each([
    [{ group: 'nowhere' }, 'unknown-group'],
    [{ group: 'health', servicePoint: 'lab' }, 'two-scopes'],
  ])('of %o is refused as %s', async (wanted, code) => {
    await expect(report(await city(), wanted)).rejects.toMatchObject({ code });
  });
});

describe('the weeks around', () => {
  it('are the trend of twelve, oldest first, and the same week a year ago', async () => {
    const store = await city();
    for (const [index, back] of [0, 1, 2, 11, 12].entries()) {
      const at = WEEK.from - back * WEEK_MS + 10 * HOUR_MS;
      await commitPresses(store, 't-lab', sampleEpoch(10 + index), presses(at, [3, 10 + back], [0, 2]));
    }
    const yearAgo = weekSpan(parseWeek('2025-W47'), SAMPLE_ZONE).from + 10 * HOUR_MS;
    await commitPresses(store, 't-lab', sampleEpoch(30), presses(yearAgo, [3, 20], [0, 20]));
    const found = await report(store, { servicePoint: 'lab' });
    expect(found.trend).toHaveLength(TREND_WEEKS);
    expect(found.trend.map(({ week, n }) => [week, n]).filter(([, n]) => n !== 0)).toEqual([
      ['2026-W36', 23],
      ['2026-W45', 14],
      ['2026-W46', 13],
      ['2026-W47', 12],
    ]);
    expect(found.trend.at(-1)?.satisfied).toEqual(found.counts.satisfied);
    expect(found.trend.at(-2)?.satisfied).toEqual(found.previous.satisfied);
    expect(found.yearAgo).toMatchObject({ week: '2025-W47', n: 40, satisfied: { share: 0.5 } });
    expect(found.yearAgo?.change?.difference).toBeCloseTo(10 / 12 - 0.5, 12);
    expect((await report(store, { servicePoint: 'office' })).yearAgo).toBeNull();
  });

  it('are whole where the clocks were changed in one of them', async () => {
    const store = await city();
    const changed = weekSpan(parseWeek('2026-W43'), SAMPLE_ZONE);
    expect(changed.to - changed.from).toBe(169 * HOUR_MS);
    // A minute after each beginning and before each end, and at the change itself.
    const instants = [
      changed.from,
      changed.to - 22 * HOUR_MS,
      changed.to - 2 * 60_000,
      changed.to,
      changed.to + WEEK_MS - 2 * 60_000,
    ];
    for (const [index, at] of instants.entries()) {
      await commitPresses(store, 't-lab', sampleEpoch(40 + index), presses(at, [3, 1]));
    }
    const counts = new Map((await report(store, { servicePoint: 'lab' })).trend.map(({ week, n }) => [week, n]));
    expect([42, 43, 44, 45].map((week) => counts.get(`2026-W${week}`))).toEqual([0, 3, 2, 0]);
  });

  it('have no year ago for a week 53 of which that year had none', async () => {
    const store = await city();
    const now = weekSpan(parseWeek('2026-W53'), SAMPLE_ZONE).to;
    expect((await report(store, { week: '2026-W53' }, now)).yearAgo).toBeNull();
  });

  it('give the rank of the week before, among the same service points', async () => {
    const store = await city();
    const monday = WEEK.from + 10 * HOUR_MS;
    await commitPresses(store, 't-lab', sampleEpoch(1), presses(monday - WEEK_MS, [3, 30]));
    await commitPresses(store, 't-lab', sampleEpoch(2), presses(monday, [0, 30]));
    await commitPresses(store, 't-office', sampleEpoch(3), presses(monday - WEEK_MS, [0, 30]));
    await commitPresses(store, 't-office', sampleEpoch(4), presses(monday, [3, 30]));
    const { servicePoints } = await report(store);
    expect(servicePoints.map(({ id, rank, previousRank }) => [id, rank, previousRank])).toEqual([
      ['office', 1, 2],
      ['lab', 2, 1],
      ['clinic', null, null],
    ]);
  });

  it('say so where the week lies before the first press', async () => {
    const store = await city();
    await commitPresses(store, 't-lab', sampleEpoch(1), presses(WEEK.from + 10 * HOUR_MS, [3, 3]));
    expect((await report(store, { week: '2026-W30' })).empty).toEqual({
      reason: 'before-first-press',
      firstPressFrom: new Date(WEEK.from + 10 * HOUR_MS).toISOString(),
    });
  });
});

describe('the heat map', () => {
  it('has a cell for every opening hour, and answers outside are counted apart', async () => {
    const store = await city(['08:30-11:00']);
    await commitPresses(store, 't-lab', sampleEpoch(1), presses(WEEK.from + 8.5 * HOUR_MS - 60_000, [3, 12], [0, 4]));
    await commitPresses(store, 't-lab', sampleEpoch(2), presses(WEEK.from + 33 * HOUR_MS, [2, 5]));
    await commitPresses(store, 't-lab', sampleEpoch(3), presses(WEEK.from + 60 * HOUR_MS, [3, 7]));
    const { heatMap, hourTest, counts } = await report(store, { servicePoint: 'lab' });
    expect(heatMap).toEqual([
      { weekday: 1, hour: 8, n: 16, satisfied: 12, share: 0.75 },
      { weekday: 1, hour: 9, n: 0, satisfied: 0, share: null },
      { weekday: 1, hour: 10, n: 0, satisfied: 0, share: null },
      { weekday: 2, hour: 8, n: 0, satisfied: 0, share: null },
      { weekday: 2, hour: 9, n: 5, satisfied: 5, share: 1 },
      { weekday: 2, hour: 10, n: 0, satisfied: 0, share: null },
    ]);
    expect(hourTest.outsideOpeningHours).toBe(7);
    expect(heatMap.reduce((sum, { n }) => sum + n, hourTest.outsideOpeningHours)).toBe(counts.n);
  });
});

describe('notes of the staff', () => {
  it('stand in the reports of their weeks and places, in order of time', async () => {
    const store = await city();
    const note = (servicePoint: string, days: number, lastingDays?: number) => {
      const from = WEEK.from + days * 24 * HOUR_MS;
      const to = lastingDays === undefined ? {} : { to: from + lastingDays * 24 * HOUR_MS };
      return { servicePoint, kind: 'note' as const, from, ...to, text: { en: `${servicePoint} ${days}` } };
    };
    for (const one of [note('lab', 1, 1), note('lab', -3, 2), note('lab', -10), note('office', 2, 1), note('lab', 8)]) {
      await store.putStaffNote(one, BY);
    }
    const texts = ({ notes }: WeeklyReport) => notes.map(({ text }) => text.en);
    expect(texts(await report(store, { servicePoint: 'lab' }))).toEqual(['lab -10', 'lab 1']);
    expect(texts(await report(store, { group: 'social' }))).toEqual(['office 2']);
    expect(texts(await report(store))).toEqual(['lab -10', 'lab 1', 'office 2']);
  });
});

describe('alerts', () => {
  it('stand in the reports of the week that they were opened in and of their places', async () => {
    const store = await city();
    const [rule] = DEFAULT_ALERT_RULES;
    if (rule === undefined) throw new Error('no default rule');
    const alert = (id: number, openedAt: number, subject: Alert['subject'], more: Partial<Alert> = {}): Alert => ({
      ...{ id, rule, subject, openedAt, state: { kind: 'open' }, reopened: 0, settled: false, ...more },
      numbers: { kind: 'presses', ratings: [4, 0, 0, 0], from: openedAt - HOUR_MS, to: openedAt },
    });
    const lab = { kind: 'service-point', servicePoint: 'lab' } as const;
    const closed = { kind: 'closed', at: WEEK.to + HOUR_MS, how: { kind: 'recovered' } } as const;
    const alerts = [
      alert(1, WEEK.from - 1, lab, { state: closed }),
      alert(2, WEEK.from, lab, { state: closed, acknowledged: { by: 'Aino', at: WEEK.from + 1 } }),
      alert(4, WEEK.from + 7, { kind: 'terminal', terminal: 't-office', servicePoint: 'office' }),
      alert(3, WEEK.from + 9, { kind: 'terminal', terminal: 't-nowhere' }),
      alert(5, WEEK.to, lab),
    ];
    const read = async (wanted: Wanted) => {
      const input = await readReportInput(store, { week: '2026-W47', ...wanted }, { zone: SAMPLE_ZONE, now: WEEK.to });
      return weeklyReport({ ...input, alerts }).alerts;
    };
    expect((await read({})).map(({ id }) => id)).toEqual([2, 4, 3]);
    expect((await read({ group: 'social' })).map(({ id, terminal }) => [id, terminal])).toEqual([[4, 't-office']]);
    expect(await read({ servicePoint: 'lab' })).toMatchObject([
      {
        id: 2,
        rule: rule.name,
        name: { en: 'lab' },
        terminal: null,
        closedAt: closed.at,
        acknowledged: { by: 'Aino' },
      },
    ]);
  });
});

describe('the published schema', () => {
  it('is what docs/weekly-report.schema.json holds (npm run report-schema)', () => {
    const file = new URL('../../../docs/weekly-report.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(REPORT_JSON_SCHEMA)));
  });

  it('fits every report, and tells what is none', async () => {
    const published = z.fromJSONSchema(JSON.parse(JSON.stringify(REPORT_JSON_SCHEMA)));
    const fits = (document: unknown) => published.safeParse(document).success;
    const sample = await sampleStore();
    const target = { kind: 'terminal', id: 'kallio-1' } as const;
    const monday = { from: WEEK.from + 9 * HOUR_MS, to: WEEK.from + 30 * HOUR_MS };
    await sample.exclude({ target, ...monday, reason: 'cleaner' }, BY);
    await sample.putStaffNote({ servicePoint: 'kallio-clinic', kind: 'changed', ...monday, text: { fi: 'Uusi' } }, BY);
    const wanted = [
      {},
      { group: 'health' },
      { servicePoint: 'kallio-clinic' },
      { servicePoint: 'malmi-office' },
      { week: '2026-W30' },
      { week: '2026-W46', group: 'city' },
    ];
    for (const each of wanted) {
      const document = JSON.parse(JSON.stringify(await report(sample, each)));
      expect(published.safeParse(document).error).toBeUndefined();
      expect(fits({ ...document, counts: { ...document.counts, n: 'many' } })).toBe(false);
      expect(fits({ ...document, surprise: 1 })).toBe(false);
      expect(reportCsv(document, 'sv').split('\r\n').length).toBeGreaterThan(TREND_WEEKS);
    }
  });
});
