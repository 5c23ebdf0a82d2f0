import type { Registry } from './registry.js';

/** What a registry lists by id, terminals left out: they appear by themselves, before anybody registers them. */
export interface ListedItem {
  kind: 'group' | 'service-point' | 'question';
  id: string;
}

export function itemExists({ groups, servicePoints, questions }: Registry, { kind, id }: ListedItem): boolean {
  const items = kind === 'group' ? groups : kind === 'question' ? questions : servicePoints;
  return items.some((item) => item.id === id);
}
