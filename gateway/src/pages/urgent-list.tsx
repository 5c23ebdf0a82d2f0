import type { BoardTerminal } from '../board/snapshot.js';
import type { PageContext } from './page-context.js';
import { advice } from './state-text.js';
import { type PointNames, TerminalName, TerminalStateText } from './terminal-table.js';

/** Terminals that need someone, worst first, each with what to do. */
export function UrgentList(props: {
  urgent: readonly BoardTerminal[];
  more: number;
  points: PointNames;
  context: PageContext;
}) {
  const { urgent, more, points, context } = props;
  const { overview } = context.messages;
  if (urgent.length === 0) return <p class="all-well">{overview.nothingUrgent}</p>;
  return (
    <>
      <ul class="urgent">
        {urgent.map((terminal) => (
          <li key={terminal.record.id} class="card">
            <TerminalName terminal={terminal} points={points} context={context} />
            <p class="what">
              <TerminalStateText terminal={terminal} context={context} />
            </p>
            {advice(terminal.state, context).map((text) => (
              <p key={text} class="todo">
                {text}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {more === 0 ? null : (
        <p>
          <a href={context.link('/terminals?state=attention')}>
            {overview.moreUrgent(more, context.formats.count(more))}
          </a>
        </p>
      )}
    </>
  );
}
