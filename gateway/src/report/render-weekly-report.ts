import { renderReportPage } from '../pages/render-report-page.js';
import type { Language } from '../registry/registry.js';
import type { Store } from '../store/store.js';
import { readReportInput } from './read-report-input.js';
import { reportCsv } from './report-csv.js';
import type { ReportSubject } from './report-scope.js';
import { weeklyReport } from './weekly-report.js';

export const REPORT_FORMATS = ['json', 'csv', 'html'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * The report of a week as a file: JSON, CSV, or HTML that needs nothing beside it.
 * Errors: HymioError `malformed-week`, `no-such-week`, `future-week`, `unknown-service-point`, `unknown-group`,
 * `two-scopes`, and the store's.
 */
export async function renderWeeklyReport(
  store: Store,
  wanted: { week: string; format: ReportFormat; language: Language } & ReportSubject,
  { zone, now }: { zone: string; now: number },
): Promise<string> {
  const { format, language } = wanted;
  const input = await readReportInput(store, wanted, { zone, now });
  const report = weeklyReport(input);
  if (format === 'json') return `${JSON.stringify(report, undefined, 2)}\n`;
  if (format === 'csv') return reportCsv(report, language);
  return renderReportPage(report, input, language);
}
