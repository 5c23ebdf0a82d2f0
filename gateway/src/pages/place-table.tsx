import { localized } from '../language/language.js';
import type { PageContext } from './page-context.js';
import type { PlaceRow } from './place-tallies.js';
import { RatingCountsList } from './rating-counts.js';
import { Satisfied } from './satisfied.js';

/** Deeper than so many levels the rows of a narrow screen have no room. */
const MOST_INDENT = 4;

/** Groups and service points with their terminals and what was said today. */
export function PlaceTable({ places, context }: { places: readonly PlaceRow[]; context: PageContext }) {
  const { overview, common } = context.messages;
  return (
    <table class="cards places">
      <caption class="hidden">{overview.placesHeading}</caption>
      <thead>
        <tr>
          <th scope="col">{common.servicePoint}</th>
          <th scope="col">{overview.terminalsHeading}</th>
          <th scope="col">{overview.todaySoFar}</th>
          <th scope="col">{common.satisfiedShare}</th>
        </tr>
      </thead>
      <tbody>
        {places.map((place) => (
          <PlaceLine key={`${place.kind} ${place.id}`} place={place} context={context} />
        ))}
      </tbody>
    </table>
  );
}

function PlaceLine({ place, context }: { place: PlaceRow; context: PageContext }) {
  const { messages, formats, language } = context;
  const { overview, common } = messages;
  const { kind, id, name, depth, tally } = place;
  const path = kind === 'group' ? `/groups/${id}` : `/service-points/${id}`;
  return (
    <tr class={`${kind} level-${Math.min(depth, MOST_INDENT)}`}>
      <th scope="row">
        <a href={context.link(path)}>{localized(name, language)}</a>
      </th>
      <td data-label={overview.terminalsHeading}>
        {tally.terminals === 0
          ? common.none
          : overview.workingShort(formats.count(tally.states.working), formats.count(tally.terminals))}
        {tally.attention === 0 ? null : (
          <span class="detail warn">{overview.needSomeone(tally.attention, formats.count(tally.attention))}</span>
        )}
      </td>
      <td class="wide" data-label={overview.todaySoFar}>
        <span class="total">{common.answerCount(tally.today.n, formats.count(tally.today.n))}</span>
        <RatingCountsList ratings={tally.today.ratings} context={context} />
      </td>
      <td data-label={common.satisfiedShare}>
        <Satisfied counts={tally.today} context={context} />
      </td>
    </tr>
  );
}
