import { localized } from '../language/language.js';
import { TERMINAL_STATE_KINDS } from '../terminals/terminal-state.js';
import type { GroupModel } from './group-model.js';
import { renderPage } from './layout.js';
import { LiveRegion, LiveStatus } from './live-region.js';
import type { PageContext } from './page-context.js';
import { PlaceTable } from './place-table.js';
import { SummaryCards } from './summary-cards.js';
import { TerminalTable } from './terminal-table.js';
import { Trail } from './trail.js';

/** A group, or all terminals: places below it, and its terminals, filtered and by pages. */
export function groupPage(model: GroupModel, context: PageContext): string {
  const { overview } = context.messages;
  const { group } = model;
  const title = group === undefined ? overview.allTerminals : localized(group.name, context.language);
  const path = pathOf(model);
  return renderPage({
    context,
    title,
    current: 'overview',
    live: true,
    children: (
      <>
        <Trail above={model.above} context={context} />
        <h1>{title}</h1>
        <LiveStatus context={context} />
        <LiveRegion id="summary" class="summary" context={context}>
          <SummaryCards tally={model.tally} list={path} context={context} />
        </LiveRegion>
        {group === undefined ? null : (
          <section aria-labelledby="places-title">
            <h2 id="places-title">{overview.placesHeading}</h2>
            <LiveRegion id="places" context={context}>
              {model.places.length === 0 ? <p>{overview.noServicePoints}</p> : null}
              {model.places.length === 0 ? null : <PlaceTable places={model.places} context={context} />}
              {model.placesCut ? <p class="note">{overview.placesCut}</p> : null}
            </LiveRegion>
          </section>
        )}
        <section aria-labelledby="terminals-title">
          <h2 id="terminals-title">{overview.terminalsHeading}</h2>
          <Filter model={model} context={context} />
          <LiveRegion id="terminals" context={context}>
            <Found model={model} context={context} />
          </LiveRegion>
          <p class="note">{context.messages.common.smallNumbersNote}</p>
        </section>
      </>
    ),
  });
}

function pathOf({ group }: GroupModel): string {
  return group === undefined ? '/terminals' : `/groups/${group.id}`;
}

/** Chooses by state and words; works without a script. */
function Filter({ model, context }: { model: GroupModel; context: PageContext }) {
  const { overview, state: words } = context.messages;
  const { filter } = model;
  const states = [
    ['', overview.anyState],
    ['attention', overview.urgentHeading],
    ...TERMINAL_STATE_KINDS.map((kind) => [kind, words.names[kind]]),
  ] as const;
  return (
    <form class="filter" method="get" action={pathOf(model)}>
      {context.link('/') === '/' ? null : <input type="hidden" name="lang" value={context.language} />}
      <div>
        <label class="filter-label" for="filter-state">
          {overview.state}
        </label>
        <select id="filter-state" name="state">
          {states.map(([value, text]) => (
            <option key={value} value={value} selected={value === (filter.state ?? '')}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label class="filter-label" for="filter-search">
          {overview.search}
        </label>
        <input id="filter-search" type="search" name="search" value={filter.search} maxLength={100} />
      </div>
      <button type="submit">{overview.show}</button>
    </form>
  );
}

function Found({ model, context }: { model: GroupModel; context: PageContext }) {
  const { overview } = context.messages;
  const { found, pages, terminals, filter } = model;
  const page = (to: number) => {
    const query = new URLSearchParams();
    if (filter.state !== undefined) query.set('state', filter.state);
    if (filter.search !== '') query.set('search', filter.search);
    query.set('page', String(to));
    return context.link(`${pathOf(model)}?${query}`);
  };
  return (
    <>
      <p>{overview.found(found, context.formats.count(found))}</p>
      {found === 0 ? null : <TerminalTable terminals={terminals} points={model.points} context={context} />}
      {pages === 1 ? null : (
        <nav class="pages" aria-label={overview.pages}>
          {filter.page > 1 ? (
            <a class="page-link" href={page(filter.page - 1)} rel="prev">
              {overview.previousPage}
            </a>
          ) : null}
          <span>{overview.pageOf(context.formats.count(filter.page), context.formats.count(pages))}</span>
          {filter.page < pages ? (
            <a class="page-link" href={page(filter.page + 1)} rel="next">
              {overview.nextPage}
            </a>
          ) : null}
        </nav>
      )}
    </>
  );
}
