import type { PageContext } from './page-context.js';
import { STATES_BY_URGENCY, type Tally } from './place-tallies.js';
import { RatingCountsList } from './rating-counts.js';
import { Satisfied } from './satisfied.js';
import { StateBadge } from './state-badge.js';

/** How many terminals are in which state, each a link to those, and what was said today. `list`: path of the list. */
export function SummaryCards({ tally, list, context }: { tally: Tally; list: string; context: PageContext }) {
  const { messages, formats } = context;
  const { states, terminals, today } = tally;
  return (
    <>
      <div class="card">
        <p class="figure">
          {messages.overview.workingOf(formats.count(states.working), formats.count(terminals), terminals)}
        </p>
        <ul class="states">
          {STATES_BY_URGENCY.filter((kind) => states[kind] > 0).map((kind) => (
            <li key={kind}>
              <a class="state-link" href={context.link(`${list}?state=${kind}`)}>
                <StateBadge kind={kind} text={messages.state.names[kind]} /> {formats.count(states[kind])}
              </a>
            </li>
          ))}
        </ul>
      </div>
      <div class="card">
        <p class="figure">
          {messages.overview.answersToday(messages.common.answerCount(today.n, formats.count(today.n)))}
        </p>
        <RatingCountsList ratings={today.ratings} context={context} />
        <p>
          <Satisfied counts={today} context={context} withLabel />
        </p>
      </div>
    </>
  );
}
