import { localized } from '../language/language.js';
import type { ReportServicePoint, WeeklyReport } from '../report/report-document.js';
import { isPrintable } from '../statistics/satisfaction.js';
import { ChangeCell } from './change-text.js';
import { DefinitionLink } from './definition-link.js';
import type { PageContext } from './page-context.js';
import { RatingCountsList } from './rating-counts.js';

/** Every service point, best first by the shrunken ranking. */
export function ReportServicePoints({ report, context }: { report: WeeklyReport; context: PageContext }) {
  const { common, report: messages } = context.messages;
  if (report.servicePoints.length === 0) return null;
  return (
    <section aria-labelledby="points-title">
      <h2 id="points-title">{messages.servicePoints}</h2>
      <table class="cards">
        <caption>{messages.servicePointsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">
              {messages.rank} <DefinitionLink of="ranking" context={context} />
            </th>
            <th scope="col">{common.servicePoint}</th>
            <th scope="col">
              {common.answers} <DefinitionLink of="answers" context={context} />
            </th>
            <th scope="col">
              {common.satisfiedShare} <DefinitionLink of="satisfied" context={context} />
            </th>
            <th scope="col">
              {messages.change} <DefinitionLink of="change" context={context} />
            </th>
          </tr>
        </thead>
        <tbody>
          {report.servicePoints.map((point) => (
            <ServicePointRow key={point.id} point={point} week={report.week} context={context} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ServicePointRow({ point, week, context }: { point: ReportServicePoint; week: string; context: PageContext }) {
  const { messages, formats, language } = context;
  const { common, report } = messages;
  const { n, satisfied } = point;
  const name = localized(point.name, language);
  const address = context.link(`/reports/weekly/${week}?service-point=${point.id}`);
  return (
    <tr>
      <td data-label={report.rank}>{point.rank === null ? <span class="few">–</span> : formats.count(point.rank)}</td>
      <th scope="row">{context.standalone === undefined ? <a href={address}>{name}</a> : name}</th>
      <td class="wide" data-label={common.answers}>
        <span class="total">{formats.count(n)}</span>
        <RatingCountsList ratings={point.ratings} context={context} />
      </td>
      <td data-label={common.satisfiedShare}>
        {satisfied !== null && isPrintable(n) ? (
          <>
            <strong>{formats.percent(satisfied.share)}</strong>{' '}
            <span class="range">({formats.percentRange(satisfied.low, satisfied.high)})</span>
          </>
        ) : (
          <span class="few">{common.tooFew}</span>
        )}
      </td>
      <td data-label={report.change}>
        <ChangeCell change={point.change} n={n} previousN={point.previous.n} context={context} />
      </td>
    </tr>
  );
}
