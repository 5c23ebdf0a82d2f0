import {
  joinLostRanges,
  MemoryStore,
  PdfPrinter,
  parseWeek,
  type RegistryFile,
  type ReportInput,
  readReportInput,
  registryFileSchema,
  renderWeeklyReport,
  type WeeklyReport,
  weeklyReport,
  weekSpan,
} from '@hymio/gateway';
import type { PressEntry, Rating } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commitPresses,
  SAMPLE_NOW,
  SAMPLE_ZONE,
  sampleEpoch,
  sampleStatus,
  sampleStore,
} from '../../support/sample-store.js';

const HOUR_MS = 3_600_000;
const ZONE = SAMPLE_ZONE;
const WEEK = weekSpan(parseWeek('2026-W47'), ZONE);

function report(store: MemoryStore, week: string, now = SAMPLE_NOW, servicePoint?: string): Promise<WeeklyReport> {
  const wanted = { week, ...(servicePoint === undefined ? {} : { servicePoint }) };
  return readReportInput(store, wanted, { zone: ZONE, now }).then(weeklyReport);
}

function registry(openingHours: RegistryFile['servicePoints'][number]['openingHours'], from: string): RegistryFile {
  return registryFileSchema.parse({
    groups: [{ id: 'all', name: { en: 'All' } }],
    servicePoints: [{ id: 'desk', group: 'all', name: { en: 'Desk' }, openingHours, repeatWindowMs: 0 }],
    assignments: [{ terminal: 't-1', servicePoint: 'desk', from }],
  });
}

/** `count` presses of a rating, a minute apart from `at` on. */
function presses(at: number, ...counts: [rating: Rating, count: number][]): PressEntry[] {
  let minute = 0;
  return counts.flatMap(([rating, count]) =>
    Array.from({ length: count }, () => {
      minute += 1;
      return { at: at + minute * 60_000, rating, clock: 'synced' as const };
    }),
  );
}

describe('the weekly report', () => {
  it('says counts, share with interval, index, and a clear change', async () => {
    const store = new MemoryStore();
    await store.importRegistry(registry(undefined, '2026-01-01T00:00:00Z'));
    const monday = WEEK.from + 10 * HOUR_MS;
    await commitPresses(store, 't-1', sampleEpoch(1), presses(monday - 7 * 24 * HOUR_MS, [3, 48], [0, 32]));
    await commitPresses(store, 't-1', sampleEpoch(2), presses(monday, [3, 40], [2, 16], [1, 4], [0, 10]));
    const found = await report(store, '2026-W47');
    expect(found.counts).toMatchObject({ n: 70, ratings: [10, 4, 16, 40], repeats: 0, estimated: 0 });
    expect(found.counts.satisfied?.share).toBeCloseTo(0.8, 12);
    expect(found.previous.n).toBe(80);
    // Newcombe's example: 56/70 against 48/80.
    expect(found.change?.low).toBeCloseTo(0.0524, 4);
    expect(found.change?.high).toBeCloseTo(0.3339, 4);
    expect(found.change?.clear).toBe(true);
    expect(found.complete).toBe(false);
    expect(found.empty).toBeNull();
    expect((await report(store, '2026-W46')).complete).toBe(true);
  });

  it('keeps presses outside opening hours out of the hour test, and counts them', async () => {
    const store = new MemoryStore();
    await store.importRegistry(registry({ mon: ['08:30-10:00'] } as never, '2026-01-01T00:00:00Z'));
    const seven = WEEK.from + 7 * HOUR_MS;
    await commitPresses(store, 't-1', sampleEpoch(1), presses(seven, [0, 20]));
    await commitPresses(store, 't-1', sampleEpoch(2), presses(seven + 1.5 * HOUR_MS, [3, 20], [0, 5]));
    await commitPresses(store, 't-1', sampleEpoch(3), presses(seven + 2.1 * HOUR_MS, [3, 5], [0, 20]));
    const { hourTest, counts } = await report(store, '2026-W47');
    expect(counts.n).toBe(70);
    expect(hourTest.outsideOpeningHours).toBe(20);
    expect(hourTest.hours.map(({ hour, n, satisfied }) => [hour, n, satisfied])).toEqual([
      [8, 25, 20],
      [9, 25, 5],
    ]);
    expect(hourTest.degreesOfFreedom).toBe(1);
    expect(hourTest.p).toBeLessThan(0.001);
    expect(hourTest.hours.every((hour) => hour.standsOut)).toBe(true);
  });

  it('measures coverage over opening time since the terminal stood there, up to now', async () => {
    const store = new MemoryStore();
    const tuesdayNoon = WEEK.from + 36 * HOUR_MS;
    const days = { mon: ['08:00-16:00'], tue: ['08:00-16:00'], wed: ['08:00-16:00'] } as never;
    await store.importRegistry(registry(days, new Date(tuesdayNoon).toISOString()));
    const now = WEEK.from + 2 * 24 * HOUR_MS + 12 * HOUR_MS;
    // Known to have worked from Wednesday 09:00 to 11:00; open since Tuesday noon: 4 + 4 hours.
    const message = sampleStatus(sampleEpoch(1), now - HOUR_MS, 2 * HOUR_MS);
    await store.commit([{ kind: 'status', terminal: 't-1', receivedAt: now - HOUR_MS, retained: false, message }]);
    const { coverage, empty } = await report(store, '2026-W47', now);
    expect(coverage.terminals).toEqual([
      {
        terminal: 't-1',
        name: null,
        servicePoints: ['desk'],
        servicePointNames: [{ en: 'Desk' }],
        share: 0.25,
        openMs: 8 * HOUR_MS,
        workedMs: 2 * HOUR_MS,
        downDays: [
          { date: '2026-11-17', downMs: 4 * HOUR_MS },
          { date: '2026-11-18', downMs: 2 * HOUR_MS },
        ],
      },
    ]);
    expect(coverage.share).toBe(0.25);
    expect(empty).toMatchObject({ reason: 'open-but-quiet' });
  });

  it('never lets a quiet week and a dead terminal look alike', async () => {
    const store = new MemoryStore();
    expect((await report(store, '2026-W47')).empty).toMatchObject({ reason: 'no-terminals' });
    await store.importRegistry(registry({}, '2026-01-01T00:00:00Z'));
    expect((await report(store, '2026-W47')).empty).toMatchObject({ reason: 'no-opening-time' });
    const everyDay = { mon: ['08:00-16:00'], tue: ['08:00-16:00'], wed: ['08:00-16:00'] } as never;
    await store.importRegistry(registry(everyDay, '2026-01-01T00:00:00Z'));
    const dead = await report(store, '2026-W47');
    expect(dead.empty).toMatchObject({ reason: 'not-known-to-have-worked' });
    expect(dead.coverage.share).toBe(0);
    expect(dead.change).toBeNull();
    expect(dead.hourTest).toMatchObject({ statistic: null, p: null, hours: [] });
  });

  it('joins lost ranges of one epoch that touch, and no others', () => {
    const range = (epoch: string, from: number, to: number) => ({ terminal: 'a', epoch, from, to, recordedAt: from });
    const ranges = [range('x', 1, 2), range('y', 3, 4), range('x', 3, 5), range('x', 7, 7)];
    expect(joinLostRanges(ranges)).toEqual([
      { ...range('x', 1, 5), recordedAt: 1 },
      range('y', 3, 4),
      range('x', 7, 7),
    ]);
  });

  it('shows lost ranges of the week and the unassigned', async () => {
    const found = await report(await sampleStore(), '2026-W47');
    expect(found.lost.presses).toBe(7);
    expect(found.lost.ranges).toMatchObject([{ terminal: 'library-1', from: 1, to: 7 }]);
    expect(found.unassigned.map((one) => one.terminal)).toEqual(['visitor-1']);
    expect(found.counts).toMatchObject({ repeats: 2, estimated: 1 });
    expect((await report(await sampleStore(), '2026-W46')).lost.presses).toBe(0);
  });

  it('follows the clock through weeks of 167 and 169 hours', async () => {
    const now = Date.parse('2027-01-05T00:00:00Z');
    for (const [week, hours] of [
      ['2026-W13', 167],
      ['2026-W43', 169],
      ['2026-W53', 168],
    ] as const) {
      const store = new MemoryStore();
      await store.importRegistry(registry(undefined, '2020-01-01T00:00:00Z'));
      const { from, to } = weekSpan(parseWeek(week), ZONE);
      const every = 15 * 60_000;
      const entries = Array.from({ length: (to - from) / every }, (_, index) => ({
        at: from + index * every,
        rating: 3 as const,
        clock: 'synced' as const,
      }));
      await commitPresses(store, 't-1', sampleEpoch(1), entries, { receivedAt: to });
      const found = await report(store, week, now);
      expect(found.counts.n).toBe(hours * 4);
      expect(found.hourTest.hours.map((hour) => hour.n).reduce((sum, n) => sum + n, 0)).toBe(hours * 4);
      expect(found.coverage.openMs).toBe(hours * HOUR_MS);
      // The hour from three to four is missing in March and there twice in October.
      const three = found.hourTest.hours.find((hour) => hour.hour === 3)?.n;
      expect(three).toBe((hours - 168 + 7) * 4);
    }
  });

  it.each([
    ['2026-W48', undefined, 'future-week'],
    ['2026-47', undefined, 'malformed-week'],
    ['2025-W53', undefined, 'no-such-week'],
    ['2026-W47', 'nowhere', 'unknown-service-point'],
  ])('of %s, %s is refused as %s', async (week, servicePoint, code) => {
    await expect(report(new MemoryStore(), week, SAMPLE_NOW, servicePoint)).rejects.toMatchObject({ code });
  });
});

describe('the parts of a report', () => {
  const cell = fc.record({
    place: fc.constantFrom('a', 'b', undefined),
    terminal: fc.constantFrom('t-1', 't-2'),
    ratings: fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30)),
    repeats: fc.nat(9),
  });

  it('add up to the whole', () => {
    const servicePoints = ['a', 'b'].map((id) => ({ id, group: 'g', name: { en: id }, repeatWindowMs: 0 }));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), (cells) => {
        const thisWeek = cells.map(({ place, terminal, ratings, repeats }) => ({
          start: WEEK.from,
          terminal,
          ratings,
          repeats,
          estimated: 0,
          excluded: 0,
          ...(place === undefined ? {} : { servicePoint: place }),
        }));
        const input: ReportInput = {
          week: WEEK,
          previousWeek: weekSpan(parseWeek('2026-W46'), ZONE),
          zone: ZONE,
          now: SAMPLE_NOW,
          registry: { groups: [], servicePoints, questions: [], terminals: [], assignments: [] },
          terminals: [],
          thisWeek,
          lastWeek: [],
          presence: [],
          lost: [],
          incidents: [],
          suspects: [],
          exclusions: [],
          earlierWeeks: [],
          alerts: [],
          notes: [],
          changes: [],
        };
        const found = weeklyReport(input);
        const parts = [...found.servicePoints, ...found.unassigned];
        const sum = (of: (one: { n: number; repeats: number }) => number) =>
          parts.reduce((all, one) => all + of(one), 0);
        expect(sum((one) => one.n)).toBe(found.counts.n);
        expect(sum((one) => one.repeats)).toBe(found.counts.repeats);
        const { hours, outsideOpeningHours } = found.hourTest;
        expect(hours.reduce((all, hour) => all + hour.n, outsideOpeningHours)).toBe(found.counts.n);
        expect(found.counts.ratings.reduce((all, count) => all + count, 0)).toBe(found.counts.n);
      }),
    );
  });
});

describe('the report as a file', () => {
  const render = async (format: 'json' | 'csv' | 'html', language: 'fi' | 'sv' | 'en', servicePoint?: string) =>
    String(
      (
        await renderWeeklyReport(
          await sampleStore(),
          { week: '2026-W47', format, language, ...(servicePoint === undefined ? {} : { servicePoint }) },
          { zone: ZONE, now: SAMPLE_NOW, printer: new PdfPrinter() },
        )
      ).body,
    );

  it('is JSON of the document', async () => {
    expect(JSON.parse(await render('json', 'fi'))).toEqual(await report(await sampleStore(), '2026-W47'));
  });

  it('is HTML that needs nothing beside it', async () => {
    const page = await render('html', 'sv');
    expect(page).toContain('<html lang="sv">');
    expect(page).toContain('<style>');
    expect(page).not.toMatch(/<script|<link|(?:href|src)="(?!#)/);
  });

  it.each([
    ['fi', 'viikko 47/2026', 'Tyytyväisiä oli'],
    ['sv', 'vecka 47, 2026', 'var nöjda'],
    ['en', 'week 47, 2026', 'were satisfied'],
  ] as const)('speaks %s', async (language, week, sentence) => {
    const page = await render('html', language);
    expect(page).toContain(week);
    expect(page).toContain(sentence);
    expect(page).toMatch(language === 'en' ? /\d\d% of/ : /\d\d\u00a0%/);
  });

  it('is CSV in which every row has every column', async () => {
    const lines = (await render('csv', 'en')).trimEnd().split('\r\n');
    const columns = lines[0]?.split(',').length ?? 0;
    expect(lines[0]?.startsWith('week,section,id,name,hour,n,very_unhappy,')).toBe(true);
    const plain = lines.filter((line) => !line.includes('"'));
    expect(new Set(plain.map((line) => line.split(',').length))).toEqual(new Set([columns]));
    // A negative number is a number, not a formula.
    expect(lines.some((line) => /,-\d/.test(line))).toBe(true);
    expect(lines.some((line) => /,'-\d/.test(line))).toBe(false);
  });
});
