import type { Registry, ServicePoint } from './registry.js';

type ById = ReadonlyMap<string, ServicePoint>;

/** A registry is replaced, not changed, so what was made of it holds as long as it is used. */
const made = new WeakMap<readonly ServicePoint[], ById>();

/** Service points by id: one map for all who ask about the same registry, since several keep it. */
export function servicePointsById({ servicePoints }: Pick<Registry, 'servicePoints'>): ById {
  const known = made.get(servicePoints) ?? new Map(servicePoints.map((point) => [point.id, point]));
  made.set(servicePoints, known);
  return known;
}
