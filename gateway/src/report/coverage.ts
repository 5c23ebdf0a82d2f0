import { openingCalendar } from '../calendar/opening-spans.js';
import { intersectSpans, lengthOfSpans, mergeSpans, type Span } from '../calendar/spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { Assignment } from '../registry/registry.js';
import type { ReportCoverage, TerminalCoverage } from './report-document.js';
import type { ReportInput } from './report-input.js';

/**
 * Coverage of every terminal that stood in the scope this week, and of them together. Opening time: that of the service
 * point while the terminal stood there, up to now. A terminal that stands nowhere but has been heard of has all hours
 * since then; it is listed for the organisation, and counts in the whole only where no terminal stands anywhere.
 */
export function reportCoverage(input: ReportInput): ReportCoverage & { terminals: TerminalCoverage[] } {
  const end = Math.min(input.week.to, input.now);
  const places = placesInScope(input, end);
  const presence = presenceByTerminal(input);
  const hoursOf = openingHoursFinder(input, end);
  const terminals: TerminalCoverage[] = [];
  for (const terminal of input.terminals) {
    const own = places.get(terminal.id) ?? [];
    const spans = mergeSpans(presence.get(terminal.id) ?? []);
    const heardFrom = Math.min(terminal.firstSeenAt ?? end, spans[0]?.from ?? end);
    if (own.length === 0 && (input.servicePoint !== undefined || heardFrom >= end)) continue;
    const open =
      own.length > 0 ? mergeSpans(own.flatMap(hoursOf)) : [{ from: Math.max(input.week.from, heardFrom), to: end }];
    const stood = [...new Set(own.map((assignment) => assignment.servicePoint))];
    terminals.push({
      terminal: terminal.id,
      name: terminal.name ?? null,
      servicePoints: stood,
      servicePointNames: stood.flatMap(
        (id) => input.registry.servicePoints.find((point) => point.id === id)?.name ?? [],
      ),
      ...coverageOf(lengthOfSpans(open), lengthOfSpans(intersectSpans(open, spans))),
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

function assignmentsOfWeek(input: ReportInput, end: number): Assignment[] {
  return input.registry.assignments.filter(({ from, to }) => from < end && (to ?? end) > input.week.from);
}

function placesInScope(input: ReportInput, end: number): Map<string, Assignment[]> {
  const places = new Map<string, Assignment[]>();
  for (const assignment of assignmentsOfWeek(input, end)) {
    if (input.servicePoint !== undefined && assignment.servicePoint !== input.servicePoint) continue;
    places.set(assignment.terminal, [...(places.get(assignment.terminal) ?? []), assignment]);
  }
  return places;
}

/** Opening time of an assignment within the week, up to `end`. */
function openingHoursFinder(input: ReportInput, end: number): (assignment: Assignment) => Span[] {
  const openingOf = openingCalendar(input.week.from, end, input.zone);
  const open = new Map(
    input.registry.servicePoints.map((point) => [point.id, openingOf(openingTimesOf(input.registry, point))]),
  );
  return ({ servicePoint, from, to }) => intersectSpans(open.get(servicePoint) ?? [], [{ from, to: to ?? end }]);
}
