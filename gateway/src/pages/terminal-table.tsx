import type { BoardTerminal } from '../board/snapshot.js';
import { localized } from '../language/language.js';
import type { LocalizedText, Registry } from '../registry/registry.js';
import type { PageContext } from './page-context.js';
import { shownCounts } from './place-tallies.js';
import { RatingCountsList } from './rating-counts.js';
import { StateBadge } from './state-badge.js';
import { stateNotes } from './state-text.js';

/** Names of service points by id. */
export type PointNames = ReadonlyMap<string, LocalizedText>;

export function pointNames({ servicePoints }: Pick<Registry, 'servicePoints'>): PointNames {
  return new Map(servicePoints.map(({ id, name }) => [id, name]));
}

/** Terminals with their state and what was said at them today. */
export function TerminalTable(props: {
  terminals: readonly BoardTerminal[];
  /** Absent where all stand at the same place, which the page is about. */
  points?: PointNames;
  context: PageContext;
}) {
  const { terminals, points, context } = props;
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
          <TerminalRow key={terminal.record.id} terminal={terminal} points={points} context={context} />
        ))}
      </tbody>
    </table>
  );
}

function TerminalRow(props: { terminal: BoardTerminal; points: PointNames | undefined; context: PageContext }) {
  const { terminal, points, context } = props;
  const { messages, formats, now } = context;
  const { overview, common } = messages;
  const { record } = terminal;
  const { n, ratings } = shownCounts(terminal.today);
  return (
    <tr>
      <th scope="row">
        <TerminalName terminal={terminal} points={points} context={context} />
      </th>
      <td class="wide" data-label={overview.state}>
        <TerminalStateText terminal={terminal} context={context} />
      </td>
      <td data-label={overview.lastPress}>
        {record.lastPressAt === undefined ? overview.noPressYet : formats.moment(record.lastPressAt, now)}
      </td>
      <td class="wide" data-label={overview.todaySoFar}>
        <span class="total">{common.answerCount(n, formats.count(n))}</span>
        <RatingCountsList ratings={ratings} context={context} />
      </td>
    </tr>
  );
}

/** Where it stands, which leads to its page, and what it is called. */
export function TerminalName(props: { terminal: BoardTerminal; points: PointNames | undefined; context: PageContext }) {
  const { terminal, points, context } = props;
  const { record } = terminal;
  const href = context.link(`/terminals/${record.id}`);
  if (points === undefined) {
    return (
      <a class="place" href={href}>
        <span class="name">{record.name ?? record.id}</span>
        {record.name === undefined ? null : <span class="id">{record.id}</span>}
      </a>
    );
  }
  const point = points.get(record.assignment?.servicePoint ?? '');
  return (
    <a class="place" href={href}>
      <span class="name">
        {point === undefined ? context.messages.common.unassigned : localized(point, context.language)}
      </span>
      <span class="id">{record.name === undefined ? record.id : `${record.name} · ${record.id}`}</span>
    </a>
  );
}

/** The state with what there is to say about it. */
export function TerminalStateText({ terminal, context }: { terminal: BoardTerminal; context: PageContext }) {
  const { formats, messages } = context;
  const { overview } = messages;
  const { state, record } = terminal;
  const { lostPresses, missingPresses } = record;
  const pending = record.pendingPresses ?? record.status?.pending ?? 0;
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
