import type { Span } from '../calendar/spans.js';
import { standingTimes } from '../terminals/standing-time.js';
import { terminalTimeline, timelineCoverage } from '../terminals/terminal-timeline.js';
import { downDayFinder } from './down-days.js';
import type { ReportCoverage, TerminalCoverage } from './report-document.js';
import type { ReportInput } from './report-input.js';
import { servicePointsInScope } from './report-scope.js';

/**
 * Coverage of every terminal that stood in the scope this week, and of them together, up to now. A terminal that stands
 * nowhere but has been heard of has all hours since then; it is listed for the organisation, and counts in the whole only
 * where no terminal stands anywhere.
 */
export function reportCoverage(input: ReportInput): ReportCoverage & { terminals: TerminalCoverage[] } {
  const { registry, week, zone } = input;
  const end = Math.min(week.to, input.now);
  const inScope = servicePointsInScope(registry, input);
  const assignments = registry.assignments.filter(
    ({ servicePoint }) => inScope === undefined || inScope.has(servicePoint),
  );
  const standingOf = standingTimes({ registry: { ...registry, assignments }, from: week.from, to: end, zone });
  const downDaysOf = downDayFinder(week.from, end, zone);
  const presence = presenceByTerminal(input);
  const names = new Map(registry.servicePoints.map((point) => [point.id, point.name]));
  const terminals: TerminalCoverage[] = [];
  for (const { id, name, firstSeenAt, retiredAt } of input.terminals) {
    const spans = presence.get(id) ?? [];
    const heardFrom = Math.min(firstSeenAt ?? end, ...spans.map(({ from }) => from));
    const standing = standingOf({ id, heardFrom, retiredAt });
    if (standing.servicePoints.length === 0 && (inScope !== undefined || heardFrom >= end)) continue;
    const timeline = terminalTimeline({ presence: spans, faults: [], retiredAt }, standing, week.from, end);
    const { openMs, workedMs } = timelineCoverage(timeline);
    terminals.push({
      terminal: id,
      name: name ?? null,
      servicePoints: [...standing.servicePoints],
      servicePointNames: standing.servicePoints.flatMap((stood) => names.get(stood) ?? []),
      downDays: downDaysOf(timeline),
      ...coverageOf(openMs, workedMs),
    });
  }
  const standing = terminals.filter((one) => one.servicePoints.length > 0);
  const counted = standing.length > 0 ? standing : terminals;
  const openMs = counted.reduce((sum, one) => sum + one.openMs, 0);
  const workedMs = counted.reduce((sum, one) => sum + one.workedMs, 0);
  return { ...coverageOf(openMs, workedMs), terminals };
}

function presenceByTerminal(input: ReportInput): Map<string, Span[]> {
  const presence = new Map<string, Span[]>();
  for (const { terminal, from, to } of input.presence) {
    const spans = presence.get(terminal);
    if (spans === undefined) presence.set(terminal, [{ from, to }]);
    else spans.push({ from, to });
  }
  return presence;
}

function coverageOf(openMs: number, workedMs: number): ReportCoverage {
  return { share: openMs > 0 ? workedMs / openMs : null, openMs, workedMs };
}
