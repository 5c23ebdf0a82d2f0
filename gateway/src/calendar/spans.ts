/** A stretch of time: from (inclusive) to (exclusive), UTC ms. */
export interface Span {
  from: number;
  to: number;
}

/** The same time in spans that are in order and do not touch. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (span.to <= span.from) continue;
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ from: span.from, to: span.to });
  }
  return merged;
}

/** The time that lies in both; either must be merged. */
export function intersectSpans(a: readonly Span[], b: readonly Span[]): Span[] {
  const both: Span[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left !== undefined && right !== undefined; left = a[i], right = b[j]) {
    const from = Math.max(left.from, right.from);
    const to = Math.min(left.to, right.to);
    if (from < to) both.push({ from, to });
    if (left.to < right.to) i += 1;
    else j += 1;
  }
  return both;
}

/** The time that lies in `a` and not in `b`; either must be merged. */
export function subtractSpans(a: readonly Span[], b: readonly Span[]): Span[] {
  const left: Span[] = [];
  let first = 0;
  for (const span of a) {
    let from = span.from;
    while ((b[first]?.to ?? Infinity) <= span.from) first += 1;
    for (let i = first, hole = b[i]; hole !== undefined && hole.from < span.to; i += 1, hole = b[i]) {
      if (hole.from > from) left.push({ from, to: hole.from });
      from = Math.max(from, hole.to);
    }
    if (from < span.to) left.push({ from, to: span.to });
  }
  return left;
}

/** Total length, ms; the spans must be merged. */
export function lengthOfSpans(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + span.to - span.from, 0);
}
