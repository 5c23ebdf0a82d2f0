import { renderPage } from './layout.js';
import { LiveRegion, LiveStatus } from './live-region.js';
import type { Overview } from './overview-model.js';
import type { PageContext } from './page-context.js';
import { PlaceTable } from './place-table.js';
import { SummaryCards } from './summary-cards.js';
import { TerminalTable } from './terminal-table.js';
import { UrgentList } from './urgent-list.js';

/** How all terminals are, what needs someone first, and what was said today. */
export function overviewPage(model: Overview, context: PageContext): string {
  const { overview } = context.messages;
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
          <SummaryCards tally={model.total} list="/terminals" context={context} />
        </LiveRegion>
        <section aria-labelledby="urgent-title">
          <h2 id="urgent-title">{overview.urgentHeading}</h2>
          <LiveRegion id="urgent" context={context}>
            <Urgent model={model} context={context} />
          </LiveRegion>
        </section>
        <section aria-labelledby="places-title">
          <h2 id="places-title">{overview.placesHeading}</h2>
          <LiveRegion id="places" context={context}>
            <Places model={model} context={context} />
          </LiveRegion>
          <p class="note">{context.messages.common.smallNumbersNote}</p>
        </section>
        <Terminals model={model} context={context} />
      </>
    ),
  });
}

function Urgent({ model, context }: { model: Overview; context: PageContext }) {
  if (model.total.terminals === 0) return <p>{context.messages.overview.noTerminals}</p>;
  return <UrgentList urgent={model.urgent} more={model.urgentMore} points={model.points} context={context} />;
}

function Places({ model, context }: { model: Overview; context: PageContext }) {
  const { overview } = context.messages;
  if (model.places.length === 0) return <p>{overview.noServicePoints}</p>;
  return (
    <>
      <PlaceTable places={model.places} context={context} />
      {model.placesCut ? <p class="note">{overview.placesCut}</p> : null}
    </>
  );
}

/** One by one where there are few; else the way to the list. */
function Terminals({ model, context }: { model: Overview; context: PageContext }) {
  const { overview } = context.messages;
  const { terminals, unplaced } = model;
  const count = context.formats.count(unplaced);
  return (
    <section aria-labelledby="terminals-title">
      <h2 id="terminals-title">{overview.terminalsHeading}</h2>
      <LiveRegion id="terminals" context={context}>
        {terminals === undefined || terminals.length === 0 ? null : (
          <TerminalTable terminals={terminals} points={model.points} context={context} />
        )}
        {unplaced === 0 ? null : <p>{overview.unplaced(unplaced, count)}</p>}
      </LiveRegion>
      <p>
        <a href={context.link('/terminals')}>{overview.allTerminals}</a>
      </p>
    </section>
  );
}
