import type { EpochFacts } from './journal.js';

/** When presses of an epoch were made at the latest, for those whose own wall time is not to be trusted. */
export interface LatestTimes {
  /** Wall time minus boot time, ms, where the boot was ever seen synchronised. */
  offsetMs: number | null;
  /** Otherwise: the start of the next boot that was, UTC ms; beyond any date where there is none. */
  latestMs: number;
}

/**
 * Bounds for deleting what is old: a press of a boot that took 1970 for now is not seven days old because of it.
 * `facts` in order of opening.
 */
export function forgettable(facts: readonly EpochFacts[], epoch: string): LatestTimes {
  const index = facts.findIndex((each) => each.epoch === epoch);
  const bootId = facts[index]?.bootId;
  const own = facts.find((each) => each.bootId === bootId && each.offsetMs !== undefined);
  const later = facts.slice(index + 1).find((each) => each.bootId !== bootId && each.offsetMs !== undefined);
  return { offsetMs: own?.offsetMs ?? null, latestMs: later?.offsetMs ?? Number.MAX_SAFE_INTEGER };
}

/** Of a range of row ids the first press that is not old: range, offset, latest and limit as parameters. */
export const FIRST_YOUNG = `SELECT id FROM press WHERE id BETWEEN ? AND ?
  AND CASE WHEN flags & 4 THEN at ELSE coalesce(boot_ms + ?, ?) END >= ? ORDER BY id LIMIT 1`;
