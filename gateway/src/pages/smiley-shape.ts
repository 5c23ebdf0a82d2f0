import type { Rating } from '@hymio/protocol';

/** Mouths of the four faces, as paths in a field of 32 × 32; the one of the happiest is open. */
export const MOUTHS: Readonly<Record<Rating, string>> = {
  0: 'M8 23.5 Q16 13 24 23.5',
  1: 'M9 22 Q16 17.5 23 22',
  2: 'M9 19.5 Q16 24 23 19.5',
  3: 'M7.5 18 Q16 29.5 24.5 18 Z',
};
