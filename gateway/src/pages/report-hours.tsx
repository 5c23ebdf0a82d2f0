import type { ReportHour, WeeklyReport } from '../report/report-document.js';
import { isPrintable } from '../statistics/satisfaction.js';
import { DefinitionLink } from './definition-link.js';
import type { PageContext } from './page-context.js';

interface Props {
  report: WeeklyReport;
  context: PageContext;
}

/** Whether satisfaction differs by hour of day, and the hours. Nothing where there are no answers. */
export function ReportHours({ report, context }: Props) {
  const { messages, formats } = context;
  const { hours, outsideOpeningHours } = report.hourTest;
  if (hours.length === 0 && outsideOpeningHours === 0) return null;
  return (
    <section aria-labelledby="hours-title">
      <h2 id="hours-title">{messages.report.hours}</h2>
      <p>
        {testSentence(report, context)} <DefinitionLink of="hours" context={context} />
      </p>
      {hours.length === 0 ? null : <HourTable hours={hours} context={context} />}
      {outsideOpeningHours === 0 ? null : (
        <p class="note">
          {messages.report.outsideOpeningHours(outsideOpeningHours, formats.count(outsideOpeningHours))}
        </p>
      )}
    </section>
  );
}

function testSentence({ hourTest }: WeeklyReport, { messages, formats }: PageContext): string {
  const { statistic, degreesOfFreedom, p, hours } = hourTest;
  if (statistic === null || degreesOfFreedom === null || p === null) return messages.report.hoursNoTest;
  const test = messages.report.hourTestDetails(
    formats.decimal(statistic, 1),
    formats.count(degreesOfFreedom),
    formats.probability(p),
  );
  const differ = hours.some((hour) => hour.standsOut);
  return differ ? messages.report.hoursDiffer(test) : messages.report.hoursAlike(test);
}

function HourTable({ hours, context }: { hours: readonly ReportHour[]; context: PageContext }) {
  const { common, report } = context.messages;
  return (
    <table class="cards compact">
      <caption>{report.hoursCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{common.hour}</th>
          <th scope="col" class="number">
            {common.answers}
          </th>
          <th scope="col">{common.satisfiedShare}</th>
          <th scope="col">{report.comparison}</th>
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <HourRow key={hour.hour} hour={hour} context={context} />
        ))}
      </tbody>
    </table>
  );
}

function HourRow({ hour, context }: { hour: ReportHour; context: PageContext }) {
  const { messages, formats } = context;
  const { common, report } = messages;
  const z = hour.z === null ? '' : formats.decimal(hour.z, 1);
  return (
    <tr class={hour.standsOut ? 'stands-out' : undefined}>
      <th scope="row">{formats.hour(hour.hour)}</th>
      <td class="number" data-label={common.answers}>
        {formats.count(hour.n)}
      </td>
      <td class="double" data-label={common.satisfiedShare}>
        {isPrintable(hour.n) ? (
          <span class="with-bar">
            <span class="percent">{formats.percent(hour.share)}</span>
            <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
              <rect class="track" x="0" y="0" width="100" height="4" />
              <rect class="value" x="0" y="0" width={100 * hour.share} height="4" />
            </svg>
          </span>
        ) : (
          <span class="few">{common.tooFew}</span>
        )}
      </td>
      <td class={hour.standsOut ? 'wide' : 'blank'} data-label={report.comparison}>
        {hour.standsOut ? (hour.z ?? 0) > 0 ? report.better(z) : report.worse(z) : <span class="few">–</span>}
      </td>
    </tr>
  );
}
