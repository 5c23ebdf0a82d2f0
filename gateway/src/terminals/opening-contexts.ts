import { openingCalendar } from '../calendar/opening-spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { Registry } from '../registry/registry.js';
import type { OpeningContext } from './opening-context.js';

const DAY_MS = 24 * 3_600_000;
/** Long enough for the timeline of a terminal, */
const BACK_MS = 15 * DAY_MS;
/** and to say when a place opens again after holidays. */
const AHEAD_MS = 9 * DAY_MS;

/** Tells when service points are open around `now` (UTC ms); undefined: always. Places with the same times share a context. */
export function openingContexts(
  registry: Pick<Registry, 'groups' | 'servicePoints'>,
  now: number,
  zone: string,
): (servicePoint: string | undefined) => OpeningContext | undefined {
  const range = { from: now - BACK_MS, to: now + AHEAD_MS };
  const calendar = openingCalendar(range.from, range.to, zone);
  const points = new Map(registry.servicePoints.map((point) => [point.id, point]));
  const known = new Map<string, OpeningContext | undefined>();
  return (id) => {
    const point = id === undefined ? undefined : points.get(id);
    if (point === undefined) return undefined;
    if (!known.has(point.id)) {
      const times = openingTimesOf(registry, point);
      const always = times.openingHours === undefined && (times.exceptions ?? []).length === 0;
      known.set(point.id, always ? undefined : { ...range, spans: calendar(times) });
    }
    return known.get(point.id);
  };
}
