import { comparePresses, replayRepeats } from '../../ingest/mark-repeats.js';
import type { RegistryIndex } from '../../registry/registry-index.js';
import type { RollupRow } from '../rollup-cells.js';
import { BUCKET_MS, type StoredPress } from '../store.js';
import type { MemoryState } from './memory-state.js';

/** Marks all presses of a terminal by the definition, from the first to the last. */
export function replayMarks(state: MemoryState, places: RegistryIndex, terminal: string): void {
  const presses = state.presses
    .filter(({ late, press }) => !late && press.terminal === terminal)
    .map(({ press }) => press)
    .sort(comparePresses);
  const anchorAt = state.terminals.get(terminal)?.anchorAt ?? -Infinity;
  const marks = replayRepeats(presses, (countedAt) => places.placementAt(terminal, countedAt).windowMs, anchorAt);
  presses.forEach((press, index) => {
    press.repeat = marks[index] ?? false;
    const { servicePoint, excluded } = places.placementAt(terminal, press.countedAt);
    press.excluded = excluded;
    if (servicePoint === undefined) delete press.servicePoint;
    else press.servicePoint = servicePoint;
  });
}

/** What one press adds to the rollups. */
export function rollupOf(press: StoredPress): RollupRow {
  const counts: [number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0];
  if (press.excluded) {
    counts[6] = 1;
  } else if (press.repeat) {
    counts[4] = 1;
  } else {
    counts[press.rating] = 1;
    if (press.clock === 'estimated') counts[5] = 1;
  }
  const start = Math.floor(press.countedAt / BUCKET_MS) * BUCKET_MS;
  return { start, terminal: press.terminal, servicePoint: press.servicePoint, counts };
}
