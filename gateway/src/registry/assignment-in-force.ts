import type { Assignment, Registry } from './registry.js';
import { isStayAt } from './stays.js';

/**
 * Where a terminal stands at an instant (UTC ms), found by the order of assignments: who asks about all terminals needs no
 * map of them.
 */
export function assignmentInForce(
  { assignments }: Pick<Registry, 'assignments'>,
  terminal: string,
  at: number,
): Assignment | undefined {
  let low = 0;
  let high = assignments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = assignments[middle];
    if (one !== undefined && hasBegun(one, terminal, at)) low = middle + 1;
    else high = middle;
  }
  const last = assignments[low - 1];
  return last?.terminal === terminal && isStayAt(last, at) ? last : undefined;
}

/** Whether an assignment lies before those of the terminal that begin after the instant. */
function hasBegun(one: Assignment, terminal: string, at: number): boolean {
  return one.terminal < terminal || (one.terminal === terminal && one.from <= at);
}
