import { localHour } from '../calendar/local-hour.js';
import { openingCalendar } from '../calendar/opening-spans.js';
import type { Span } from '../calendar/spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import { satisfiedOf, totalOf } from '../statistics/happy-index.js';
import { type HourCount, hourTest } from '../statistics/hour-test.js';
import type { ReportHourTest } from './report-document.js';
import type { ReportInput } from './report-input.js';

/** The hour test over opening hours; presses of terminals that stand nowhere have no opening hours: all count. */
export function reportHourTest(input: ReportInput): ReportHourTest {
  const { counts, outside } = countByHour(input);
  const { overall, hours } = hourTest(counts);
  return {
    statistic: overall?.statistic ?? null,
    degreesOfFreedom: overall?.degreesOfFreedom ?? null,
    p: overall?.p ?? null,
    hours: hours.map((hour) => ({ ...hour, share: hour.satisfied / hour.n, z: hour.z ?? null })),
    outsideOpeningHours: outside,
  };
}

function countByHour({ week, zone, registry, thisWeek }: ReportInput): { counts: HourCount[]; outside: number } {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, n: 0, satisfied: 0 }));
  const openingOf = openingCalendar(week.from, week.to, zone);
  const open = new Map(registry.servicePoints.map((point) => [point.id, openingOf(openingTimesOf(registry, point))]));
  const hourOf = localHour(zone, week.from, week.to);
  let outside = 0;
  for (const cell of thisWeek) {
    const start = Math.max(cell.start, week.from);
    const spans = open.get(cell.servicePoint ?? '');
    const n = totalOf(cell.ratings);
    if (spans !== undefined && !holds(spans, start)) {
      outside += n;
      continue;
    }
    const hour = hours[hourOf(start)];
    if (hour === undefined) throw new Error(`no hour of day for ${start}`);
    hour.n += n;
    hour.satisfied += satisfiedOf(cell.ratings);
  }
  return { counts: hours, outside };
}

function holds(spans: readonly Span[], at: number): boolean {
  return spans.some((span) => span.from <= at && at < span.to);
}
