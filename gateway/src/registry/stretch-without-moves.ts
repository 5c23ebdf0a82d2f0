import type { Span } from '../calendar/spans.js';
import type { Registry } from './registry.js';

/** The time around `at` (from <= at < to, UTC ms, ±Infinity where open) in which no terminal comes to a place or leaves it. */
export function stretchWithoutMoves({ assignments }: Pick<Registry, 'assignments'>, at: number): Span {
  const stretch = { from: -Infinity, to: Infinity };
  for (const { from, to = Infinity } of assignments) {
    for (const edge of [from, to]) {
      if (edge <= at) stretch.from = Math.max(stretch.from, edge);
      else stretch.to = Math.min(stretch.to, edge);
    }
  }
  return stretch;
}
