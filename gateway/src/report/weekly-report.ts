import { sumCounts } from '../aggregates/counts.js';
import { groupPath } from '../aggregates/group-tree.js';
import { reportCoverage } from './coverage.js';
import { reportHeatMap } from './heat-map.js';
import { reportHourTest } from './hour-counts.js';
import { joinLostRanges } from './join-lost-ranges.js';
import { reportAlerts } from './report-alerts.js';
import { reportCorrections } from './report-corrections.js';
import { changeBetween, withSatisfaction } from './report-counts.js';
import type { EmptyReason, ReportCoverage, ReportScope, WeeklyReport } from './report-document.js';
import { reportExclusions } from './report-exclusions.js';
import type { ReportInput } from './report-input.js';
import { reportMoves, reportNotes, reportQuestions } from './report-notes.js';
import { reportSuspects } from './report-suspects.js';
import { reportTrend, reportYearAgo } from './report-trend.js';
import { servicePointRows, unassignedRows } from './service-point-rows.js';

/** The report of a week. Pure: everything it says comes from `input`. */
export function weeklyReport(input: ReportInput): WeeklyReport {
  const { week, previousWeek, now, zone } = input;
  const scope = scopeOf(input);
  const counts = withSatisfaction(sumCounts(input.thisWeek));
  const previous = withSatisfaction(sumCounts(input.lastWeek));
  const coverage = reportCoverage(input);
  const heatMap = reportHeatMap(input);
  const nothing = counts.n === 0 && counts.repeats === 0 && counts.excluded === 0;
  return {
    week: week.id,
    from: new Date(week.from).toISOString(),
    to: new Date(week.to).toISOString(),
    zone,
    generatedAt: new Date(now).toISOString(),
    complete: week.to <= now,
    scope,
    questions: reportQuestions(input),
    counts,
    previousWeek: previousWeek.id,
    previous,
    change: changeBetween(counts, previous),
    yearAgo: reportYearAgo(input, counts),
    trend: reportTrend(input),
    corrections: reportCorrections(input),
    heatMap,
    hourTest: reportHourTest(heatMap, counts.n),
    coverage,
    ...lossesInScope(input, new Set(coverage.terminals.map((one) => one.terminal))),
    suspects: reportSuspects(input),
    exclusions: reportExclusions(input),
    notes: reportNotes(input),
    alerts: reportAlerts(input),
    moves: reportMoves(input),
    servicePoints: scope.kind === 'service-point' ? [] : servicePointRows(input),
    unassigned: scope.kind === 'organisation' ? unassignedRows(input) : [],
    empty: nothing ? { reason: emptyReason(coverage, input), firstPressFrom: firstPressFrom(input) } : null,
  };
}

function scopeOf({ servicePoint, group, registry }: ReportInput): ReportScope {
  if (servicePoint === undefined && group === undefined) return { kind: 'organisation' };
  const groups = new Map(registry.groups.map((one) => [one.id, one]));
  const found = groups.get(group ?? '');
  if (found !== undefined) {
    const above = groupPath(groups, found.parent ?? '').map((id) => groups.get(id)?.name ?? {});
    return { kind: 'group', id: found.id, name: found.name, above: above.reverse() };
  }
  const point = registry.servicePoints.find((one) => one.id === servicePoint);
  if (point === undefined) throw new Error(`report on ${servicePoint ?? group}, which is not in its own registry`);
  return { kind: 'service-point', id: point.id, name: point.name, group: point.group };
}

function firstPressFrom({ firstBucket }: ReportInput): string | null {
  return firstBucket === undefined ? null : new Date(firstBucket).toISOString();
}

function emptyReason(
  coverage: ReportCoverage & { terminals: readonly unknown[] },
  { firstBucket, week }: ReportInput,
): EmptyReason {
  if (coverage.workedMs === 0 && firstBucket !== undefined && firstBucket >= week.to) return 'before-first-press';
  if (coverage.terminals.length === 0) return 'no-terminals';
  if (coverage.openMs === 0) return 'no-opening-time';
  return coverage.workedMs === 0 ? 'not-known-to-have-worked' : 'open-but-quiet';
}

/** What is known to be lost or missing; of the whole store in every report, of a terminal where it stood. */
function lossesInScope(
  { lost, incidents, week, servicePoint, group }: ReportInput,
  terminals: ReadonlySet<string>,
): Pick<WeeklyReport, 'lost' | 'incidents'> {
  const inScope = (terminal: string | undefined) =>
    terminal === undefined || (servicePoint === undefined && group === undefined) || terminals.has(terminal);
  const ranges = joinLostRanges(lost.filter((range) => inScope(range.terminal)));
  return {
    lost: { presses: ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0), ranges },
    incidents: incidents.filter(
      ({ terminal, since, withdrawnAt }) =>
        inScope(terminal) && since < week.to && (withdrawnAt === undefined || withdrawnAt >= week.from),
    ),
  };
}
