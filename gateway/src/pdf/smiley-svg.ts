import type { Rating } from '@hymio/protocol';
import { MOUTHS } from '../pages/smiley-shape.js';

/** As on the pages, by day. */
export const RATING_COLOURS: Readonly<Record<Rating, string>> = {
  0: '#b3261e',
  1: '#c2640b',
  2: '#5d8a2a',
  3: '#157347',
};

/** A face as a drawing of its own. */
export function smileySvg(rating: Rating): string {
  const colour = RATING_COLOURS[rating];
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">' +
    `<g fill="none" stroke="${colour}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">` +
    `<circle cx="16" cy="16" r="14"/><path d="${MOUTHS[rating]}" fill="${rating === 3 ? colour : 'none'}"/></g>` +
    `<g fill="${colour}"><circle cx="11" cy="12.5" r="1.9"/><circle cx="21" cy="12.5" r="1.9"/></g></svg>`
  );
}
