import { isPrintable } from '../../statistics/satisfaction.js';
import type { ReportCounts, WeeklyReport } from '../report-document.js';
import type { ReportSheet, SheetColumn, SheetValue } from './report-sheet.js';
import {
  changeCells,
  column,
  indexCell,
  moment,
  nameOf,
  type SheetWords,
  shareCells,
  weekdayName,
} from './sheet-words.js';

/** Counts of everything that is compared: weeks, places, hours. */
export function resultSheets(report: WeeklyReport, words: SheetWords): ReportSheet[] {
  return [
    trendSheet(report, words),
    servicePointSheet(report, words),
    hourSheet(report, words),
    heatMapSheet(report, words),
    unassignedSheet(report, words),
  ];
}

function shareColumns(words: SheetWords): SheetColumn[] {
  return [column(words, 'satisfied', 'percent'), column(words, 'low', 'percent'), column(words, 'high', 'percent')];
}

function trendSheet({ trend }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.trend,
    columns: [
      column(words, 'week', 'text', 12),
      column(words, 'firstDay', 'date'),
      column(words, 'answers', 'count'),
      ...shareColumns(words),
      column(words, 'happyIndex', 'index'),
    ],
    rows: trend.map((one) => [one.week, moment(one.from, words), one.n, ...shareCells(one), indexCell(one)]),
  };
}

function countColumns(words: SheetWords): SheetColumn[] {
  const { ratings } = words.messages.common;
  return [
    column(words, 'answers', 'count'),
    ...[3, 2, 1, 0].map((rating): SheetColumn => ({ text: ratings[rating] ?? '', kind: 'count' })),
    ...shareColumns(words),
    column(words, 'happyIndex', 'index'),
  ];
}

function countCells(counts: ReportCounts): SheetValue[] {
  return [counts.n, ...counts.ratings.toReversed(), ...shareCells(counts), indexCell(counts)];
}

function aboutColumns(words: SheetWords): SheetColumn[] {
  return [column(words, 'repeats', 'count'), column(words, 'estimated', 'count'), column(words, 'excluded', 'count')];
}

function servicePointSheet({ servicePoints }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.servicePoints,
    columns: [
      column(words, 'rank', 'count'),
      column(words, 'previousRank', 'count'),
      column(words, 'name', 'text', 44),
      column(words, 'id', 'text', 24),
      column(words, 'group', 'text', 20),
      ...countColumns(words),
      column(words, 'shrunken', 'percent'),
      column(words, 'change', 'points'),
      column(words, 'low', 'points'),
      column(words, 'high', 'points'),
      column(words, 'clear', 'yesNo'),
      ...aboutColumns(words),
    ],
    rows: servicePoints.map((point) => [
      ...[point.rank, point.previousRank, nameOf(point.name, words), point.id, point.group],
      ...countCells(point),
      isPrintable(point.n) ? point.shrunkenShare : null,
      ...changeCells(point.change, point.n, point.previous.n),
      ...[point.repeats, point.estimated, point.excluded],
    ]),
  };
}

function unassignedSheet({ unassigned }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.unassigned,
    columns: [
      column(words, 'terminal', 'text', 24),
      column(words, 'name', 'text', 24),
      ...countColumns(words),
      ...aboutColumns(words),
    ],
    rows: unassigned.map((one) => [
      ...[one.terminal, one.name],
      ...countCells(one),
      ...[one.repeats, one.estimated, one.excluded],
    ]),
  };
}

function hourSheet({ hourTest }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.hours,
    columns: [
      column(words, 'hour', 'count'),
      column(words, 'answers', 'count'),
      column(words, 'satisfiedAnswers', 'count'),
      column(words, 'satisfied', 'percent'),
      column(words, 'z', 'decimal'),
      column(words, 'standsOut', 'yesNo'),
    ],
    rows: hourTest.hours.map(({ hour, n, satisfied, share, z, standsOut }) => [
      ...[hour, n, satisfied, isPrintable(n) ? share : null],
      ...[z, standsOut],
    ]),
  };
}

function heatMapSheet({ heatMap }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.heatMap,
    columns: [
      column(words, 'weekday', 'text', 14),
      column(words, 'hour', 'count'),
      column(words, 'answers', 'count'),
      column(words, 'satisfiedAnswers', 'count'),
      column(words, 'satisfied', 'percent'),
    ],
    rows: heatMap.map(({ weekday, hour, n, satisfied, share }) => [
      weekdayName(weekday, words),
      ...[hour, n, satisfied, isPrintable(n) ? share : null],
    ]),
  };
}
