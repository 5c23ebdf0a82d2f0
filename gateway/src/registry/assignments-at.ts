import type { Assignment, Registry } from './registry.js';

type ByPlace = ReadonlyMap<string, readonly Assignment[]>;

/** A registry is replaced, not changed, so what was found in it holds as long as it is used. */
const found = new WeakMap<readonly Assignment[], ByPlace>();

/** The assignments to those service points, in the order of the registry. */
export function assignmentsAt({ assignments }: Pick<Registry, 'assignments'>, places: Iterable<string>): Assignment[] {
  let byPlace = found.get(assignments);
  if (byPlace === undefined) {
    byPlace = groupByPlace(assignments);
    found.set(assignments, byPlace);
  }
  return [...places]
    .flatMap((place) => byPlace.get(place) ?? [])
    .sort((a, b) => compareIds(a.terminal, b.terminal) || a.from - b.from);
}

function groupByPlace(assignments: readonly Assignment[]): ByPlace {
  const byPlace = new Map<string, Assignment[]>();
  for (const assignment of assignments) {
    const own = byPlace.get(assignment.servicePoint);
    if (own === undefined) byPlace.set(assignment.servicePoint, [assignment]);
    else own.push(assignment);
  }
  return byPlace;
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
