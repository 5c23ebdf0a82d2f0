import { noCounts, sumCounts } from '../aggregates/counts.js';
import type { Counts, RollupCell } from '../store/store.js';
import { cellTerminal } from './keep-cells.js';

const NOTHING: Counts = noCounts();

/**
 * Tells what was said today at each of many terminals, asked in the order of their ids, by which the cells are sorted too.
 * That of a terminal with a single cell is the cell itself.
 */
export function todaysCounts(cells: readonly RollupCell[]): (id: string) => Counts {
  let next = 0;
  return (id) => {
    for (let cell = cells[next]; cell !== undefined && cellTerminal(cell) < id; cell = cells[next]) next += 1;
    const first = next;
    for (let cell = cells[next]; cell !== undefined && cell.terminal === id; cell = cells[next]) next += 1;
    if (next - first > 1) return sumCounts(cells.slice(first, next));
    return (next > first ? cells[first] : undefined) ?? NOTHING;
  };
}
