import { sumCounts } from '../aggregates/counts.js';
import type { IssuedReport } from '../reporting/report-store.js';
import type { RatingCounts } from '../statistics/happy-index.js';
import { satisfaction } from '../statistics/satisfaction.js';
import type { ReportCorrection, ReportTally } from './report-document.js';
import type { ReportInput } from './report-input.js';

/** How many weeks before its own a report looks back at. */
export const CORRECTED_WEEKS = 4;

/** What was last said of a week in reports that were issued. */
export interface SaidOfWeek {
  week: string;
  /** UTC ms. */
  saidAt: number;
  tally: ReportTally;
}

/** Answers by rating with what follows from them. */
export function tallyOf(ratings: RatingCounts): ReportTally {
  return { ratings, ...satisfaction(ratings) };
}

/** What was last said of these weeks: in their own reports, or in a correction of a later one. */
export function lastSaid(issued: readonly IssuedReport[], weeks: readonly string[]): SaidOfWeek[] {
  const newestFirst = [...issued].sort((a, b) => (a.week < b.week ? 1 : -1));
  return weeks.flatMap((week) => {
    // Corrections are of weeks that were issued themselves.
    if (!issued.some((one) => one.week === week)) return [];
    for (const { week: of, issuedAt, figures } of newestFirst) {
      const tally = of === week ? figures.tally : figures.corrections.find((one) => one.week === week)?.now;
      if (tally !== undefined) return [{ week, saidAt: issuedAt, tally }];
    }
    return [];
  });
}

/** Is it still so? */
export function isAsSaid(said: ReportTally, now: RatingCounts): boolean {
  return said.ratings.every((count, rating) => count === now[rating]);
}

/** Weeks of which something else was said, oldest first. Each change is told once: the next report compares with this one. */
export function reportCorrections(input: ReportInput): ReportCorrection[] {
  const { previousWeek, lastWeek, earlierWeeks, said = [] } = input;
  const counted = [...earlierWeeks, { week: previousWeek, counts: sumCounts(lastWeek) }];
  return counted.flatMap(({ week: { id }, counts: { ratings } }) => {
    const before = said.find(({ week }) => week === id);
    if (before === undefined || isAsSaid(before.tally, ratings)) return [];
    const { saidAt, tally, latePresses } = before;
    return [{ week: id, saidAt: new Date(saidAt).toISOString(), said: tally, now: tallyOf(ratings), latePresses }];
  });
}
