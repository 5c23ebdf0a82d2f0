import { openingCalendar } from '../calendar/opening-spans.js';
import type { Span } from '../calendar/spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { OpeningHours, Registry, ServicePoint } from '../registry/registry.js';
import { servicePointsById } from '../registry/service-points-by-id.js';
import type { OpeningContext } from './opening-context.js';

const DAY_MS = 24 * 3_600_000;
/** Long enough for the timeline of a terminal, */
const BACK_MS = 15 * DAY_MS;
/** and to say when a place opens again after holidays. */
const AHEAD_MS = 9 * DAY_MS;

type ContextOf = (point: ServicePoint) => OpeningContext | undefined;
/** In an object, for an answer may be undefined. */
interface Known {
  context: OpeningContext | undefined;
}

/** Tells when service points are open around `now` (UTC ms); undefined: always. Places with the same times share a context. */
export function openingContexts(
  registry: Pick<Registry, 'groups' | 'servicePoints'>,
  now: number,
  zone: string,
): (servicePoint: string | undefined) => OpeningContext | undefined {
  const points = servicePointsById(registry);
  const contextOf = onceForEach(contextMaker(registry, now, zone));
  return (id) => {
    const point = id === undefined ? undefined : points.get(id);
    return point === undefined ? undefined : contextOf(point);
  };
}

function contextMaker(registry: Pick<Registry, 'groups'>, now: number, zone: string): ContextOf {
  const [from, to] = [now - BACK_MS, now + AHEAD_MS];
  const calendar = openingCalendar(from, to, zone);
  const made = new Map<readonly Span[], OpeningContext>();
  return (point) => {
    const times = openingTimesOf(registry, point);
    if (times.openingHours === undefined && (times.exceptions ?? []).length === 0) return undefined;
    const spans = calendar(times);
    const context = made.get(spans) ?? { from, to, spans };
    made.set(spans, context);
    return context;
  };
}

/** Remembers answers. Where no place has days of its own, all of a group with the same hours are open together. */
function onceForEach(contextOf: ContextOf): ContextOf {
  const ofGroups = new Map<string, Map<OpeningHours | undefined, Known>>();
  const ofPoints = new Map<ServicePoint, Known>();
  return (point) => {
    if (point.exceptions !== undefined && point.exceptions.length > 0) return remembered(ofPoints, point);
    let ofGroup = ofGroups.get(point.group);
    if (ofGroup === undefined) {
      ofGroup = new Map();
      ofGroups.set(point.group, ofGroup);
    }
    return remembered(ofGroup, point.openingHours);

    function remembered<Key>(known: Map<Key, Known>, key: Key): OpeningContext | undefined {
      const found = known.get(key) ?? { context: contextOf(point) };
      known.set(key, found);
      return found.context;
    }
  };
}
