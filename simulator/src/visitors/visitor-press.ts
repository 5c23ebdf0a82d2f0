import type { Rating } from '@hymio/protocol';

/** A push of a button that is going to happen. */
export interface VisitorPress {
  /** True time, UTC ms. */
  at: number;
  rating: Rating;
  /** visit: someone's answer; again: the same visitor once more; child: one of a burst. */
  kind: 'visit' | 'again' | 'child';
}
