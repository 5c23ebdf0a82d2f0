import type { Registry } from './registry.js';
import { type Placement, RegistryIndex } from './registry-index.js';

/** A stretch of time, from inclusive, to exclusive, UTC ms, ±Infinity where open. */
export interface TimeRange {
  from: number;
  to: number;
}

/**
 * Terminals whose presses are counted otherwise by `after` than by `before` (another service point or another repeat
 * window), each with the smallest range that holds every difference.
 */
export function placementChanges(before: Registry, after: Registry): Map<string, TimeRange> {
  const [old, now] = [new RegistryIndex(before), new RegistryIndex(after)];
  const terminals = new Set([...before.assignments, ...after.assignments].map((assignment) => assignment.terminal));
  const changes = new Map<string, TimeRange>();
  for (const terminal of terminals) {
    const range = differingRange(old.placementsOf(terminal), now.placementsOf(terminal));
    if (range !== undefined) changes.set(terminal, range);
  }
  return changes;
}

function differingRange(old: readonly Placement[], now: readonly Placement[]): TimeRange | undefined {
  let range: TimeRange | undefined;
  for (const a of old) {
    for (const b of now) {
      const from = Math.max(a.from, b.from);
      const to = Math.min(a.to, b.to);
      if (from >= to || (a.servicePoint === b.servicePoint && a.windowMs === b.windowMs)) continue;
      range = { from: Math.min(range?.from ?? from, from), to: Math.max(range?.to ?? to, to) };
    }
  }
  return range;
}
