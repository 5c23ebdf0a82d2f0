import { noCounts, sumCounts } from '../aggregates/counts.js';
import type { ServicePoint } from '../registry/registry.js';
import { satisfiedOf } from '../statistics/happy-index.js';
import { shrunkenRanking } from '../statistics/shrunken-ranking.js';
import type { Counts, RollupCell } from '../store/store.js';
import { changeBetween, withSatisfaction } from './report-counts.js';
import type { ReportServicePoint, UnassignedTerminal } from './report-document.js';
import type { ReportInput } from './report-input.js';
import { servicePointsInScope } from './report-scope.js';

/** Every service point of the scope, best first by the shrunken share, those without answers last. */
export function servicePointRows(input: ReportInput): ReportServicePoint[] {
  const { registry, thisWeek, lastWeek } = input;
  const inScope = servicePointsInScope(registry, input);
  const now = bySum(thisWeek, (cell) => cell.servicePoint);
  const before = bySum(lastWeek, (cell) => cell.servicePoint);
  const points = registry.servicePoints.filter(({ id }) => inScope === undefined || inScope.has(id));
  const rows = points.map((point) => servicePointRow(point, now.get(point.id), before.get(point.id)));
  for (const { item, rank, shrunken } of ranked(rows, now)) {
    item.row.rank = rank;
    item.row.shrunkenShare = shrunken;
  }
  for (const { item, rank } of ranked(rows, before)) item.row.previousRank = rank;
  const place = (row: ReportServicePoint) => row.rank ?? Number.MAX_SAFE_INTEGER;
  return rows.sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
}

function ranked(rows: readonly ReportServicePoint[], counts: ReadonlyMap<string, Counts>) {
  const candidates = rows.map((row) => {
    const { ratings } = counts.get(row.id) ?? noCounts();
    return { row, n: ratings.reduce((sum, count) => sum + count, 0), satisfied: satisfiedOf(ratings) };
  });
  return shrunkenRanking(candidates);
}

function servicePointRow(point: ServicePoint, now = noCounts(), before = noCounts()): ReportServicePoint {
  const counts = withSatisfaction(now);
  const previous = withSatisfaction(before);
  const { n, happyIndex, satisfied } = previous;
  return {
    id: point.id,
    name: point.name,
    group: point.group,
    ...counts,
    rank: null,
    previousRank: null,
    shrunkenShare: null,
    previous: { n, happyIndex, satisfied },
    change: changeBetween(counts, previous),
  };
}

/** Terminals with presses that stood nowhere then. */
export function unassignedRows({ thisWeek, terminals }: ReportInput): UnassignedTerminal[] {
  const names = new Map(terminals.map((terminal) => [terminal.id, terminal.name]));
  const counts = bySum(thisWeek, (cell) => (cell.servicePoint === undefined ? cell.terminal : undefined));
  return [...counts]
    .map(([terminal, sum]) => ({ terminal, name: names.get(terminal) ?? null, ...withSatisfaction(sum) }))
    .sort((a, b) => (a.terminal < b.terminal ? -1 : 1));
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
