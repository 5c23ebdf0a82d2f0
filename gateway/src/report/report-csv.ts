import { localized } from '../language/language.js';
import type { Language } from '../registry/registry.js';
import type { Satisfaction } from '../statistics/satisfaction.js';
import type { Counts } from '../store/store.js';
import { type CsvValue, csvText } from './csv-text.js';
import type { ReportChange, ReportTally, WeeklyReport } from './report-document.js';

/**
 * Columns of the weekly report as CSV, one table for all sections; docs/weekly-report-csv.md says what each column and section
 * means. New columns come last.
 */
export const REPORT_COLUMNS = [
  'week',
  'section',
  'id',
  'name',
  'hour',
  'n',
  'very_unhappy',
  'unhappy',
  'happy',
  'very_happy',
  'repeats',
  'estimated',
  'excluded',
  'satisfied_share',
  'satisfied_low',
  'satisfied_high',
  'happy_index',
  'change',
  'change_low',
  'change_high',
  'change_clear',
  'rank',
  'shrunken_share',
  'statistic',
  'degrees_of_freedom',
  'p',
  'z',
  'stands_out',
  'coverage',
  'open_ms',
  'worked_ms',
  'presses',
  'since',
  'weekday',
  'previous_rank',
  'down_ms',
  'until',
  'satisfied',
  'outside_opening_hours',
  'terminals',
] as const;
type Column = (typeof REPORT_COLUMNS)[number];
type Row = Partial<Record<Column, CsvValue>>;

/** The report as CSV; `language` chooses the names of service points. */
export function reportCsv(report: WeeklyReport, language: Language): string {
  const rows = [
    ...resultRows(report, language),
    ...hourRows(report),
    ...reliabilityRows(report),
    ...noteRows(report, language),
  ];
  const lines = rows.map((row) =>
    REPORT_COLUMNS.map((column) => (column === 'week' ? (row.week ?? report.week) : row[column])),
  );
  return csvText([REPORT_COLUMNS, ...lines]);
}

function shareColumns({ n, satisfied, happyIndex }: Satisfaction): Row {
  return {
    n,
    satisfied_share: satisfied?.share,
    satisfied_low: satisfied?.low,
    satisfied_high: satisfied?.high,
    happy_index: happyIndex,
  };
}

function countColumns(counts: Counts & Satisfaction): Row {
  const { n, ratings, repeats, estimated, excluded, satisfied, happyIndex } = counts;
  return {
    n,
    very_unhappy: ratings[0],
    unhappy: ratings[1],
    happy: ratings[2],
    very_happy: ratings[3],
    repeats,
    estimated,
    excluded,
    satisfied_share: satisfied?.share,
    satisfied_low: satisfied?.low,
    satisfied_high: satisfied?.high,
    happy_index: happyIndex,
  };
}

function changeColumns(change: ReportChange | null): Row {
  return {
    change: change?.difference,
    change_low: change?.low,
    change_high: change?.high,
    change_clear: change?.clear,
  };
}

function resultRows(report: WeeklyReport, language: Language): Row[] {
  const { scope, counts, previous, previousWeek, change, yearAgo, trend, coverage, hourTest, lost } = report;
  const id = scope.kind === 'organisation' ? '' : scope.id;
  const name = scope.kind === 'organisation' ? '' : localized(scope.name, language);
  const total: Row = {
    section: 'total',
    id,
    name,
    ...countColumns(counts),
    ...changeColumns(change),
    statistic: hourTest.statistic,
    degrees_of_freedom: hourTest.degreesOfFreedom,
    p: hourTest.p,
    coverage: coverage.share,
    open_ms: coverage.openMs,
    worked_ms: coverage.workedMs,
    presses: lost.presses,
    outside_opening_hours: hourTest.outsideOpeningHours,
  };
  return [
    total,
    { section: 'previous-week', week: previousWeek, id, name, ...countColumns(previous) },
    ...(yearAgo === null
      ? []
      : [
          {
            section: 'year-ago',
            week: yearAgo.week,
            id,
            name,
            ...shareColumns(yearAgo),
            ...changeColumns(yearAgo.change),
          },
        ]),
    ...trend.map((one) => ({ section: 'trend', week: one.week, id, name, ...shareColumns(one) })),
    ...correctionRows(report, id, name),
    ...report.servicePoints.map((point) => ({
      section: 'service-point',
      id: point.id,
      name: localized(point.name, language),
      ...countColumns(point),
      ...changeColumns(point.change),
      rank: point.rank,
      previous_rank: point.previousRank,
      shrunken_share: point.shrunkenShare,
    })),
    ...report.unassigned.map((terminal) => ({
      section: 'unassigned-terminal',
      id: terminal.terminal,
      name: terminal.name,
      ...countColumns(terminal),
    })),
  ];
}

function correctionRows({ corrections }: WeeklyReport, id: string, name: string): Row[] {
  return corrections.flatMap(({ week, saidAt, said, now, latePresses }) => [
    { section: 'said', week, id, name, ...tallyColumns(said), since: saidAt },
    { section: 'correction', week, id, name, ...tallyColumns(now), presses: latePresses },
  ]);
}

function tallyColumns({ ratings, ...shares }: ReportTally): Row {
  const [very_unhappy, unhappy, happy, very_happy] = ratings;
  return { ...shareColumns(shares), very_unhappy, unhappy, happy, very_happy };
}

function hourRows({ hourTest, heatMap }: WeeklyReport): Row[] {
  const hours = hourTest.hours.map(({ hour, n, satisfied, share, z, standsOut }) => ({
    section: 'hour',
    hour,
    n,
    satisfied,
    satisfied_share: share,
    z,
    stands_out: standsOut,
  }));
  const cells = heatMap.map(({ weekday, hour, n, satisfied, share }) => {
    return { section: 'weekday-hour', weekday, hour, n, satisfied, satisfied_share: share };
  });
  return [...hours, ...cells];
}

function reliabilityRows({ coverage, lost, incidents, suspects, exclusions }: WeeklyReport): Row[] {
  return [
    ...coverage.terminals.map(({ terminal, name, share, openMs, workedMs }) => ({
      section: 'coverage',
      id: terminal,
      name,
      coverage: share,
      open_ms: openMs,
      worked_ms: workedMs,
    })),
    ...coverage.terminals.flatMap(({ terminal, downDays }) =>
      downDays.map(({ date, downMs }) => ({ section: 'down', id: terminal, name: date, down_ms: downMs })),
    ),
    ...lost.ranges.map(({ terminal, epoch, from, to, recordedAt }) => ({
      section: 'lost',
      id: terminal,
      name: `${epoch} ${from}-${to}`,
      presses: to - from + 1,
      since: new Date(recordedAt).toISOString(),
    })),
    ...incidents.map(({ terminal, kind, missing, since, withdrawnAt }) => ({
      section: 'incident',
      id: terminal,
      name: kind,
      presses: missing,
      since: new Date(since).toISOString(),
      until: withdrawnAt === undefined ? null : new Date(withdrawnAt).toISOString(),
    })),
    ...suspects.map(({ terminal, why, presses }) => ({ section: 'suspect', id: terminal, name: why, presses })),
    ...exclusions.map(({ target, reason, from, to }) => ({
      section: 'exclusion',
      id: target.id,
      name: reason,
      since: new Date(from).toISOString(),
      until: new Date(to).toISOString(),
    })),
  ];
}

function noteRows({ notes, alerts, moves, questions }: WeeklyReport, language: Language): Row[] {
  return [
    ...notes.map(({ servicePoint, text, from, to }) => ({
      section: 'note',
      id: servicePoint,
      name: localized(text, language),
      since: new Date(from).toISOString(),
      until: to === null ? null : new Date(to).toISOString(),
    })),
    ...alerts.map(({ rule, servicePoint, terminal, openedAt, closedAt }) => ({
      section: 'alert',
      id: terminal ?? servicePoint,
      name: rule,
      since: new Date(openedAt).toISOString(),
      until: closedAt === null ? null : new Date(closedAt).toISOString(),
    })),
    ...moves.map(({ servicePoint, from, to, at }) => ({
      section: 'move',
      id: servicePoint,
      name: `${from} → ${to}`,
      since: new Date(at).toISOString(),
    })),
    ...questions.map(({ id, text, terminals }) => ({
      section: 'question',
      id,
      name: localized(text, language),
      terminals,
    })),
  ];
}
