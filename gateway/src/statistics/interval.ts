/** A proportion or a difference of proportions with its confidence interval, all as shares (0…1, −1…1). */
export interface Interval {
  low: number;
  high: number;
}

/** Standard normal quantile of a two-sided 95 % interval. */
export const Z_95 = 1.959963984540054;
