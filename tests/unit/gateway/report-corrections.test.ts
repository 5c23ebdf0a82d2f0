import {
  CATALOGUES,
  formats,
  type IssuedReport,
  lastSaid,
  MemoryStore,
  makeReportContent,
  parseWeek,
  type ReportCorrection,
  readReportInput,
  registryFileSchema,
  shiftWeek,
  tallyOf,
  weeklyReport,
  weekSpan,
} from '@hymio/gateway';
import type { PressEntry, Rating } from '@hymio/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitPresses, SAMPLE_NOW, SAMPLE_ZONE, sampleEpoch } from '../../support/sample-store.js';

const HOUR = 3_600_000;
const weekBefore = (count: number) => weekSpan(shiftWeek(parseWeek('2026-W47'), -count), SAMPLE_ZONE);
const LAST = weekBefore(1);
const BY = { who: 'Aino', at: SAMPLE_NOW };

const correction = (week: string, n: number): ReportCorrection => ({
  week,
  saidAt: '2026-11-16T05:00:00.000Z',
  said: tallyOf([0, 0, 0, 1]),
  now: tallyOf([0, 0, 0, n]),
  latePresses: n - 1,
});
const issued = (week: string, n: number, corrections: ReportCorrection[] = []): IssuedReport => ({
  id: 1,
  week,
  subject: 'organisation',
  issuedAt: Number(week.slice(-2)),
  figures: { tally: tallyOf([0, 0, 0, n]), corrections },
});

describe('what was last said of a week', () => {
  it.each([
    ['in its own report', [issued('2026-W45', 5)], ['2026-W45 5 at 45']],
    ['nowhere', [], []],
    [
      'in its own report, whatever was said of others',
      [issued('2026-W45', 5), issued('2026-W46', 9)],
      ['2026-W45 5 at 45', '2026-W46 9 at 46'],
    ],
    [
      'in a later report',
      [issued('2026-W45', 5), issued('2026-W46', 9, [correction('2026-W45', 7)])],
      ['2026-W45 7 at 46', '2026-W46 9 at 46'],
    ],
    [
      'in the last of several, in any order',
      [
        issued('2026-W46', 9, [correction('2026-W44', 7)]),
        issued('2026-W44', 5),
        issued('2026-W45', 6, [correction('2026-W44', 8)]),
      ],
      ['2026-W44 7 at 46', '2026-W45 6 at 45', '2026-W46 9 at 46'],
    ],
  ])('%s', (_where, reports, expected) => {
    const said = lastSaid(reports, ['2026-W44', '2026-W45', '2026-W46']);
    expect(said.map(({ week, tally, saidAt }) => `${week} ${tally.n} at ${saidAt}`)).toEqual(expected);
  });
});

describe('a report after another one was issued', () => {
  let store: MemoryStore;
  let lastSeq = 0;
  beforeEach(async () => {
    store = new MemoryStore();
    lastSeq = 0;
    await store.importRegistry(
      registryFileSchema.parse({
        groups: [{ id: 'all', name: { en: 'All' } }],
        servicePoints: ['desk', 'door'].map((id) => ({ id, group: 'all', name: { en: id }, repeatWindowMs: 0 })),
        assignments: [{ terminal: 't-1', servicePoint: 'desk', from: '2026-01-01T00:00:00Z' }],
      }),
    );
  });

  const about = (servicePoint?: string) => (servicePoint === undefined ? {} : { servicePoint });
  const read = async (week: string, servicePoint?: string) =>
    weeklyReport(
      await readReportInput(store, { week, ...about(servicePoint) }, { zone: SAMPLE_ZONE, now: SAMPLE_NOW }),
    );
  async function press(at: number, rating: Rating, count: number, receivedAt: number): Promise<void> {
    const presses: PressEntry[] = Array.from({ length: count }, (_, i) => ({
      at: at + i * 60_000,
      rating,
      clock: 'synced',
    }));
    await commitPresses(store, 't-1', sampleEpoch(1), presses, { firstSeq: lastSeq + 1, receivedAt });
    lastSeq += count;
  }
  async function issue(week: string, issuedAt: number, servicePoint?: string): Promise<void> {
    const { counts, corrections } = await read(week, servicePoint);
    const subject = servicePoint === undefined ? 'organisation' : `service-point/${servicePoint}`;
    const figures = { tally: tallyOf(counts.ratings), corrections };
    await store.reports.issue({
      week,
      issuedAt,
      reports: [{ subject, figures, document: new Uint8Array() }],
      mails: [],
    });
  }

  it('says nothing where nothing has changed, where it was not issued, or on something else', async () => {
    await press(LAST.from + HOUR, 3, 12, LAST.from + 2 * HOUR);
    expect((await read('2026-W47')).corrections).toEqual([]);
    await issue(LAST.id, LAST.to + HOUR);
    expect((await read('2026-W47')).corrections).toEqual([]);
    await press(LAST.from + 3 * HOUR, 0, 3, LAST.to + 2 * HOUR);
    expect((await read('2026-W47')).corrections).toHaveLength(1);
    expect((await read('2026-W47', 'desk')).corrections).toEqual([]);
  });

  it('says what late presses have changed, and tells them from what was counted anew', async () => {
    await press(LAST.from + HOUR, 3, 12, LAST.from + 2 * HOUR);
    await issue(LAST.id, LAST.to + HOUR);
    await press(LAST.from + 3 * HOUR, 0, 3, LAST.to + 2 * HOUR);
    const saidAt = new Date(LAST.to + HOUR).toISOString();
    const late = { week: LAST.id, saidAt, said: tallyOf([0, 0, 0, 12]), now: tallyOf([3, 0, 0, 12]), latePresses: 3 };
    expect((await read('2026-W47')).corrections).toEqual([late]);
    const target = { kind: 'service-point', id: 'desk' } as const;
    await store.exclude({ target, from: LAST.from + 3 * HOUR, to: LAST.to, reason: 'cleaner' }, BY);
    expect((await read('2026-W47')).corrections).toEqual([]);
    await store.exclude({ target, from: LAST.from, to: LAST.from + HOUR + 60_000, reason: 'cleaner' }, BY);
    expect((await read('2026-W47')).corrections).toMatchObject([{ now: { n: 11 }, latePresses: 0 }]);
  });

  it('looks four weeks back, oldest first', async () => {
    for (const count of [5, 4, 3]) {
      const { id, from, to } = weekBefore(count);
      await press(from + HOUR, 3, 1, from + 2 * HOUR);
      await issue(id, to);
    }
    for (const count of [5, 4, 3]) await press(weekBefore(count).from + 3 * HOUR, 0, 1, SAMPLE_NOW - HOUR);
    expect((await read('2026-W47')).corrections.map(({ week }) => week)).toEqual(['2026-W43', '2026-W44']);
  });

  it.each([
    [
      'en',
      'The report on week 46 said: 100% satisfied (12 answers). Now: 80% satisfied (15 answers). 3 presses came late.',
    ],
    [
      'fi',
      'Viikon 46 raportissa luki: tyytyväisiä 100 % (12 vastausta). Nyt: tyytyväisiä 80 % (15 vastausta). 3 painallusta saapui myöhässä.',
    ],
    [
      'sv',
      'I rapporten för vecka 46 stod: 100 % nöjda (12 svar). Nu: 80 % nöjda (15 svar). 3 tryckningar kom för sent.',
    ],
  ] as const)('says so in %s, before anything else', async (language, sentence) => {
    await press(LAST.from + HOUR, 3, 12, LAST.from + 2 * HOUR);
    await issue(LAST.id, LAST.to + HOUR);
    await press(LAST.from + 3 * HOUR, 0, 3, LAST.to + 2 * HOUR);
    const words = { language, messages: CATALOGUES[language], formats: formats(language, SAMPLE_ZONE) };
    const content = makeReportContent(await read('2026-W47'), words);
    expect(content.notices.map(({ text }) => text.replaceAll('\u00a0', ' '))).toContain(sentence);
  });

  it('prints no percentage of few answers', async () => {
    await press(LAST.from + HOUR, 3, 1, LAST.from + 2 * HOUR);
    await issue(LAST.id, LAST.to + HOUR);
    await press(LAST.from + 3 * HOUR, 0, 1, LAST.to + 2 * HOUR);
    const words = { language: 'en', messages: CATALOGUES.en, formats: formats('en', SAMPLE_ZONE) } as const;
    const [, notice] = makeReportContent(await read('2026-W47'), words).notices;
    expect(notice?.text).toBe('The report on week 46 said: 1 answer. Now: 2 answers. One press came late.');
  });
});
