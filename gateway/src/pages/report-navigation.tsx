import { groupPath } from '../aggregates/group-tree.js';
import { localized } from '../language/language.js';
import type { WeeklyReport } from '../report/report-document.js';
import type { PageContext } from './page-context.js';
import { type ReportPageOptions, scopeQuery } from './report-page.js';

interface NavigationProps {
  report: WeeklyReport;
  options: ReportPageOptions;
  context: PageContext;
}

/** The weeks before and after, what else there is a report on, and the same report in other forms. */
export function ReportNavigation({ report, options, context }: NavigationProps) {
  const messages = context.messages.report;
  const pageOf = (week: string) => context.link(`/reports/weekly/${week}${scopeQuery(report.scope, '?')}`);
  const format = (name: string) =>
    context.link(`/reports/weekly/${report.week}/${name}${scopeQuery(report.scope, '?')}`);
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
      {options.registry.servicePoints.length === 0 ? null : <ScopeForm {...{ report, options, context }} />}
      <p>
        {messages.otherFormats} <a href={format('pdf')}>PDF</a> <a href={format('xlsx')}>Excel</a>{' '}
        <a href={format('csv')}>CSV</a> <a href={format('json')}>JSON</a>
      </p>
      <p>
        <a href={format('send')}>{context.messages.reportIssues.send.title}</a>
      </p>
    </div>
  );
}

function ScopeForm({ report, options, context }: NavigationProps) {
  const { report: messages, common } = context.messages;
  const { scope } = report;
  const chosen = scope.kind === 'organisation' ? '' : `${scope.kind}.${scope.id}`;
  const option = ({ value, text }: { value: string; text: string }) => (
    <option key={value} value={value} selected={chosen === value}>
      {text}
    </option>
  );
  return (
    <form method="get" action={`/reports/weekly/${report.week}`}>
      <label for="scope">{messages.chooseScope}</label>{' '}
      <select id="scope" name="scope">
        {option({ value: '', text: common.wholeOrganisation })}
        <optgroup label={messages.groups}>{groupOptions(options, context).map(option)}</optgroup>
        <optgroup label={messages.servicePoints}>{pointOptions(options, context).map(option)}</optgroup>
      </select>
      <input type="hidden" name="lang" value={context.language} /> <button type="submit">{messages.show}</button>
    </form>
  );
}

/** Groups below each other as they stand in the tree, each by its whole path, which a screen reader can tell too. */
function groupOptions({ registry }: ReportPageOptions, { language }: PageContext) {
  const groups = new Map(registry.groups.map((group) => [group.id, group]));
  const nameOf = (id: string) => localized(groups.get(id)?.name ?? {}, language);
  return registry.groups
    .map(({ id }) => ({ value: `group.${id}`, text: groupPath(groups, id).reverse().map(nameOf).join(' › ') }))
    .sort((a, b) => a.text.localeCompare(b.text, language));
}

function pointOptions({ registry }: ReportPageOptions, { language }: PageContext) {
  return registry.servicePoints
    .map(({ id, name }) => ({ value: `service-point.${id}`, text: localized(name, language) }))
    .sort((a, b) => a.text.localeCompare(b.text, language));
}
