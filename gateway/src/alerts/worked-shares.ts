import { openingCalendar } from '../calendar/opening-spans.js';
import { intersectSpans, lengthOfSpans, mergeSpans, type Span } from '../calendar/spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { Registry } from '../registry/registry.js';
import type { PresenceSpan } from '../store/store.js';

/**
 * Share of opening time in [from, to) in which the terminals of each service point are known to have worked, 0…1; none
 * for a place that was closed or had no terminal all the time. The same measure as the report's coverage.
 */
export function workedShares(
  registry: Registry,
  presence: readonly PresenceSpan[],
  from: number,
  to: number,
  zone: string,
): Map<string, number> {
  const worked = new Map<string, Span[]>();
  for (const { terminal, ...span } of presence) worked.set(terminal, [...(worked.get(terminal) ?? []), span]);
  const openingOf = openingCalendar(from, to, zone);
  const open = new Map(registry.servicePoints.map((point) => [point.id, openingOf(openingTimesOf(registry, point))]));
  const sums = new Map<string, { openMs: number; workedMs: number }>();
  for (const assignment of registry.assignments) {
    const stood = [{ from: assignment.from, to: assignment.to ?? to }];
    const opened = intersectSpans(open.get(assignment.servicePoint) ?? [], stood);
    const sum = sums.get(assignment.servicePoint) ?? { openMs: 0, workedMs: 0 };
    sum.openMs += lengthOfSpans(opened);
    sum.workedMs += lengthOfSpans(intersectSpans(opened, mergeSpans(worked.get(assignment.terminal) ?? [])));
    sums.set(assignment.servicePoint, sum);
  }
  return new Map(
    [...sums].flatMap(([id, { openMs, workedMs }]) => (openMs > 0 ? [[id, workedMs / openMs] as const] : [])),
  );
}
