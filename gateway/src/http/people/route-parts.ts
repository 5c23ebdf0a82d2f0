import { limitedParts } from '../../people/sight/limited-parts.js';
import type { RouteParts, ServedParts } from '../http-parts.js';

/** So many kinds of sight are held; more than an organisation has groups of people. */
const MOST_HELD = 1_000;

/** The parts of the server as routes get them: what is not shown alike to everybody, by the request alone. */
export function routeParts(whole: ServedParts): RouteParts {
  const { store: _1, administration: _2, board: _3, alerting: _4, commands: _5, enrolment: _6, ...rest } = whole;
  const { events: _7, reporting: _8, ...common } = rest;
  const held = new Map<string, ServedParts>();
  return {
    ...common,
    for({ sight }) {
      // A broken invariant: whoever asks has passed no guard.
      if (sight === undefined) throw new Error('it has not been decided what this request may see');
      const { groups } = sight;
      if (groups === undefined) return whole;
      const key = JSON.stringify([...groups].sort());
      const parts = held.get(key) ?? limitedParts(whole, groups);
      if (held.size >= MOST_HELD) held.clear();
      held.set(key, parts);
      return parts;
    },
  };
}
