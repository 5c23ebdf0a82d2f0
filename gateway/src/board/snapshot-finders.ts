import { addCounts, noCounts, sumCounts } from '../aggregates/counts.js';
import type { Counts, RollupCell } from '../store/store.js';
import { keepSince } from '../terminals/terminal-state.js';
import { firstAtOrAfter } from './first-at-or-after.js';
import type { BoardTerminal, Snapshot } from './snapshot.js';
import type { Judge } from './snapshot-maker.js';

/** What a snapshot answers with; it must not hold on to the snapshot before it. All by terminal id. */
export function snapshotFinders(
  terminals: readonly BoardTerminal[],
  judge: Judge,
  cells: readonly RollupCell[],
): Pick<Snapshot, 'terminal' | 'todayAt' | 'stateOf'> {
  const terminal = (id: string): BoardTerminal | undefined => {
    const found = terminals[firstAtOrAfter(terminals, id, ({ record }) => record.id)];
    return found?.record.id === id ? found : undefined;
  };
  // Pages ask for it, and most snapshots are seen by none.
  let byPoint: ReadonlyMap<string, Counts> | undefined;
  return {
    terminal,
    stateOf: (record, now) => keepSince(terminal(record.id)?.state, judge(record, now)),
    todayAt(id) {
      byPoint ??= sumByPoint(cells);
      return byPoint.get(id) ?? noCounts();
    },
  };
}

function sumByPoint(cells: readonly RollupCell[]): Map<string, Counts> {
  const sums = new Map<string, Counts>();
  for (const cell of cells) {
    if (cell.servicePoint === undefined) continue;
    const held = sums.get(cell.servicePoint);
    if (held !== undefined) addCounts(held, cell);
    else sums.set(cell.servicePoint, sumCounts([cell]));
  }
  return sums;
}
