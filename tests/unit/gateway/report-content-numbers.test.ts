import {
  type Formats,
  LANGUAGES,
  type Language,
  makeReportContent,
  type ReportContent,
  readReportInput,
  type WeeklyReport,
  weeklyReport,
  words,
} from '@hymio/gateway';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentTexts } from '../../support/content-texts.js';
import { REPORT_WEEK, reportSampleStore } from '../../support/report-sample.js';
import { SAMPLE_NOW, SAMPLE_ZONE, sampleStore } from '../../support/sample-store.js';

/** 1 245, 76, 0,001 as they stand in a text. */
const NUMBER = /\d+(?:[\u00a0,.]\d+)*/g;
const numbersOf = (text: string): string[] => text.match(NUMBER) ?? [];

/** Everything in a document, however deep. */
function leaves(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(leaves);
}

/** The ways in which a number of the model may be written. */
function written(value: number, formats: Formats): string[] {
  const plain = [formats.count(value), formats.decimal(value, 1), formats.index(value)];
  if (Math.abs(value) <= 1) plain.push(formats.percent(value), formats.points(value), formats.probability(value));
  if (value >= 0 && value < 24) plain.push(formats.hour(value));
  if (value >= 60_000 && value < 1e10) plain.push(formats.duration(value), formats.hoursAndMinutes(value));
  if (value > 1e12)
    plain.push(formats.full(value), formats.day(value), formats.day(value - 1), formats.moment(value, SAMPLE_NOW));
  return plain;
}

function known(report: WeeklyReport, language: Language): ReadonlySet<string> {
  const { formats } = words(language, SAMPLE_ZONE);
  const { counts, from, to, alerts } = report;
  const shares = counts.ratings.map((count) => formats.percent(count / counts.n));
  const windows = alerts.flatMap(({ condition }) =>
    'windowMs' in condition ? [String(condition.windowMs / 60_000)] : [],
  );
  const sums = [
    ...[...alerts.map(({ numbers }) => numbers)].flatMap((one) =>
      one.kind === 'presses' ? [one.ratings[0] + one.ratings[1], one.ratings.reduce((a, b) => a + b)] : [],
    ),
    alerts.length,
  ].map(String);
  const said = leaves(report).flatMap((leaf) => {
    if (typeof leaf === 'number') return written(leaf, formats);
    if (typeof leaf !== 'string') return [];
    const at = Date.parse(leaf);
    return /^\d{4}-\d\d-\d\d/.test(leaf) ? [formats.full(at), formats.dayOfDate(leaf)] : [leaf.replace('-W', ' ')];
  });
  const period = formats.days(Date.parse(from), Date.parse(to));
  // Of every report: the level of the intervals, the bound of few answers, the length of the trend.
  return new Set([...said, ...shares, ...windows, ...sums, period, '95', '10', '12'].flatMap(numbersOf));
}

/** What the content says of the week, not what its numbers mean. */
function told(content: ReportContent): string[] {
  const sections = content.sections.filter(({ id }) => id !== 'definitions');
  const drawn = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart.alternative] : [])),
  );
  return [...contentTexts({ ...content, sections }), ...drawn];
}

describe('every number that the content shows', () => {
  const reports: WeeklyReport[] = [];
  beforeAll(async () => {
    const [rich, sample] = [await reportSampleStore(), await sampleStore()];
    const wanted = [
      [rich, { week: REPORT_WEEK }],
      [rich, { week: REPORT_WEEK, group: 'social' }],
      [rich, { week: REPORT_WEEK, servicePoint: 'point-0' }],
      [rich, { week: REPORT_WEEK, servicePoint: 'point-6' }],
      [rich, { week: '2024-W30' }],
      [sample, { week: '2026-W47' }],
      [sample, { week: '2026-W47', servicePoint: 'malmi-office' }],
    ] as const;
    for (const [store, each] of wanted) {
      reports.push(weeklyReport(await readReportInput(store, each, { zone: SAMPLE_ZONE, now: SAMPLE_NOW })));
    }
  });

  it.each(LANGUAGES)('is in the model, in %s', (language) => {
    for (const report of reports) {
      const model = known(report, language);
      const content = makeReportContent(report, words(language, SAMPLE_ZONE));
      const strange = told(content).flatMap((text) =>
        numbersOf(text).flatMap((number) => (model.has(number) ? [] : [`${number}: ${text}`])),
      );
      expect(strange, JSON.stringify(report.scope)).toEqual([]);
    }
  });

  it.each(LANGUAGES)('of fewer than ten answers is a count, in %s', (language) => {
    for (const report of reports.filter(({ counts }) => counts.n < 10)) {
      const { sections } = makeReportContent(report, words(language, SAMPLE_ZONE));
      const result = sections.filter(({ id }) => ['result', 'trend', 'hours'].includes(id));
      const cells = result.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.kind === 'table' ? block.table.rows.flat() : [])),
      );
      expect(cells.filter(({ text, shade }) => text.includes('%') || shade !== undefined)).toEqual([]);
    }
  });
});
