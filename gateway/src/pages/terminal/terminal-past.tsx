import { localized } from '../../language/language.js';
import { joinLostRanges } from '../../report/join-lost-ranges.js';
import type { PageContext } from '../page-context.js';
import type { TerminalPageModel } from './terminal-page-model.js';

interface Props {
  model: TerminalPageModel;
  context: PageContext;
}
/** Losses, incidents and exclusions that are shown, newest first. */
const MOST_EVENTS = 20;

/** Where it stood, and what became of presses. */
export function TerminalPast({ model, context }: Props) {
  const words = context.messages.terminalPage;
  const events = eventsOf({ model, context });
  return (
    <>
      <section aria-labelledby="places-title">
        <h2 id="places-title">{words.places}</h2>
        {model.assignments.length === 0 ? <p>{words.noPlaces}</p> : <Places model={model} context={context} />}
      </section>
      <section aria-labelledby="events-title">
        <h2 id="events-title">{words.events}</h2>
        {events.length === 0 ? (
          <p>{words.noEvents}</p>
        ) : (
          <ul class="notes">
            {events.slice(0, MOST_EVENTS).map(({ at, text }) => (
              <li key={`${at} ${text}`}>{text}</li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Places({ model, context }: Props) {
  const { messages, language, formats } = context;
  const words = messages.terminalPage;
  return (
    <table class="cards">
      <caption class="hidden">{words.places}</caption>
      <thead>
        <tr>
          <th scope="col">{messages.common.servicePoint}</th>
          <th scope="col">{words.from}</th>
          <th scope="col">{words.until}</th>
          <th scope="col">{words.question}</th>
        </tr>
      </thead>
      <tbody>
        {model.assignments.map(({ servicePoint, from, to, question }) => {
          const name = model.points.get(servicePoint);
          const text = model.questions.get(question ?? '');
          return (
            <tr key={from}>
              <th scope="row">
                <a href={context.link(`/service-points/${servicePoint}`)}>
                  {name === undefined ? servicePoint : localized(name, language)}
                </a>
              </th>
              <td data-label={words.from}>{formats.full(from)}</td>
              <td data-label={words.until}>{to === undefined ? words.untilFurther : formats.full(to)}</td>
              <td class="wide" data-label={words.question}>
                {text === undefined ? messages.common.none : localized(text, language)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What happened to presses, newest first. */
function eventsOf({ model, context }: Props): { at: number; text: string }[] {
  const { messages, formats } = context;
  const words = messages.terminalPage;
  const { detail } = model;
  const lost = joinLostRanges(detail.lost).map(({ from, to, recordedAt }) => {
    const n = to - from + 1;
    return { at: recordedAt, text: words.lostAt(n, formats.count(n), formats.full(recordedAt)) };
  });
  const incidents = detail.incidents.map(({ kind, missing = 0, since, withdrawnAt }) => ({
    at: since,
    text:
      messages.report.incidents[kind](missing, formats.count(missing), detail.id, formats.full(since)) +
      (withdrawnAt === undefined ? '' : ` ${messages.report.withdrawn}`),
  }));
  const exclusions = model.exclusions.map(({ from, to, by, reason, note }) => ({
    at: from,
    text: words.excluded(
      formats.full(from),
      formats.full(to),
      messages.report.exclusionReasons[reason],
      by,
      note ?? '',
    ),
  }));
  return [...lost, ...incidents, ...exclusions].sort((a, b) => b.at - a.at);
}
