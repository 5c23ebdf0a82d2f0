import { openingCalendar } from '../calendar/opening-spans.js';
import type { Span } from '../calendar/spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { ReportInput } from './report-input.js';
import { servicePointsInScope } from './report-scope.js';

/** When each service point of the scope is open in the week; places with the same times share their spans. */
export function openingInScope(input: ReportInput): ReadonlyMap<string, readonly Span[]> {
  const { registry, week, zone } = input;
  const inScope = servicePointsInScope(registry, input);
  const openingOf = openingCalendar(week.from, week.to, zone);
  return new Map(
    registry.servicePoints
      .filter(({ id }) => inScope === undefined || inScope.has(id))
      .map((point) => [point.id, openingOf(openingTimesOf(registry, point))]),
  );
}

/** Whether one of the spans, in order, holds the instant. */
export function holds(spans: readonly Span[], at: number): boolean {
  return spans.some((span) => span.from <= at && at < span.to);
}
