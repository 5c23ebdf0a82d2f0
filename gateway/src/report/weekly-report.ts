import { noCounts, sumCounts } from '../aggregates/counts.js';
import type { ServicePoint } from '../registry/registry.js';
import { satisfiedOf } from '../statistics/happy-index.js';
import { newcombeInterval } from '../statistics/newcombe-interval.js';
import { satisfaction } from '../statistics/satisfaction.js';
import { shrunkenRanking } from '../statistics/shrunken-ranking.js';
import type { Counts, RollupCell } from '../store/store.js';
import { reportCoverage } from './coverage.js';
import { reportHourTest } from './hour-counts.js';
import { joinLostRanges } from './join-lost-ranges.js';
import type {
  EmptyReason,
  ReportChange,
  ReportCounts,
  ReportCoverage,
  ReportScope,
  ReportServicePoint,
  UnassignedTerminal,
  WeeklyReport,
} from './report-document.js';
import { reportExclusions } from './report-exclusions.js';
import type { ReportInput } from './report-input.js';

/** The report of a week. Pure: everything it says comes from `input`. */
export function weeklyReport(input: ReportInput): WeeklyReport {
  const { week, previousWeek, now, zone, servicePoint } = input;
  const counts = withSatisfaction(sumCounts(input.thisWeek));
  const previous = withSatisfaction(sumCounts(input.lastWeek));
  const coverage = reportCoverage(input);
  const nothing = counts.n === 0 && counts.repeats === 0 && counts.excluded === 0;
  return {
    week: week.id,
    from: new Date(week.from).toISOString(),
    to: new Date(week.to).toISOString(),
    zone,
    generatedAt: new Date(now).toISOString(),
    complete: week.to <= now,
    scope: scopeOf(input),
    counts,
    previousWeek: previousWeek.id,
    previous,
    change: changeBetween(counts, previous),
    hourTest: reportHourTest(input),
    coverage,
    ...lossesInScope(input, new Set(coverage.terminals.map((one) => one.terminal))),
    exclusions: reportExclusions(input),
    servicePoints: servicePoint === undefined ? servicePointRows(input) : [],
    unassigned: servicePoint === undefined ? unassignedRows(input) : [],
    empty: nothing ? { reason: emptyReason(coverage) } : null,
  };
}

function withSatisfaction(counts: Counts): ReportCounts {
  return { ...counts, ...satisfaction(counts.ratings) };
}

/** Change of the satisfied share; null where either week has no presses. */
function changeBetween(now: ReportCounts, before: ReportCounts): ReportChange | null {
  const change = newcombeInterval(
    { successes: satisfiedOf(now.ratings), n: now.n },
    { successes: satisfiedOf(before.ratings), n: before.n },
  );
  return change ?? null;
}

function scopeOf({ servicePoint, registry }: ReportInput): ReportScope {
  const point = registry.servicePoints.find((one) => one.id === servicePoint);
  if (servicePoint === undefined) return { kind: 'organisation' };
  if (point === undefined) throw new Error(`report on ${servicePoint}, which is not in its own registry`);
  return { kind: 'service-point', id: point.id, name: point.name, group: point.group };
}

function emptyReason(coverage: ReportCoverage & { terminals: readonly unknown[] }): EmptyReason {
  if (coverage.terminals.length === 0) return 'no-terminals';
  if (coverage.openMs === 0) return 'no-opening-time';
  return coverage.workedMs === 0 ? 'not-known-to-have-worked' : 'open-but-quiet';
}

/** What is known to be lost or missing; of the whole store in every report, of a terminal where it stood. */
function lossesInScope(
  { lost, incidents, week, servicePoint }: ReportInput,
  terminals: ReadonlySet<string>,
): Pick<WeeklyReport, 'lost' | 'incidents'> {
  const inScope = (terminal: string | undefined) =>
    servicePoint === undefined || terminal === undefined || terminals.has(terminal);
  const ranges = joinLostRanges(lost.filter((range) => inScope(range.terminal)));
  return {
    lost: { presses: ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0), ranges },
    incidents: incidents.filter(
      ({ terminal, since, withdrawnAt }) =>
        inScope(terminal) && since < week.to && (withdrawnAt === undefined || withdrawnAt >= week.from),
    ),
  };
}

function bySum(cells: readonly RollupCell[], keyOf: (cell: RollupCell) => string | undefined): Map<string, Counts> {
  const groups = new Map<string, RollupCell[]>();
  for (const cell of cells) {
    const key = keyOf(cell);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return new Map([...groups].map(([key, group]) => [key, sumCounts(group)]));
}

function servicePointRows({ registry, thisWeek, lastWeek }: ReportInput): ReportServicePoint[] {
  const now = bySum(thisWeek, (cell) => cell.servicePoint);
  const before = bySum(lastWeek, (cell) => cell.servicePoint);
  const rows = registry.servicePoints.map((point) => servicePointRow(point, now.get(point.id), before.get(point.id)));
  const candidates = rows.map((row) => ({ row, n: row.n, satisfied: satisfiedOf(row.ratings) }));
  for (const { item, rank, shrunken } of shrunkenRanking(candidates)) {
    item.row.rank = rank;
    item.row.shrunkenShare = shrunken;
  }
  const place = (row: ReportServicePoint) => row.rank ?? Number.MAX_SAFE_INTEGER;
  return rows.sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
}

function servicePointRow(point: ServicePoint, now = noCounts(), before = noCounts()): ReportServicePoint {
  const counts = withSatisfaction(now);
  const previous = withSatisfaction(before);
  const { n, happyIndex, satisfied } = previous;
  return {
    id: point.id,
    name: point.name,
    ...counts,
    rank: null,
    shrunkenShare: null,
    previous: { n, happyIndex, satisfied },
    change: changeBetween(counts, previous),
  };
}

function unassignedRows({ thisWeek, terminals }: ReportInput): UnassignedTerminal[] {
  const names = new Map(terminals.map((terminal) => [terminal.id, terminal.name]));
  const counts = bySum(thisWeek, (cell) => (cell.servicePoint === undefined ? cell.terminal : undefined));
  return [...counts]
    .map(([terminal, sum]) => ({ terminal, name: names.get(terminal) ?? null, ...withSatisfaction(sum) }))
    .sort((a, b) => (a.terminal < b.terminal ? -1 : 1));
}
