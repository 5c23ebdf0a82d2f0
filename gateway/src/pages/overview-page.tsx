import { localized } from '../language/language.js';
import { isPrintable } from '../statistics/satisfaction.js';
import { renderPage } from './layout.js';
import { LiveRegion, LiveStatus } from './live-region.js';
import {
  type Overview,
  type OverviewCounts,
  type OverviewServicePoint,
  type OverviewTerminal,
  STATES_BY_URGENCY,
} from './overview-model.js';
import type { PageContext } from './page-context.js';
import { RatingCountsList } from './rating-counts.js';
import { StateBadge } from './state-badge.js';
import { stateNotes } from './state-text.js';

/** The overview. */
export function overviewPage(model: Overview, context: PageContext): string {
  const { overview, common } = context.messages;
  return renderPage({
    context,
    title: overview.title,
    current: 'overview',
    live: true,
    children: (
      <>
        <h1>{overview.title}</h1>
        <LiveStatus context={context} />
        <LiveRegion id="summary" class="summary" context={context}>
          <Summary model={model} context={context} />
        </LiveRegion>
        <section aria-labelledby="terminals-title">
          <h2 id="terminals-title">{overview.terminalsHeading}</h2>
          <LiveRegion id="terminals" context={context}>
            {model.terminals.length === 0 ? (
              <p>{overview.noTerminals}</p>
            ) : (
              <TerminalTable terminals={model.terminals} context={context} />
            )}
          </LiveRegion>
        </section>
        <section aria-labelledby="points-title">
          <h2 id="points-title">{overview.servicePointsToday}</h2>
          <LiveRegion id="points" context={context}>
            {model.servicePoints.length === 0 ? (
              <p>{overview.noServicePoints}</p>
            ) : (
              <ServicePointTable points={model.servicePoints} context={context} />
            )}
          </LiveRegion>
          <p class="note">{common.smallNumbersNote}</p>
        </section>
      </>
    ),
  });
}

function Summary({ model, context }: { model: Overview; context: PageContext }) {
  const { messages, formats } = context;
  const all = model.terminals.length;
  return (
    <>
      <div class="card">
        <p class="figure">
          {messages.overview.workingOf(formats.count(model.states.working), formats.count(all), all)}
        </p>
        <ul class="states">
          {STATES_BY_URGENCY.filter((kind) => model.states[kind] > 0).map((kind) => (
            <li key={kind}>
              <StateBadge kind={kind} text={messages.state.names[kind]} /> {formats.count(model.states[kind])}
            </li>
          ))}
        </ul>
      </div>
      <div class="card">
        <p class="figure">
          {messages.overview.answersToday(messages.common.answerCount(model.today.n, formats.count(model.today.n)))}
        </p>
        <RatingCountsList ratings={model.today.ratings} context={context} />
        <p>
          <Satisfied counts={model.today} context={context} withLabel />
        </p>
      </div>
    </>
  );
}

/** The satisfied share, or that there are too few answers for one. */
function Satisfied({
  counts,
  context,
  withLabel = false,
}: {
  counts: OverviewCounts;
  context: PageContext;
  withLabel?: boolean;
}) {
  const { common } = context.messages;
  const { satisfied, n } = counts;
  if (satisfied === null || !isPrintable(n)) return <span class="few">{common.tooFew}</span>;
  const range = context.formats.percentRange(satisfied.low, satisfied.high);
  return (
    <span>
      {withLabel ? `${common.satisfiedShare} ` : ''}
      <strong>{context.formats.percent(satisfied.share)}</strong> <span class="range">({range})</span>
    </span>
  );
}

function TerminalTable({ terminals, context }: { terminals: readonly OverviewTerminal[]; context: PageContext }) {
  const { overview, common } = context.messages;
  return (
    <table class="cards">
      <caption class="hidden">{overview.terminalsCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{common.terminal}</th>
          <th scope="col">{overview.state}</th>
          <th scope="col">{overview.lastPress}</th>
          <th scope="col">{overview.todaySoFar}</th>
        </tr>
      </thead>
      <tbody>
        {terminals.map((terminal) => (
          <TerminalRow key={terminal.id} terminal={terminal} context={context} />
        ))}
      </tbody>
    </table>
  );
}

function TerminalRow({ terminal, context }: { terminal: OverviewTerminal; context: PageContext }) {
  const { messages, formats, language, now } = context;
  const { overview, common } = messages;
  const { today, lastPressAt, servicePoint } = terminal;
  return (
    <tr>
      <th scope="row">
        <span class="name">
          {servicePoint === undefined ? common.unassigned : localized(servicePoint.name, language)}
        </span>
        <span class="id">{terminal.name === undefined ? terminal.id : `${terminal.name} · ${terminal.id}`}</span>
      </th>
      <td data-label={overview.state}>
        <TerminalStateText terminal={terminal} context={context} />
      </td>
      <td data-label={overview.lastPress}>
        {lastPressAt === undefined ? overview.noPressYet : formats.moment(lastPressAt, now)}
      </td>
      <td class="wide" data-label={overview.todaySoFar}>
        <span class="total">{common.answerCount(today.n, formats.count(today.n))}</span>
        <RatingCountsList ratings={today.ratings} context={context} />
      </td>
    </tr>
  );
}

function TerminalStateText({ terminal, context }: { terminal: OverviewTerminal; context: PageContext }) {
  const { formats, messages } = context;
  const { overview } = messages;
  const { state, pending, lostPresses, missingPresses } = terminal;
  const notes = [
    ...stateNotes(state, context),
    ...(pending > 0 ? [overview.pendingCount(pending, formats.count(pending))] : []),
    ...(lostPresses > 0 ? [overview.lostPresses(lostPresses, formats.count(lostPresses))] : []),
    ...(missingPresses > 0 ? [overview.missingPresses(missingPresses, formats.count(missingPresses))] : []),
  ];
  return (
    <>
      <StateBadge kind={state.kind} text={messages.state.names[state.kind]} />
      {notes.map((note) => (
        <span key={note} class="detail">
          {note}
        </span>
      ))}
    </>
  );
}

function ServicePointTable({ points, context }: { points: readonly OverviewServicePoint[]; context: PageContext }) {
  const { messages, formats, language } = context;
  const { overview, common } = messages;
  return (
    <table class="cards">
      <caption class="hidden">{overview.servicePointsToday}</caption>
      <thead>
        <tr>
          <th scope="col">{common.servicePoint}</th>
          <th scope="col">{overview.todaySoFar}</th>
          <th scope="col">{common.satisfiedShare}</th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.id}>
            <th scope="row">{localized(point.name, language)}</th>
            <td class="wide" data-label={overview.todaySoFar}>
              <span class="total">{common.answerCount(point.today.n, formats.count(point.today.n))}</span>
              <RatingCountsList ratings={point.today.ratings} context={context} />
            </td>
            <td class="wide" data-label={common.satisfiedShare}>
              <Satisfied counts={point.today} context={context} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
