import type { PageContext } from '../page-context.js';
import { BEST_FIRST, RatingCountsList } from '../rating-counts.js';
import { Satisfied } from '../satisfied.js';
import type { CountedSpan } from './service-point-model.js';

/** Counts of hours or days, each with a bar as long as it has answers beside the others. */
export function CountedTable(props: {
  spans: readonly CountedSpan[];
  /** Heads the first column, and says what a row is. */
  head: string;
  nameOf: (from: number) => string;
  caption: string;
  context: PageContext;
}) {
  const { spans, head, nameOf, caption, context } = props;
  const { common, overview } = context.messages;
  const most = Math.max(1, ...spans.map(({ counts }) => counts.n));
  return (
    <table class="cards counted">
      <caption class="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{common.answers}</th>
          <th scope="col">{overview.byRating}</th>
          <th scope="col">{common.satisfiedShare}</th>
        </tr>
      </thead>
      <tbody>
        {spans.map(({ from, counts }) => (
          <tr key={from}>
            <th scope="row">{nameOf(from)}</th>
            <td class="wide" data-label={common.answers}>
              <span class="with-bar">
                <span class="percent">{context.formats.count(counts.n)}</span>
                <StackedBar ratings={counts.ratings} most={most} />
              </span>
            </td>
            <td class="wide" data-label={overview.byRating}>
              <RatingCountsList ratings={counts.ratings} context={context} />
            </td>
            <td class="wide" data-label={common.satisfiedShare}>
              <Satisfied counts={counts} context={context} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StackedBar({ ratings, most }: { ratings: CountedSpan['counts']['ratings']; most: number }) {
  let x = 0;
  return (
    <svg class="stack" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="track" x="0" y="0" width="100" height="6" />
      {BEST_FIRST.map((rating) => {
        const width = (100 * ratings[rating]) / most;
        const start = x;
        x += width;
        return width === 0 ? null : (
          <rect key={rating} class={`rating-${rating}`} x={start} y="0" width={Math.max(width - 0.5, 0.3)} height="6" />
        );
      })}
    </svg>
  );
}
