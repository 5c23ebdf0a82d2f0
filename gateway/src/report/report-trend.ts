import { sumCounts } from '../aggregates/counts.js';
import { satisfaction } from '../statistics/satisfaction.js';
import type { Counts } from '../store/store.js';
import { changeBetween, withSatisfaction } from './report-counts.js';
import type { ReportTrendWeek, ReportYearAgo } from './report-document.js';
import type { ReportInput, WeekCounts } from './report-input.js';

/** Weeks that a trend shows, this one included. */
export const TREND_WEEKS = 12;

/** The satisfied share of the last weeks with its intervals, oldest first, this week last. */
export function reportTrend({ earlierWeeks, previousWeek, lastWeek, week, thisWeek }: ReportInput): ReportTrendWeek[] {
  const weeks: WeekCounts[] = [
    ...earlierWeeks,
    { week: previousWeek, counts: sumCounts(lastWeek) },
    { week, counts: sumCounts(thisWeek) },
  ];
  return weeks.map(({ week: { id, from }, counts }) => ({
    week: id,
    from: new Date(from).toISOString(),
    ...satisfaction(counts.ratings),
  }));
}

/** The same week a year ago, with the change since; null where there was no such week, or nothing was counted in it. */
export function reportYearAgo({ yearAgo }: ReportInput, now: Counts): ReportYearAgo | null {
  if (yearAgo === undefined) return null;
  const before = withSatisfaction(yearAgo.counts);
  if (before.n === 0) return null;
  const { n, happyIndex, satisfied } = before;
  return { week: yearAgo.week.id, n, happyIndex, satisfied, change: changeBetween(withSatisfaction(now), before) };
}
