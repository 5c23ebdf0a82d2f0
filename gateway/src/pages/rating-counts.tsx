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
