import type { Registry } from '../registry/registry.js';
import { PAGE_PALETTE, PAGE_WIDTH_PX } from '../report/charts/chart-palette.js';
import { drawCharts } from '../report/charts/draw-charts.js';
import { makeReportContent } from '../report/content/make-report-content.js';
import type { ReportScope, WeeklyReport } from '../report/report-document.js';
import type { IssuedReport } from '../reporting/report-store.js';
import { renderPage } from './layout.js';
import type { PageContext } from './page-context.js';
import { ContentSectionView, PhraseView } from './report/content-section.js';
import { IssuedNotice } from './report/issued-notice.js';
import { ReportNavigation } from './report-navigation.js';

export interface ReportPageOptions {
  /** For the choice of what to report on. */
  registry: Pick<Registry, 'groups' | 'servicePoints'>;
  /** Absent where the next week has not begun. */
  nextWeek: string | undefined;
  /** The same as it was sent. */
  issued?: IssuedReport;
}

/** What follows the week in an address: nothing for the organisation. */
export function scopeQuery(scope: ReportScope, before: '?' | '&'): string {
  return scope.kind === 'organisation' ? '' : `${before}${scope.kind}=${scope.id}`;
}

/** The weekly report as a page. */
export async function reportPage(
  report: WeeklyReport,
  options: ReportPageOptions,
  context: PageContext,
): Promise<string> {
  const content = makeReportContent(report, context);
  const links = { week: report.week, drawings: await drawCharts(content, PAGE_PALETTE, PAGE_WIDTH_PX) };
  return renderPage({
    context,
    title: `${content.title}, ${content.subject}`,
    current: 'report',
    children: (
      <article class="report">
        <h1>{content.title}</h1>
        <p class="lead">
          {content.subject} · {content.period}
        </p>
        {content.notices.map((notice) => (
          <p key={notice.text} class="note">
            <PhraseView phrase={notice} context={context} />
          </p>
        ))}
        {options.issued === undefined ? null : <IssuedNotice {...{ report, issued: options.issued, context }} />}
        {context.standalone === undefined ? <ReportNavigation {...{ report, options, context }} /> : null}
        {content.sections.map((section) => (
          <ContentSectionView key={section.id} section={section} links={links} context={context} />
        ))}
      </article>
    ),
  });
}
