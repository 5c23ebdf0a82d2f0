/** Presses by rating, from 0 very unhappy to 3 very happy. */
export type RatingCounts = readonly [number, number, number, number];

/** Number of presses. */
export function totalOf(ratings: RatingCounts): number {
  return ratings[0] + ratings[1] + ratings[2] + ratings[3];
}

/** Happy and very happy. */
export function satisfiedOf(ratings: RatingCounts): number {
  return ratings[2] + ratings[3];
}

/** Happy Index, 0…100: 100·(3·c3 + 2·c2 + c1) / (3·n). Undefined at n = 0. */
export function happyIndex(ratings: RatingCounts): number | undefined {
  const n = totalOf(ratings);
  return n === 0 ? undefined : (100 * (3 * ratings[3] + 2 * ratings[2] + ratings[1])) / (3 * n);
}
