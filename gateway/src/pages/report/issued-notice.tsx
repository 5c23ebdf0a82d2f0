import { tallyText } from '../../report/content/correction-words.js';
import { isAsSaid } from '../../report/report-corrections.js';
import type { WeeklyReport } from '../../report/report-document.js';
import type { IssuedReport } from '../../reporting/report-store.js';
import type { PageContext } from '../page-context.js';
import { scopeQuery } from '../report-page.js';

/** That the report was sent, the way to it as it was, and what has changed since. */
export function IssuedNotice(props: { report: WeeklyReport; issued: IssuedReport; context: PageContext }) {
  const { report, issued, context } = props;
  const { archive } = context.messages.reportIssues;
  const { tally } = issued.figures;
  const query = scopeQuery(report.scope, '?');
  return (
    <p class="note">
      {archive.sentAt(context.formats.full(issued.issuedAt))}{' '}
      <a href={context.link(`/reports/weekly/${report.week}/issued/html${query}`)}>{archive.asSent}</a>{' '}
      <a href={context.link(`/reports/weekly/${report.week}/issued/pdf${query}`)}>PDF</a>.{' '}
      {isAsSaid(tally, report.counts.ratings)
        ? archive.same
        : archive.changed(tallyText(tally, context), tallyText(report.counts, context))}
    </p>
  );
}
