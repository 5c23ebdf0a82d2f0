import { addCounts, noCounts, subtractCounts, sumCounts } from '../aggregates/counts.js';
import type { Counts, RollupCell } from '../store/store.js';
import { firstAtOrAfter } from './first-at-or-after.js';

const NOTHING: Counts = noCounts();

/** By which a day's cells are sorted. */
export function cellTerminal({ terminal = '' }: RollupCell): string {
  return terminal;
}

/** What was said at a terminal, wherever it stood; that of one with a single cell is the cell itself. */
export function todayOf(cells: readonly RollupCell[], terminal: string): Counts {
  const from = firstAtOrAfter(cells, terminal, cellTerminal);
  let to = from;
  for (let cell = cells[to]; cell !== undefined && cellTerminal(cell) === terminal; cell = cells[to]) to += 1;
  if (to - from > 1) return sumCounts(cells.slice(from, to));
  return (to > from ? cells[from] : undefined) ?? NOTHING;
}

/** The sum of `now`, from that of `before`. */
export function totalAfter(total: Counts, before: readonly RollupCell[], now: readonly RollupCell[]): Counts {
  const sum = sumCounts([total]);
  compareCells(before, now, (old, cell) => {
    if (old !== undefined) subtractCounts(sum, old);
    if (cell !== undefined) addCounts(sum, cell);
  });
  return sum;
}

/** Terminals with other cells than before. */
export function cellsChange(before: readonly RollupCell[], now: readonly RollupCell[]): Set<string> {
  const changed = new Set<string>();
  compareCells(before, now, (old, cell) => {
    for (const one of [old, cell]) if (one !== undefined) changed.add(cellTerminal(one));
  });
  return changed;
}

/** Calls with each cell that is another object than before; one that is new or gone comes alone. */
function compareCells(
  before: readonly RollupCell[],
  now: readonly RollupCell[],
  differ: (old: RollupCell | undefined, cell: RollupCell | undefined) => void,
): void {
  let i = 0;
  let j = 0;
  while (i < before.length || j < now.length) {
    const old = before[i];
    const cell = now[j];
    if (old === cell) {
      i += 1;
      j += 1;
      continue;
    }
    const isGone = cell === undefined || (old !== undefined && cellTerminal(old) < cellTerminal(cell));
    const isNew = old === undefined || (cell !== undefined && cellTerminal(cell) < cellTerminal(old));
    differ(isNew ? undefined : old, isGone ? undefined : cell);
    if (!isNew) i += 1;
    if (!isGone) j += 1;
  }
}
