import { RATINGS, type Rating } from '@hymio/protocol';
import { MOUTHS } from './smiley-shape.js';

/** A face, for the eye alone: what it means must stand beside it as text. Needs `SmileyShapes` on the page. */
export function Smiley({ rating }: { rating: Rating }) {
  return (
    <svg class={`smiley rating-${rating}`} aria-hidden="true">
      <use href={`#face-${rating}`} />
    </svg>
  );
}

/** The shapes of the four faces, once a page. */
export function SmileyShapes() {
  return (
    <svg class="shapes" width="0" height="0" aria-hidden="true">
      {RATINGS.map((rating) => (
        <symbol key={rating} id={`face-${rating}`} viewBox="0 0 32 32">
          <circle cx="16" cy="16" r="14" />
          <circle class="face-eye" cx="11" cy="12.5" r="1.9" />
          <circle class="face-eye" cx="21" cy="12.5" r="1.9" />
          <path class={rating === 3 ? 'face-open' : undefined} d={MOUTHS[rating]} />
        </symbol>
      ))}
    </svg>
  );
}
