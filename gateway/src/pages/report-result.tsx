import { parseWeek } from '../calendar/iso-week.js';
import type { WeeklyReport } from '../report/report-document.js';
import { isPrintable } from '../statistics/satisfaction.js';
import { changeSentence } from './change-text.js';
import { DefinitionLink } from './definition-link.js';
import type { PageContext } from './page-context.js';
import { BEST_FIRST, RatingBar } from './rating-counts.js';
import { Smiley } from './smiley.js';

interface Props {
  report: WeeklyReport;
  context: PageContext;
}

/** What people said: the sentence, the change, the four counts, the Happy Index. */
export function ReportResult({ report, context }: Props) {
  const messages = context.messages.report;
  return (
    <section aria-labelledby="result-title">
      <h2 id="result-title">{messages.result}</h2>
      {report.counts.n === 0 ? <NoAnswers report={report} context={context} /> : <Answers {...{ report, context }} />}
    </section>
  );
}

function NoAnswers({ report, context }: Props) {
  const messages = context.messages.report;
  return (
    <div class="notice">
      <p>
        <strong>{report.empty === null ? notCounted(report, context) : messages.emptyTitle}</strong>
      </p>
      {report.empty === null ? null : <p>{messages.emptyReasons[report.empty.reason]}</p>}
    </div>
  );
}

function notCounted({ counts }: WeeklyReport, { messages }: PageContext): string {
  return counts.excluded > 0 ? messages.report.onlyExcluded : messages.report.onlyRepeats;
}

function Answers({ report, context }: Props) {
  const { counts, previous, change } = report;
  const { formats, messages } = context;
  const { week } = parseWeek(report.previousWeek);
  const printable = isPrintable(counts.n);
  return (
    <>
      <p class="figure">
        {resultSentence(report, context)}{' '}
        <DefinitionLink of={printable ? 'satisfied' : 'small-numbers'} context={context} />
      </p>
      {printable ? (
        <p>
          {changeSentence({ change, n: counts.n, previousN: previous.n, context }, week)}{' '}
          <DefinitionLink of="change" context={context} />
        </p>
      ) : null}
      {printable && counts.happyIndex !== null ? (
        <p>
          {messages.common.happyIndex} <strong>{formats.index(counts.happyIndex)}</strong>{' '}
          <DefinitionLink of="happy-index" context={context} />
        </p>
      ) : null}
      <RatingBar ratings={counts.ratings} />
      <RatingTable report={report} context={context} />
    </>
  );
}

function resultSentence({ counts }: WeeklyReport, { messages, formats }: PageContext): string {
  const { n, satisfied } = counts;
  const answers = messages.common.answerCount(n, formats.count(n));
  if (satisfied === null || !isPrintable(n)) return messages.report.fewSentence(n, answers);
  const range = formats.percentRange(satisfied.low, satisfied.high);
  return messages.report.satisfiedSentence(formats.percent(satisfied.share), range, n, answers);
}

function RatingTable({ report, context }: Props) {
  const { messages, formats } = context;
  const { n, ratings } = report.counts;
  const printable = isPrintable(n);
  return (
    <table class="ratings-table">
      <caption>{messages.report.answersCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{messages.report.answer}</th>
          <th scope="col" class="number">
            {messages.report.number}
          </th>
          {printable ? (
            <th scope="col" class="number">
              {messages.report.share}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {BEST_FIRST.map((rating) => (
          <tr key={rating}>
            <th scope="row">
              <Smiley rating={rating} /> {messages.common.ratings[rating]}
            </th>
            <td class="number">{formats.count(ratings[rating])}</td>
            {printable ? <td class="number">{formats.percent(ratings[rating] / n)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
