import { parseWeek } from '../../calendar/iso-week.js';
import type { SheetHeader } from '../../language/messages/sheets-messages.js';
import type { WeeklyReport } from '../report-document.js';
import type { OwnCell, ReportSheet, SheetKind, SheetValue } from './report-sheet.js';
import { changeCells, column, hours, indexCell, moment, nameOf, type SheetWords, shareCells } from './sheet-words.js';

const DAY_MS = 24 * 3_600_000;

type Row = [string, OwnCell, OwnCell?, OwnCell?];

/** What the report is about and what came of it, a line for each. */
export function summarySheet(report: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.summary,
    columns: [
      column(words, 'what', 'text', 46),
      column(words, 'value', 'text', 40),
      column(words, 'low', 'text', 20),
      column(words, 'high', 'text', 20),
    ],
    rows: [...aboutRows(report, words), ...resultRows(report, words), ...testRows(report, words)].map(
      ([what, ...cells]) => [what, ...cells.map((cell) => cell ?? null)],
    ),
  };
}

function row(
  words: SheetWords,
  header: SheetHeader,
  kind: SheetKind,
  value: SheetValue,
  low: SheetValue = null,
  high: SheetValue = null,
): Row {
  return [words.messages.sheets.headers[header], { value, kind }, { value: low, kind }, { value: high, kind }];
}

function startOfDay(wallTime: number | null): number | null {
  return wallTime === null ? null : Math.floor(wallTime / DAY_MS) * DAY_MS;
}

function aboutRows(report: WeeklyReport, words: SheetWords): Row[] {
  const { week, year } = parseWeek(report.week);
  const { scope } = report;
  const subject = scope.kind === 'organisation' ? words.messages.common.wholeOrganisation : nameOf(scope.name, words);
  return [
    row(words, 'report', 'text', words.messages.report.title(week, year)),
    row(words, 'subject', 'text', subject),
    row(words, 'week', 'text', report.week),
    row(words, 'firstDay', 'date', moment(report.from, words)),
    row(words, 'lastDay', 'date', startOfDay(moment(Date.parse(report.to) - 1, words))),
    row(words, 'complete', 'yesNo', report.complete),
    row(words, 'madeAt', 'moment', moment(report.generatedAt, words)),
    row(words, 'zone', 'text', report.zone),
  ];
}

function resultRows(report: WeeklyReport, words: SheetWords): Row[] {
  const { counts, previous, yearAgo, change, coverage, lost, hourTest } = report;
  const { ratings } = words.messages.common;
  const [share = null, low = null, high = null] = shareCells(counts);
  const [difference = null, ...interval] = changeCells(change, counts.n, previous.n);
  const [sinceYear = null, ...yearInterval] = changeCells(yearAgo?.change ?? null, counts.n, yearAgo?.n ?? 0);
  return [
    row(words, 'answers', 'count', counts.n),
    ...[3, 2, 1, 0].map(
      (rating): Row => [ratings[rating] ?? '', { value: counts.ratings[rating] ?? 0, kind: 'count' }],
    ),
    row(words, 'satisfied', 'percent', share, low, high),
    row(words, 'happyIndex', 'index', indexCell(counts)),
    row(words, 'change', 'points', difference, interval[0], interval[1]),
    row(words, 'clear', 'yesNo', interval[2] ?? null),
    row(words, 'previousWeek', 'text', report.previousWeek),
    ...(yearAgo === null
      ? []
      : [
          row(words, 'yearAgo', 'text', yearAgo.week),
          row(words, 'changeFromYearAgo', 'points', sinceYear, yearInterval[0], yearInterval[1]),
          row(words, 'clear', 'yesNo', yearInterval[2] ?? null),
        ]),
    row(words, 'repeats', 'count', counts.repeats),
    row(words, 'estimated', 'count', counts.estimated),
    row(words, 'excluded', 'count', counts.excluded),
    row(words, 'lost', 'count', lost.presses),
    row(words, 'outside', 'count', hourTest.outsideOpeningHours),
    row(words, 'coverage', 'percent', coverage.share),
    row(words, 'open', 'hours', hours(coverage.openMs)),
    row(words, 'worked', 'hours', hours(coverage.workedMs)),
  ];
}

function testRows({ hourTest }: WeeklyReport, words: SheetWords): Row[] {
  return [
    row(words, 'statistic', 'decimal', hourTest.statistic),
    row(words, 'degreesOfFreedom', 'count', hourTest.degreesOfFreedom),
    row(words, 'p', 'decimal', hourTest.p),
  ];
}
