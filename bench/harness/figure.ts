/** What a measured value must keep to. `ratio`: of value to baseline; `value`: of the value itself. */
export interface Bar {
  of: 'ratio' | 'value';
  atMost?: number;
  atLeast?: number;
}

/** One measured number with what it is compared to. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** Measured in the same run. */
  baseline?: { name: string; value: number };
  /** Given where it is not value / baseline, as the median of the ratios of pairs. */
  ratio?: number;
  /** Absent: shown for information. */
  bar?: Bar;
}

export type Verdict = 'pass' | 'miss' | 'shown';

/** value / baseline, or the ratio that was measured otherwise; undefined without a baseline. */
export function ratioOf({ value, baseline, ratio }: Figure): number | undefined {
  return ratio ?? (baseline === undefined ? undefined : value / baseline.value);
}

export function judge(figure: Figure): Verdict {
  const { bar } = figure;
  if (bar === undefined) return 'shown';
  const judged = bar.of === 'value' ? figure.value : (ratioOf(figure) ?? Number.NaN);
  const low = bar.atLeast === undefined || judged >= bar.atLeast;
  const high = bar.atMost === undefined || judged <= bar.atMost;
  return low && high ? 'pass' : 'miss';
}
