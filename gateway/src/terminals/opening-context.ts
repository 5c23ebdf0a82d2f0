import type { Span } from '../calendar/spans.js';

/** When the place of a terminal is open around now: merged spans within [from, to), UTC ms. */
export interface OpeningContext {
  from: number;
  to: number;
  spans: readonly Span[];
}

/** Whether a place is open at an instant, and where known since and until when, UTC ms. */
export interface OpenState {
  open: boolean;
  since?: number;
  until?: number;
}

/** `context` undefined: always open. Beyond the context's range nothing is known, so no `since` or `until` is given. */
export function openState(context: OpeningContext | undefined, at: number): OpenState {
  if (context === undefined) return { open: true };
  const { spans } = context;
  const within = spans.find(({ from, to }) => from <= at && at < to);
  if (within !== undefined) {
    return {
      open: true,
      ...(within.from > context.from && { since: within.from }),
      ...(within.to < context.to && { until: within.to }),
    };
  }
  const before = spans.findLast(({ to }) => to <= at);
  const after = spans.find(({ from }) => from > at);
  return {
    open: false,
    ...(before !== undefined && { since: before.to }),
    ...(after !== undefined && { until: after.from }),
  };
}

/** How much of [from, to) the place was open, ms; what lies before the context's range counts as closed. */
export function openMsBetween(context: OpeningContext | undefined, from: number, to: number): number {
  if (context === undefined) return Math.max(0, to - from);
  return context.spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0);
}
