import { TOPIC_PREFIX } from './topic.js';

/** Takes the place of a terminal's id in the topics of events: no terminal may be called so. */
export const EVENTS_LEVEL = 'events';
/** Everything that the gateway tells those who integrate it. */
export const EVENTS_FILTER = `${TOPIC_PREFIX}/${EVENTS_LEVEL}/#`;
export const EVENT_KINDS = ['presses', 'terminals', 'alerts'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Instead of groups and service point: of a terminal that stands nowhere. Not an id. */
export const NOWHERE_LEVEL = '-';

/** Where something happened: groups from the root down, then the service point; undefined: nowhere. */
export interface EventPlace {
  groups: readonly string[];
  servicePoint: string;
}

/**
 * `hymio/v1/events/<kind>/<group>/…/<service point>`, of terminal states also the terminal. The groups stand first, so
 * that one filter has all that happens below a group.
 */
export function eventTopic(kind: EventKind, place: EventPlace | undefined, terminal?: string): string {
  const levels = place === undefined ? [NOWHERE_LEVEL] : [...place.groups, place.servicePoint];
  return [TOPIC_PREFIX, EVENTS_LEVEL, kind, ...levels, ...(terminal === undefined ? [] : [terminal])].join('/');
}

/** True for the topic of an event, and for a filter that reaches nothing else. */
export function isEventTopic(topicOrFilter: string): boolean {
  return topicOrFilter.startsWith(`${TOPIC_PREFIX}/${EVENTS_LEVEL}/`);
}

/** The filters of what happens below a group; `path`: groups from the root down to it. `+` is the kind. */
export function eventsFilterOf(path: readonly string[]): string {
  return [TOPIC_PREFIX, EVENTS_LEVEL, '+', ...path, '#'].join('/');
}
