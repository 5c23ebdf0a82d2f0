import { words } from '../../language/words.js';
import type { Language } from '../../registry/registry.js';
import type { WeeklyReport } from '../report-document.js';
import { reliabilitySheets } from './reliability-sheets.js';
import type { ReportSheet } from './report-sheet.js';
import { resultSheets } from './result-sheets.js';
import { storySheets } from './story-sheets.js';
import { summarySheet } from './summary-sheet.js';

/**
 * A weekly report as sheets of numbers for people: one for each section, with names and headers in their language. Shares
 * below ten answers are left out, as on the page; counts are not. Sheets that would be empty are left out.
 */
export function reportSheets(report: WeeklyReport, language: Language): ReportSheet[] {
  const used = { ...words(language, report.zone), zone: report.zone };
  return [
    summarySheet(report, used),
    ...resultSheets(report, used),
    ...reliabilitySheets(report, used),
    ...storySheets(report, used),
  ].filter(({ rows }) => rows.length > 0);
}
