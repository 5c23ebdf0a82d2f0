import {
  CATALOGUES,
  LANGUAGES,
  type Language,
  type ReportSheet,
  readReportInput,
  reportSheets,
  type WeeklyReport,
  weeklyReport,
  writeWorkbook,
} from '@hymio/gateway';
import fc from 'fast-check';
import readWorkbook from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleReport } from '../../support/sample-report.js';
import { SAMPLE_NOW, SAMPLE_ZONE, sampleStore } from '../../support/sample-store.js';

type Cells = readonly (readonly unknown[])[];

async function read(bytes: Uint8Array): Promise<Map<string, Cells>> {
  const sheets = await readWorkbook(Buffer.from(bytes), { trim: false });
  return new Map(sheets.map(({ sheet, data }) => [sheet, data]));
}

/** What a workbook in a language holds: rows by the texts of their headers. */
async function opened(report: WeeklyReport, language: Language) {
  const sheets = await read(await writeWorkbook(reportSheets(report, language), language));
  const { names, headers } = CATALOGUES[language].sheets;
  return {
    names: [...sheets.keys()],
    has: (sheet: keyof typeof names) => sheets.has(names[sheet]),
    /** Every row without the first, by number of the column. */
    rows: (sheet: keyof typeof names) => (sheets.get(names[sheet]) ?? []).slice(1),
    head: (sheet: keyof typeof names) => sheets.get(names[sheet])?.[0],
    /** A value of the summary with its neighbours. */
    summary: (header: keyof typeof headers) =>
      sheets
        .get(names.summary)
        ?.find(([what]) => what === headers[header])
        ?.slice(1),
  };
}

describe('the report as a workbook, opened by another library', () => {
  let report: WeeklyReport;
  let book: Awaited<ReturnType<typeof opened>>;
  beforeAll(async () => {
    report = await sampleReport();
    book = await opened(report, 'fi');
  });

  it('has a sheet for each section, in the words of the language', async () => {
    expect(book.names).toEqual([
      ...['Yhteenveto', '12 viikkoa', 'Palvelupisteet', 'Tunnit', 'Viikonpäivät ja tunnit', 'Päätteet ilman paikkaa'],
      ...[
        'Kattavuus',
        'Poissa käytöstä',
        'Pois jätetty tai kadonnut',
        'Muistiinpanot ja siirrot',
        'Hälytykset',
        'Korjaukset',
      ],
      ...['Kysymykset', 'Määritelmät'],
    ]);
    expect(book.head('trend')).toEqual([
      'Viikko',
      'Ensimmäinen päivä',
      'Vastaukset',
      'Tyytyväisiä',
      ...['95 %:n väli, alaraja', '95 %:n väli, yläraja', 'Happy Index'],
    ]);
    for (const language of LANGUAGES) {
      const { names, rows } = await opened(report, language);
      expect(names[0]).toBe(CATALOGUES[language].sheets.names.summary);
      expect(rows('servicePoints')).toHaveLength(4);
    }
  });

  it('sums up with the numbers of the model', () => {
    const { counts, change, hourTest, coverage, lost } = report;
    expect(book.summary('answers')).toEqual([counts.n, null, null]);
    expect(book.summary('satisfied')).toEqual([counts.satisfied?.share, counts.satisfied?.low, counts.satisfied?.high]);
    expect(book.summary('happyIndex')?.[0]).toBe(counts.happyIndex);
    expect(book.summary('change')?.[0]).toBeCloseTo((change?.difference ?? 0) * 100, 9);
    expect(book.summary('changeFromYearAgo')).toEqual([25, 10, 40]);
    expect(book.summary('repeats')?.[0]).toBe(counts.repeats);
    expect(book.summary('lost')?.[0]).toBe(lost.presses);
    expect(book.summary('coverage')?.[0]).toBe(coverage.share);
    expect(book.summary('statistic')?.[0]).toBe(hourTest.statistic);
    expect(book.summary('p')?.[0]).toBe(hourTest.p);
    expect(book.summary('complete')?.[0]).toBe(false);
    // Local days and times, real dates.
    expect(book.summary('firstDay')?.[0]).toEqual(new Date('2026-11-16T00:00:00Z'));
    expect(book.summary('lastDay')?.[0]).toEqual(new Date('2026-11-22T00:00:00Z'));
    expect(book.summary('madeAt')?.[0]).toEqual(new Date('2026-11-20T14:05:00Z'));
  });

  it('has every number of every part', () => {
    const printed = (n: number, value: number | null | undefined) => (n < 10 ? null : (value ?? null));
    expect(book.rows('trend')).toEqual(
      report.trend.map(({ week, n, satisfied, happyIndex, from }) => [
        ...[week, new Date(`${local(from)}T00:00:00Z`), n, printed(n, satisfied?.share), printed(n, satisfied?.low)],
        ...[printed(n, satisfied?.high), printed(n, happyIndex)],
      ]),
    );
    expect(book.rows('hours')).toEqual(
      report.hourTest.hours.map((one) => [
        one.hour,
        one.n,
        one.satisfied,
        printed(one.n, one.share),
        one.z,
        one.standsOut,
      ]),
    );
    expect(book.rows('heatMap').map((row) => row.slice(1))).toEqual(
      report.heatMap.map((one) => [one.hour, one.n, one.satisfied, printed(one.n, one.share)]),
    );
    expect(book.rows('coverage').map(([terminal, , , open, worked, share]) => [terminal, open, worked, share])).toEqual(
      report.coverage.terminals.map((one) => [
        one.terminal,
        one.openMs / 3_600_000,
        one.workedMs / 3_600_000,
        one.share,
      ]),
    );
    expect(book.rows('down')).toEqual(
      report.coverage.terminals.flatMap(({ terminal, downDays }) =>
        downDays.map(({ date, downMs }) => [terminal, new Date(`${date}T00:00:00Z`), downMs / 3_600_000]),
      ),
    );
    const points = book
      .rows('servicePoints')
      .map((row) => ({ id: row[3], n: row[5], ratings: row.slice(6, 10), share: row[10] }));
    expect(points).toEqual(
      report.servicePoints.map(({ id, n, ratings, satisfied }) => ({
        id,
        n,
        ratings: ratings.toReversed(),
        share: printed(n, satisfied?.share),
      })),
    );
    expect(book.rows('corrections')).toEqual([['2026-W46', new Date('2026-11-16T07:00:00Z'), 20, 0.5, 25, 0.6, 5]]);
    expect(book.rows('leftOut')[0]?.map(toMinute)).toEqual([
      'Siivous',
      'kallio-1',
      '2026-11-18T11:30',
      '2026-11-18T12:30',
      null,
    ]);
  });

  it('prints no share below ten answers, and still their number', () => {
    const few = book.rows('servicePoints').find(([, , , id]) => id === 'malmi-office');
    expect(few?.[5]).toBeGreaterThan(0);
    expect(few?.[5]).toBeLessThan(10);
    expect(few?.slice(10, 19)).toEqual(new Array(9).fill(null));
  });

  it('leaves a text a text, whatever it looks like', () => {
    expect(book.rows('servicePoints').map(([, , name]) => name)).toContain('=HYPERLINK("x")');
    expect(book.rows('notes').map((row) => row[4])).toEqual([
      '=Remontti tiistaina',
      'Siirretty: A → b; koko viikon luvut ovat ryhmässä b',
    ]);
  });

  it('of an empty week says so little that nothing is wrong', async () => {
    const store = await sampleStore();
    const input = await readReportInput(store, { week: '2026-W10' }, { zone: SAMPLE_ZONE, now: SAMPLE_NOW });
    const empty = await opened(weeklyReport(input), 'sv');
    expect(empty.summary('answers')).toEqual([0, null, null]);
    expect(empty.summary('satisfied')).toEqual([null, null, null]);
    expect(empty.has('hours')).toBe(false);
  });
});

/** A time to the minute: in the file it is a fraction of a day. */
function toMinute(value: unknown): unknown {
  return value instanceof Date ? new Date(value.getTime() + 500).toISOString().slice(0, 16) : value;
}

/** The local date of an instant in Helsinki. */
function local(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: SAMPLE_ZONE }).format(new Date(at));
}

describe('a workbook', () => {
  it('can be opened whatever its texts and names are, and holds them', async () => {
    const words = fc.constantFrom('_x0041_', ']]>', '=1+1', '\r\n', '&amp;', "'", '\u{10fffe}', '😀');
    const text = fc.string({ unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 2 }), words), maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), text, async (names, cell) => {
        const columns = [{ text: 'a', kind: 'text' as const }];
        const sheets: ReportSheet[] = names.map((name) => ({ name, columns, rows: [[`x${cell}x`]] }));
        const found = await read(await writeWorkbook(sheets, 'en'));
        expect(found.size).toBe(names.length);
        for (const [name, rows] of found) {
          expect(name.length).toBeLessThanOrEqual(31);
          expect(name).not.toMatch(/[[\]:*?/\\]/);
          expect(rows[1]?.[0]).toBe(`x${legal(cell)}x`);
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** Without what XML cannot hold. */
function legal(text: string): string {
  const isKept = (sign: string) =>
    ['\t', '\n'].includes(sign) || !/[\p{Cc}\p{Noncharacter_Code_Point}\uFFFD]/u.test(sign);
  return [...text.replaceAll(/\r\n?/g, '\n')].filter(isKept).join('');
}
