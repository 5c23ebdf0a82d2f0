import { localized } from '../language/language.js';
import type { WeeklyReport } from '../report/report-document.js';
import { DefinitionLink } from './definition-link.js';
import type { PageContext } from './page-context.js';
import { RatingCountsList } from './rating-counts.js';

interface Props {
  report: WeeklyReport;
  context: PageContext;
}

/** What the numbers rest on: coverage, what was left out, what is uncertain, what is lost. */
export function ReportReliability({ report, context }: Props) {
  const { messages, formats } = context;
  const { coverage } = report;
  return (
    <section aria-labelledby="reliability-title">
      <h2 id="reliability-title">{messages.report.reliability}</h2>
      <p>
        {coverage.share === null
          ? messages.report.noCoverage
          : messages.report.coverageSentence(formats.percent(coverage.share))}{' '}
        <DefinitionLink of="coverage" context={context} />
      </p>
      <Notes report={report} context={context} />
      {coverage.terminals.length === 0 ? null : <CoverageTable report={report} context={context} />}
      {report.unassigned.length === 0 ? null : <UnassignedTable report={report} context={context} />}
    </section>
  );
}

function Notes({ report, context }: Props) {
  const { messages, formats } = context;
  const { counts, lost, incidents, exclusions } = report;
  const { language } = context;
  const text = messages.report;
  return (
    <ul class="notes">
      <li>
        {text.repeats(counts.repeats, formats.count(counts.repeats))} <DefinitionLink of="repeats" context={context} />
      </li>
      {counts.excluded === 0 && exclusions.length === 0 ? null : (
        <li>
          {text.excluded(counts.excluded, formats.count(counts.excluded))}{' '}
          <DefinitionLink of="excluded" context={context} />
          <ul>
            {exclusions.map(({ id, target, name, from, to, reason }) => (
              <li key={id}>
                {text.excludedBecause(
                  text.exclusionReasons[reason],
                  name === null ? target.id : localized(name, language),
                  formats.full(from),
                  formats.full(to),
                )}
              </li>
            ))}
          </ul>
        </li>
      )}
      <li>
        {text.estimated(counts.estimated, formats.count(counts.estimated))}{' '}
        <DefinitionLink of="estimated" context={context} />
      </li>
      <li>
        {text.lost(lost.presses, formats.count(lost.presses))} <DefinitionLink of="lost" context={context} />
        {lost.ranges.length === 0 ? null : (
          <ul>
            {lost.ranges.map(({ terminal, epoch, from, to }) => (
              <li key={`${epoch}-${from}`}>{text.lostIn(terminal, to - from + 1, formats.count(to - from + 1))}</li>
            ))}
          </ul>
        )}
      </li>
      {incidents.map(({ id, kind, missing = 0, terminal = '', since, withdrawnAt }) => (
        <li key={id}>
          {text.incidents[kind](missing, formats.count(missing), terminal, formats.full(since))}
          {withdrawnAt === undefined ? '' : ` ${text.withdrawn}`}
        </li>
      ))}
    </ul>
  );
}

function CoverageTable({ report, context }: Props) {
  const { messages, formats, language } = context;
  const text = messages.report;
  return (
    <table class="cards compact">
      <caption>{text.coverageCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{messages.common.terminal}</th>
          <th scope="col" class="number">
            {text.opening}
          </th>
          <th scope="col" class="number">
            {text.working}
          </th>
          <th scope="col" class="number">
            {text.coverage}
          </th>
        </tr>
      </thead>
      <tbody>
        {report.coverage.terminals.map(({ terminal, name, servicePointNames, openMs, workedMs, share }) => (
          <tr key={terminal}>
            <th scope="row">
              <span class="name">
                {servicePointNames.length === 0
                  ? messages.common.unassigned
                  : servicePointNames.map((point) => localized(point, language)).join(', ')}
              </span>
              <span class="id">{name === null ? terminal : `${name} · ${terminal}`}</span>
            </th>
            <td class="number" data-label={text.opening}>
              {formats.duration(openMs)}
            </td>
            <td class="number" data-label={text.working}>
              {formats.duration(workedMs)}
            </td>
            <td class="number" data-label={text.coverage}>
              {share === null ? '–' : formats.percent(share)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function UnassignedTable({ report, context }: Props) {
  const { messages, formats } = context;
  const { common } = messages;
  return (
    <>
      <h3>{messages.report.unassigned}</h3>
      <table class="cards compact">
        <caption>{messages.report.unassignedCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{common.terminal}</th>
            <th scope="col">{common.answers}</th>
          </tr>
        </thead>
        <tbody>
          {report.unassigned.map(({ terminal, n, ratings }) => (
            <tr key={terminal}>
              <th scope="row">{terminal}</th>
              <td class="wide" data-label={common.answers}>
                <span class="total">{formats.count(n)}</span>
                <RatingCountsList ratings={ratings} context={context} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
