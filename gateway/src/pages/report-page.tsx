import { parseWeek } from '../calendar/iso-week.js';
import { localized } from '../language/language.js';
import type { LocalizedText } from '../registry/registry.js';
import { DEFINITIONS } from '../report/definition.js';
import type { WeeklyReport } from '../report/report-document.js';
import { renderPage } from './layout.js';
import type { PageContext } from './page-context.js';
import { ReportHours } from './report-hours.js';
import { ReportReliability } from './report-reliability.js';
import { ReportResult } from './report-result.js';
import { ReportServicePoints } from './report-service-points.js';

export interface ReportPageOptions {
  /** For the choice of what to report on. */
  servicePoints: readonly { id: string; name: LocalizedText }[];
  /** Absent where the next week has not begun. */
  nextWeek: string | undefined;
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
        {report.scope.kind === 'organisation' ? <ReportServicePoints report={report} context={context} /> : null}
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

interface NavigationProps {
  report: WeeklyReport;
  options: ReportPageOptions;
  context: PageContext;
}

function ReportNavigation({ report, options, context }: NavigationProps) {
  const messages = context.messages.report;
  const servicePoint = report.scope.kind === 'service-point' ? report.scope.id : undefined;
  const scope = servicePoint === undefined ? '' : `service-point=${servicePoint}`;
  const pageOf = (week: string) => context.link(`/reports/weekly/${week}${scope === '' ? '' : `?${scope}`}`);
  const format = (name: string) =>
    context.link(`/api/v1/reports/weekly/${report.week}?format=${name}${scope === '' ? '' : `&${scope}`}`);
  return (
    <div class="report-navigation">
      <p>
        <a href={pageOf(report.previousWeek)} rel="prev">
          ← {messages.previousWeek}
        </a>
        {options.nextWeek === undefined ? null : (
          <a href={pageOf(options.nextWeek)} rel="next">
            {messages.nextWeek} →
          </a>
        )}
      </p>
      {options.servicePoints.length === 0 ? null : <ScopeForm {...{ report, options, context }} />}
      <p>
        {messages.otherFormats} <a href={format('csv')}>CSV</a> <a href={format('json')}>JSON</a>
      </p>
    </div>
  );
}

function ScopeForm({ report, options, context }: NavigationProps) {
  const { report: messages, common } = context.messages;
  const chosen = report.scope.kind === 'service-point' ? report.scope.id : '';
  const sorted = options.servicePoints
    .map(({ id, name }) => ({ id, name: localized(name, context.language) }))
    .sort((a, b) => a.name.localeCompare(b.name, context.language));
  return (
    <form method="get" action={`/reports/weekly/${report.week}`}>
      <label for="scope">{messages.chooseScope}</label>{' '}
      <select id="scope" name="service-point">
        <option value="" selected={chosen === ''}>
          {common.wholeOrganisation}
        </option>
        {sorted.map(({ id, name }) => (
          <option key={id} value={id} selected={chosen === id}>
            {name}
          </option>
        ))}
      </select>
      <input type="hidden" name="lang" value={context.language} /> <button type="submit">{messages.show}</button>
    </form>
  );
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
