import { HymioError } from '@hymio/protocol';
import type { Exclusion } from '../../exclusions/exclusion.js';
import type { Sight } from './sight.js';

/** Of whose presses, and counted when: from <= t < to, UTC ms. */
type Span = Pick<Exclusion, 'target' | 'from' | 'to'>;

/** Does an exclusion leave out presses that may be seen, be it among others? */
export function meetsExclusion(sight: Sight, { target, from, to }: Span): boolean {
  if (target.kind === 'service-point') return sight.servicePoint(target.id);
  return staysOf(sight, target.id).some((stay) => stay.from < to && from < stay.to);
}

/**
 * Are all presses of the span such as may be seen? A terminal must have stood in sight throughout: what it counted
 * elsewhere is not theirs to count or to leave out.
 */
export function seesExclusion(sight: Sight, span: Span): boolean {
  return seenUntil(sight, span) >= span.to;
}

/**
 * Throws where who asks may not decide on all presses of a span; what they may not see at all is as if it did not exist.
 * Codes: `exclusion-unknown-target`, `exclusion-begins-beyond-sight`, `exclusion-ends-beyond-sight`.
 */
export function requireSeen(sight: Sight, span: Span): void {
  const { id } = span.target;
  if (!meetsExclusion(sight, span)) {
    throw new HymioError(
      'exclusion-unknown-target',
      `There is no terminal or service point ${id}.`,
      'Choose one that exists.',
    );
  }
  const until = seenUntil(sight, span);
  if (until >= span.to) return;
  const begins = until <= span.from;
  throw new HymioError(
    begins ? 'exclusion-begins-beyond-sight' : 'exclusion-ends-beyond-sight',
    `${id} did not stand where you may see it ${begins ? 'when the span begins' : 'until the span ends'}.`,
    `Choose ${begins ? 'a later beginning' : 'an earlier end'}, or ask an administrator of the whole organisation.`,
  );
}

/** Up to when all presses of a span may be seen, UTC ms; its beginning where not even the first may be. */
function seenUntil(sight: Sight, { target, from, to }: Span): number {
  if (target.kind === 'service-point') return sight.servicePoint(target.id) ? to : from;
  let until = from;
  for (const stay of staysOf(sight, target.id)) {
    if (stay.from <= until) until = Math.max(until, stay.to);
  }
  return until;
}

/** By beginning, as the registry has them. */
function staysOf(sight: Sight, terminal: string): { from: number; to: number }[] {
  return sight.registry.assignments
    .filter((one) => one.terminal === terminal)
    .map(({ from, to }) => ({ from, to: to ?? Number.POSITIVE_INFINITY }));
}
