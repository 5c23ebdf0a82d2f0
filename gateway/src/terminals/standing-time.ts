import { openingCalendar } from '../calendar/opening-spans.js';
import { intersectSpans, mergeSpans, type Span } from '../calendar/spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { Assignment, Registry } from '../registry/registry.js';

const DAY_MS = 24 * 3_600_000;

/** When a terminal stood somewhere, and when that place was open: merged spans, UTC ms. */
export interface StandingTime {
  placed: readonly Span[];
  open: readonly Span[];
  /** Ids of the service points, in order of time. */
  servicePoints: readonly string[];
}

export interface StandingTimeQuery {
  registry: Pick<Registry, 'groups' | 'servicePoints' | 'assignments'>;
  /** UTC ms. */
  from: number;
  to: number;
  zone: string;
  /** Only while it stood there. */
  servicePoint?: string | undefined;
}

/** What of a terminal decides when it was expected to work. */
export interface StandingTerminal {
  id: string;
  /** When it was first heard of. */
  heardFrom?: number | undefined;
  retiredAt?: number | undefined;
}

/**
 * Tells when terminals were expected to work in from…to: while they stood at a service point and it was open. One that
 * stood nowhere in that time has all hours from when it was first heard of, until it was taken out of use.
 */
export function standingTimes(query: StandingTimeQuery): (terminal: StandingTerminal) => StandingTime {
  const { registry, from, to, zone, servicePoint } = query;
  // Asked about a moment that moves on, and worked out once a day; what lies beyond it is cut off below.
  const openingOf = openingCalendar(from, Math.ceil(to / DAY_MS) * DAY_MS, zone);
  const points = new Map(registry.servicePoints.map((point) => [point.id, point]));
  const places = new Map<string, Assignment[]>();
  for (const assignment of registry.assignments) {
    if (assignment.from >= to || (assignment.to ?? to) <= from) continue;
    if (servicePoint !== undefined && assignment.servicePoint !== servicePoint) continue;
    const own = places.get(assignment.terminal);
    if (own === undefined) places.set(assignment.terminal, [assignment]);
    else own.push(assignment);
  }
  const openAt = (id: string): readonly Span[] => {
    const point = points.get(id);
    return point === undefined ? [] : openingOf(openingTimesOf(registry, point));
  };
  return ({ id, heardFrom, retiredAt }) => {
    const own = places.get(id);
    if (own === undefined) {
      const since = servicePoint === undefined ? (heardFrom ?? to) : to;
      const placed = mergeSpans([{ from: Math.max(from, since), to: Math.min(to, retiredAt ?? to) }]);
      return { placed, open: placed, servicePoints: [] };
    }
    const stood = own.map((one) => ({ from: Math.max(from, one.from), to: Math.min(to, one.to ?? to) }));
    const open = own.flatMap((one, index) => {
      const span = stood[index];
      return span === undefined ? [] : intersectSpans(openAt(one.servicePoint), [span]);
    });
    const servicePoints = [...new Set(own.map((one) => one.servicePoint))];
    return { placed: mergeSpans(stood), open: mergeSpans(open), servicePoints };
  };
}
