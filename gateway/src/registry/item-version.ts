import { createHash } from 'node:crypto';
import type { Registry } from './registry.js';

/** What an edit is about, and so what must not have changed meanwhile. */
export type VersionedItem =
  | { kind: 'group' | 'service-point' | 'question'; id: string }
  /** A terminal with everywhere it stood. */
  | { kind: 'terminal'; id: string }
  /** What is asked at a service point: the stays there. */
  | { kind: 'asked-at'; id: string };

/** Tells one state of an item from another; the same state has the same version, also if it was another in between. */
export function itemVersion(registry: Registry, item: VersionedItem): string {
  return createHash('sha256')
    .update(JSON.stringify(stateOf(registry, item), inOrder))
    .digest('hex')
    .slice(0, 16);
}

function stateOf({ groups, servicePoints, questions, terminals, assignments }: Registry, { kind, id }: VersionedItem) {
  const byId = (items: readonly { id: string }[]) => items.find((item) => item.id === id) ?? null;
  switch (kind) {
    case 'group':
      return byId(groups);
    case 'service-point':
      return byId(servicePoints);
    case 'question':
      return byId(questions);
    case 'terminal':
      return [byId(terminals), assignments.filter(({ terminal }) => terminal === id)];
    case 'asked-at':
      return assignments.filter(({ servicePoint }) => servicePoint === id);
  }
}

/** Keys in order: how an object was put together is no difference. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
