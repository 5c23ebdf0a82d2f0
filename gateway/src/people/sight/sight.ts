import { groupPath } from '../../aggregates/group-tree.js';
import type { AlertSubject } from '../../alerts/alert.js';
import type { Group, OpeningException, Registry } from '../../registry/registry.js';
import type { SettingsScope } from '../../terminal-settings/settings-scope.js';

/** What somebody may see who is limited to groups; everything else is as if it did not exist. */
export interface Sight {
  /** The registry, with nothing in it but what may be seen. */
  readonly registry: Registry;
  group(id: string | undefined): boolean;
  servicePoint(id: string | undefined): boolean;
  /** Stands now where may be seen; `now`: UTC ms. */
  terminal(id: string, now: number): boolean;
  /** Stands, or ever stood, where may be seen. */
  knownTerminal(id: string): boolean;
  /** Groups that may be seen, below none that may; `above`: those above them, the nearest first. */
  readonly tops: readonly { id: string; above: readonly string[] }[];
}

/** What may be seen as things stand now. */
export type SightNow = () => Promise<Sight>;

const HELD = new WeakMap<Registry, Map<string, Sight>>();

/** What of a registry is in these groups and below them. Made once for a registry, which must not be changed. */
export function sightOfGroups(registry: Registry, groups: readonly string[]): Sight {
  const held = HELD.get(registry) ?? new Map<string, Sight>();
  HELD.set(registry, held);
  const key = JSON.stringify([...groups].sort());
  const sight = held.get(key) ?? makeSight(registry, groups);
  held.set(key, sight);
  return sight;
}

function makeSight(full: Registry, limit: readonly string[]): Sight {
  const byId = new Map(full.groups.map((group) => [group.id, group]));
  const groups = new Set(
    full.groups.flatMap(({ id }) => (groupPath(byId, id).some((one) => limit.includes(one)) ? [id] : [])),
  );
  const points = new Set(full.servicePoints.flatMap(({ id, group }) => (groups.has(group) ? [id] : [])));
  const assignments = full.assignments.filter(({ servicePoint }) => points.has(servicePoint));
  const known = new Set(assignments.map(({ terminal }) => terminal));
  const isTop = (id: string) => {
    const parent = byId.get(id)?.parent;
    return groups.has(id) && (parent === undefined || !groups.has(parent));
  };
  const registry: Registry = {
    isPart: true,
    groups: full.groups
      .filter(({ id }) => groups.has(id))
      .map((group) => (isTop(group.id) ? withoutParent(group, byId) : group)),
    servicePoints: full.servicePoints.filter(({ id }) => points.has(id)),
    questions: full.questions,
    terminals: full.terminals.filter(({ id }) => known.has(id)),
    assignments,
  };
  return {
    registry,
    group: (id) => id !== undefined && groups.has(id),
    servicePoint: (id) => id !== undefined && points.has(id),
    terminal: (id, now) =>
      assignments.some(({ terminal, from, to }) => terminal === id && from <= now && (to === undefined || now < to)),
    knownTerminal: (id) => known.has(id),
    tops: [...groups].filter(isTop).map((id) => ({ id, above: groupPath(byId, id).slice(1) })),
  };
}

/** The group as a root: what it has from groups above it is its own, so that opening hours stay what they are. */
function withoutParent({ parent, ...group }: Group, byId: ReadonlyMap<string, Group>): Group {
  const exceptions = new Map<string, OpeningException>();
  for (const id of groupPath(byId, group.id)) {
    for (const one of byId.get(id)?.exceptions ?? []) if (!exceptions.has(one.date)) exceptions.set(one.date, one);
  }
  return exceptions.size === 0 ? group : { ...group, exceptions: [...exceptions.values()] };
}

/** May somebody see what is set or watched there? What holds for the whole organisation holds for everybody. */
export function seesScope(sight: Sight, scope: SettingsScope, now: number): boolean {
  switch (scope.kind) {
    case 'organisation':
      return true;
    case 'group':
      return sight.group(scope.id);
    case 'service-point':
      return sight.servicePoint(scope.id);
    case 'terminal':
      return sight.terminal(scope.id, now);
  }
}

/** By where it is, or was when it began. */
export function seesSubject(sight: Sight, subject: AlertSubject): boolean {
  return sight.servicePoint(subject.servicePoint);
}
