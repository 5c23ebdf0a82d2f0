import type { WeeklyReport } from '../report-document.js';
import type { ReportSheet, SheetCell } from './report-sheet.js';
import { column, hours, moment, nameOf, type SheetWords } from './sheet-words.js';

/** What the numbers rest on. */
export function reliabilitySheets(report: WeeklyReport, words: SheetWords): ReportSheet[] {
  return [coverageSheet(report, words), downSheet(report, words), leftOutSheet(report, words)];
}

function coverageSheet({ coverage }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.coverage,
    columns: [
      column(words, 'terminal', 'text', 24),
      column(words, 'name', 'text', 24),
      column(words, 'place', 'text', 44),
      column(words, 'open', 'hours'),
      column(words, 'worked', 'hours'),
      column(words, 'coverage', 'percent'),
    ],
    rows: coverage.terminals.map(({ terminal, name, servicePointNames, openMs, workedMs, share }) => [
      ...[terminal, name, servicePointNames.map((one) => nameOf(one, words)).join(', ')],
      ...[hours(openMs), hours(workedMs), share],
    ]),
  };
}

function downSheet({ coverage }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.down,
    columns: [column(words, 'terminal', 'text', 24), column(words, 'day', 'date'), column(words, 'down', 'hours')],
    // A local day is a day in whatever zone the file is opened.
    rows: coverage.terminals.flatMap(({ terminal, downDays }) =>
      downDays.map(({ date, downMs }) => [terminal, Date.parse(`${date}T00:00:00Z`), hours(downMs)]),
    ),
  };
}

function leftOutSheet({ exclusions, lost, incidents, suspects }: WeeklyReport, words: SheetWords): ReportSheet {
  const { sheets, report } = words.messages;
  const rows: SheetCell[][] = [
    ...exclusions.map(({ reason, target, name, from, to }) => [
      report.exclusionReasons[reason],
      nameOf(name, words) ?? target.id,
      ...[moment(from, words), moment(to, words), null],
    ]),
    ...lost.ranges.map(({ terminal, from, to, recordedAt }) => [
      ...[sheets.lost, terminal, moment(recordedAt, words), null],
      to - from + 1,
    ]),
    ...incidents.map(({ kind, terminal = null, since, withdrawnAt = null, missing = null }) => [
      ...[sheets.incidents[kind], terminal, moment(since, words), moment(withdrawnAt, words)],
      missing,
    ]),
    ...suspects.map(({ terminal, why, presses }) => [sheets.suspects[why], terminal, null, null, presses]),
  ];
  return {
    name: sheets.names.leftOut,
    columns: [
      column(words, 'kind', 'text', 28),
      column(words, 'place', 'text', 40),
      column(words, 'from', 'moment'),
      column(words, 'to', 'moment'),
      column(words, 'presses', 'count'),
    ],
    rows,
  };
}
