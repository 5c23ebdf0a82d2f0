import type { OpeningTimes } from '../calendar/opening-spans.js';
import type { OpeningException, Registry, ServicePoint } from './registry.js';

/** Opening times of a service point with the exceptions of its groups; for each date the nearest one holds. */
export function openingTimesOf(registry: Pick<Registry, 'groups'>, point: ServicePoint): OpeningTimes {
  const groups = new Map(registry.groups.map((group) => [group.id, group]));
  const byDate = new Map<string, OpeningException>();
  for (const exception of point.exceptions ?? []) byDate.set(exception.date, exception);
  const seen = new Set<string>();
  for (let group = groups.get(point.group); group !== undefined && !seen.has(group.id); ) {
    seen.add(group.id);
    for (const exception of group.exceptions ?? []) {
      if (!byDate.has(exception.date)) byDate.set(exception.date, exception);
    }
    group = group.parent === undefined ? undefined : groups.get(group.parent);
  }
  const exceptions = [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  return { ...(point.openingHours === undefined ? {} : { openingHours: point.openingHours }), exceptions };
}
