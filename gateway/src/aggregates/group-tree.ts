import type { Group, Registry } from '../registry/registry.js';

/** Groups from a group up to its root; a cycle, which no registry should hold, ends the walk. */
export function groupPath(groups: ReadonlyMap<string, Group>, id: string): string[] {
  const path: string[] = [];
  for (let group = groups.get(id); group !== undefined && !path.includes(group.id); ) {
    path.push(group.id);
    group = group.parent === undefined ? undefined : groups.get(group.parent);
  }
  return path;
}

/** For every service point: the groups whose numbers include it. */
export function groupsOfServicePoints(registry: Registry): Map<string, string[]> {
  const groups = new Map(registry.groups.map((group) => [group.id, group]));
  return new Map(registry.servicePoints.map((point) => [point.id, groupPath(groups, point.group)]));
}
