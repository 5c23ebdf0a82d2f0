import type { Placement, RegistryIndex } from './registry-index.js';

/** A stretch of time, from inclusive, to exclusive, UTC ms, ±Infinity where open. */
export interface TimeRange {
  from: number;
  to: number;
}

/**
 * Terminals whose presses are counted otherwise by `now` than by `old` (another service point, another repeat window,
 * excluded or not), each with the smallest range that holds every difference.
 */
export function placementChanges(old: RegistryIndex, now: RegistryIndex): Map<string, TimeRange> {
  const changes = new Map<string, TimeRange>();
  for (const terminal of new Set([...old.terminals(), ...now.terminals()])) {
    const range = differingRange(old.placementsOf(terminal), now.placementsOf(terminal));
    if (range !== undefined) changes.set(terminal, range);
  }
  return changes;
}

/** Both cover all of time without a gap: they are walked side by side. */
function differingRange(old: readonly Placement[], now: readonly Placement[]): TimeRange | undefined {
  let range: TimeRange | undefined;
  for (let i = 0, j = 0; ; ) {
    const a = old[i];
    const b = now[j];
    if (a === undefined || b === undefined) return range;
    const from = Math.max(a.from, b.from);
    const to = Math.min(a.to, b.to);
    if (from < to && !countsAlike(a, b)) range = { from: range?.from ?? from, to };
    if (a.to === to) i++;
    if (b.to === to) j++;
  }
}

function countsAlike(a: Placement, b: Placement): boolean {
  return a.servicePoint === b.servicePoint && a.windowMs === b.windowMs && a.excluded === b.excluded;
}
