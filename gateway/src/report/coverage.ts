import type { Span } from '../calendar/spans.js';
import { standingTimes } from '../terminals/standing-time.js';
import { terminalTimeline, timelineCoverage } from '../terminals/terminal-timeline.js';
import type { ReportCoverage, TerminalCoverage } from './report-document.js';
import type { ReportInput } from './report-input.js';

/**
 * Coverage of every terminal that stood in the scope this week, and of them together, up to now. A terminal that stands
 * nowhere but has been heard of has all hours since then; it is listed for the organisation, and counts in the whole only
 * where no terminal stands anywhere.
 */
export function reportCoverage(input: ReportInput): ReportCoverage & { terminals: TerminalCoverage[] } {
  const { registry, week, zone, servicePoint } = input;
  const end = Math.min(week.to, input.now);
  const standingOf = standingTimes({ registry, from: week.from, to: end, zone, servicePoint });
  const presence = presenceByTerminal(input);
  const terminals: TerminalCoverage[] = [];
  for (const { id, name, firstSeenAt, retiredAt } of input.terminals) {
    const spans = presence.get(id) ?? [];
    const heardFrom = Math.min(firstSeenAt ?? end, ...spans.map(({ from }) => from));
    const standing = standingOf({ id, heardFrom, retiredAt });
    if (standing.servicePoints.length === 0 && (servicePoint !== undefined || heardFrom >= end)) continue;
    const timeline = terminalTimeline({ presence: spans, faults: [], retiredAt }, standing, week.from, end);
    const { openMs, workedMs } = timelineCoverage(timeline);
    terminals.push({
      terminal: id,
      name: name ?? null,
      servicePoints: [...standing.servicePoints],
      servicePointNames: standing.servicePoints.flatMap(
        (stood) => registry.servicePoints.find((point) => point.id === stood)?.name ?? [],
      ),
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
