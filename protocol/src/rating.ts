/** The four smileys, from 0 very unhappy to 3 very happy (the scale of Helsinki's open data). */
export const RATINGS = [0, 1, 2, 3] as const;
export type Rating = (typeof RATINGS)[number];

/** Stable machine names of the ratings, indexed by rating. */
export const RATING_NAMES = ['very-unhappy', 'unhappy', 'happy', 'very-happy'] as const;
export type RatingName = (typeof RATING_NAMES)[number];

/** True where the value is one of the four ratings. */
export function isRating(value: unknown): value is Rating {
  return value === 0 || value === 1 || value === 2 || value === 3;
}
