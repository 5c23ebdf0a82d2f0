import { parseWeek } from '../calendar/iso-week.js';
import { localized } from '../language/language.js';
import type { Registry } from '../registry/registry.js';
import { DEFINITIONS } from '../report/definition.js';
import type { ReportScope, WeeklyReport } from '../report/report-document.js';
import { renderPage } from './layout.js';
import type { PageContext } from './page-context.js';
import { ReportHours } from './report-hours.js';
import { ReportNavigation } from './report-navigation.js';
import { ReportReliability } from './report-reliability.js';
import { ReportResult } from './report-result.js';
import { ReportServicePoints } from './report-service-points.js';

export interface ReportPageOptions {
  /** For the choice of what to report on. */
  registry: Pick<Registry, 'groups' | 'servicePoints'>;
  /** Absent where the next week has not begun. */
  nextWeek: string | undefined;
}

/** What follows the week in an address: nothing for the organisation. */
export function scopeQuery(scope: ReportScope, before: '?' | '&'): string {
  return scope.kind === 'organisation' ? '' : `${before}${scope.kind}=${scope.id}`;
}

/** The weekly report as a page. */
export function reportPage(report: WeeklyReport, options: ReportPageOptions, context: PageContext): string {
  const { messages, formats } = context;
  const { week, year } = parseWeek(report.week);
  const title = messages.report.title(week, year);
  return renderPage({
    context,
    title: `${title}, ${scopeName(report, context)}`,
    current: 'report',
    children: (
      <article class="report">
        <h1>{title}</h1>
        <p class="lead">
          {scopeName(report, context)} · {formats.days(Date.parse(report.from), Date.parse(report.to))}
        </p>
        {report.complete ? null : (
          <p class="note">{messages.report.notComplete(formats.full(Date.parse(report.generatedAt)))}</p>
        )}
        {context.standalone === undefined ? <ReportNavigation {...{ report, options, context }} /> : null}
        <ReportResult report={report} context={context} />
        <ReportServicePoints report={report} context={context} />
        <ReportHours report={report} context={context} />
        <ReportReliability report={report} context={context} />
        <Definitions context={context} />
      </article>
    ),
  });
}

function scopeName(report: WeeklyReport, { language, messages }: PageContext): string {
  return report.scope.kind === 'organisation'
    ? messages.common.wholeOrganisation
    : localized(report.scope.name, language);
}

function Definitions({ context }: { context: PageContext }) {
  const messages = context.messages.report;
  return (
    <section aria-labelledby="definitions-title" class="definitions">
      <h2 id="definitions-title">{messages.definitions}</h2>
      <dl>
        {DEFINITIONS.map((definition) => (
          <div key={definition} id={`definition-${definition}`}>
            <dt>{messages.definitionTexts[definition].term}</dt>
            <dd>{messages.definitionTexts[definition].text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
