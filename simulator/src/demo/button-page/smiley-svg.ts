import type { Rating } from '@hymio/protocol';

/** Mouths from very unhappy to very happy; shape tells them apart, not colour alone. */
const MOUTHS = [
  '<path d="M28 76 Q50 48 72 76"/>',
  '<path d="M30 71 Q50 60 70 71"/>',
  '<path d="M30 63 Q50 75 70 63"/>',
  '<path d="M26 58 H74 Q70 84 50 84 Q30 84 26 58 Z" fill="#fff"/>',
] as const;
const BROWS = ['<path d="M26 30 L42 38 M74 30 L58 38"/>', '', '', ''] as const;

/** A smiley as inline SVG; decoration, its meaning stands beside it in words. */
export function smileySvg(rating: Rating): string {
  return (
    `<svg class="face face-${rating}" viewBox="0 0 100 100" aria-hidden="true" focusable="false">` +
    '<circle cx="50" cy="50" r="46"/>' +
    '<g fill="none" stroke="#1a1a1a" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">' +
    `${BROWS[rating]}${MOUTHS[rating]}</g>` +
    '<circle class="eye" cx="35" cy="43" r="5.5"/><circle class="eye" cx="65" cy="43" r="5.5"/></svg>'
  );
}
