import type { OpeningHours } from '../visitors/opening-hours.js';
import { DEMO_GROUPS, DEMO_PLACES, DEMO_QUESTIONS } from './demo-place.js';

/** The registry of the demo in the form of a registry file; every terminal stands in its lobby from `from` (UTC ms) on. */
export function demoRegistry(from: number): object {
  return {
    groups: DEMO_GROUPS,
    servicePoints: DEMO_PLACES.map(({ id, group, name, openingHours }) => ({
      id,
      group,
      name,
      openingHours: hoursInWords(openingHours),
    })),
    questions: DEMO_QUESTIONS,
    terminals: DEMO_PLACES.map(({ terminal, name }) => ({ id: terminal, name: `${name.fi}, aula` })),
    assignments: DEMO_PLACES.map(({ id, terminal, group }) => ({
      terminal,
      servicePoint: id,
      question: group === 'social-services' ? 'service' : 'visit',
      from: new Date(from).toISOString(),
    })),
  };
}

function hoursInWords(hours: OpeningHours): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(hours).map(([day, spans]) => [day, spans.map(({ from, to }) => `${clock(from)}-${clock(to)}`)]),
  );
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
