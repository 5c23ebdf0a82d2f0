import { endOfLocalDays } from '../calendar/local-days.js';
import type { RatingCounts } from '../statistics/happy-index.js';

/**
 * Answers of a service point whose result is published together: those counted from <= t < to (UTC ms) as they were when
 * the block was closed. It never changes afterwards, whatever arrives or is excluded later.
 */
export interface PublicBlock {
  servicePoint: string;
  from: number;
  to: number;
  ratings: RatingCounts;
}

/** Before the end of the week a block is closed only with so many answers. */
export const FULL_BLOCK = 50;
/** So long after the end of a day its answers are waited for: a terminal may be cut off for a while. */
const GRACE_MS = 3 * 3_600_000;

interface Week {
  from: number;
  to: number;
}

/**
 * The span that could be closed now: from the end of what is closed to the end of the last local day that is over, within
 * the week. `closedTo`: undefined where nothing is. Pure.
 */
export function closableSpan(
  week: Week,
  closedTo: number | undefined,
  { now, zone }: { now: number; zone: string },
): { from: number; to: number } | undefined {
  const from = closedTo ?? week.from;
  const to = endOfLocalDays(week, zone)
    .filter((end) => end > from && end + GRACE_MS <= now)
    .at(-1);
  return to === undefined ? undefined : { from, to };
}

/**
 * Whether a span is closed as a block. Only the number of answers decides, never what they are: otherwise the moment of
 * closing would tell something of them.
 */
export function isFullBlock(n: number, to: number, week: Week): boolean {
  return n >= FULL_BLOCK || to === week.to;
}
