import type { Language } from '../registry/registry.js';
import type { WeeklyReport } from '../report/report-document.js';
import type { ReportInput } from '../report/report-input.js';
import { readAssets } from './assets.js';
import { pageContext } from './page-context.js';
import { reportPage } from './report-page.js';

/** The report as one HTML file that needs nothing beside it. */
export function renderReportPage(
  report: WeeklyReport,
  { registry, now, zone }: Pick<ReportInput, 'registry' | 'now' | 'zone'>,
  language: Language,
): Promise<string> {
  const { files, links } = readAssets();
  const style = files.find((file) => file.type.startsWith('text/css'))?.body.toString('utf8') ?? '';
  const context = pageContext({ language, chosen: false, zone, now, path: '', assets: links });
  const options = { registry, nextWeek: undefined };
  return reportPage(report, options, { ...context, standalone: { style } });
}
