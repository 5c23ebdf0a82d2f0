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
export function seesExclusion(sight: Sight, { target, from, to }: Span): boolean {
  if (target.kind === 'service-point') return sight.servicePoint(target.id);
  const stays = staysOf(sight, target.id);
  let seenUntil = from;
  for (const stay of stays) {
    if (stay.from <= seenUntil) seenUntil = Math.max(seenUntil, stay.to);
  }
  return stays.length > 0 && seenUntil >= to;
}

/** By beginning, as the registry has them. */
function staysOf(sight: Sight, terminal: string): { from: number; to: number }[] {
  return sight.registry.assignments
    .filter((one) => one.terminal === terminal)
    .map(({ from, to }) => ({ from, to: to ?? Number.POSITIVE_INFINITY }));
}
