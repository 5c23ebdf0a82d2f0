import { RATINGS } from '@hymio/protocol';
import type { RatingCounts } from '../statistics/happy-index.js';
import type { PageContext } from './page-context.js';
import { Smiley } from './smiley.js';

/** From very happy to very unhappy, as the buttons stand on a panel. */
export const BEST_FIRST = [...RATINGS].reverse();

/** The four counts with their faces. */
export function RatingCountsList({ ratings, context }: { ratings: RatingCounts; context: PageContext }) {
  return (
    <ul class="ratings">
      {BEST_FIRST.map((rating) => (
        <li key={rating} class={ratings[rating] === 0 ? 'zero' : undefined}>
          <Smiley rating={rating} />
          <span class="hidden">{`${context.messages.common.ratings[rating]}: `}</span>
          <span>{context.formats.count(ratings[rating])}</span>
        </li>
      ))}
    </ul>
  );
}

/** The four counts as one bar, for the eye alone. */
export function RatingBar({ ratings }: { ratings: RatingCounts }) {
  const n = ratings.reduce((sum, count) => sum + count, 0);
  if (n === 0) return null;
  let x = 0;
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {BEST_FIRST.map((rating) => {
        const width = (100 * ratings[rating]) / n;
        const start = x;
        x += width;
        return width === 0 ? null : (
          <rect key={rating} class={`rating-${rating}`} x={start} y="0" width={Math.max(width - 0.4, 0.2)} height="4" />
        );
      })}
    </svg>
  );
}
