import { RATINGS, type Rating } from '@hymio/protocol';

const MOUTHS: Record<Rating, string> = {
  0: 'M8 23.5 Q16 13 24 23.5',
  1: 'M9 22 Q16 17.5 23 22',
  2: 'M9 19.5 Q16 24 23 19.5',
  3: 'M7.5 18 Q16 29.5 24.5 18 Z',
};

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
