import { satisfiedOf } from '../statistics/happy-index.js';
import { newcombeInterval } from '../statistics/newcombe-interval.js';
import { satisfaction } from '../statistics/satisfaction.js';
import type { Counts } from '../store/store.js';
import type { ReportChange, ReportCounts } from './report-document.js';

/** Counts with what follows from them. */
export function withSatisfaction(counts: Counts): ReportCounts {
  return { ...counts, ...satisfaction(counts.ratings) };
}

/** Change of the satisfied share; null where either has no answers. */
export function changeBetween(now: ReportCounts, before: ReportCounts): ReportChange | null {
  const change = newcombeInterval(
    { successes: satisfiedOf(now.ratings), n: now.n },
    { successes: satisfiedOf(before.ratings), n: before.n },
  );
  return change ?? null;
}
