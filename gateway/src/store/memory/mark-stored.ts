import { comparePresses, type markRepeats } from '../../ingest/mark-repeats.js';
import type { RegistryIndex } from '../../registry/registry-index.js';
import type { StoredPress } from '../store.js';
import type { MemoryState } from './memory-state.js';

/** Marks presses of a terminal that have just been stored, and their neighbours, as `mark` decides. */
export function markStored(
  state: MemoryState,
  places: RegistryIndex,
  terminal: string,
  stored: readonly StoredPress[],
  mark: typeof markRepeats,
): void {
  const fresh = new Set(stored);
  const own = state.presses.filter(({ late, press }) => !late && press.terminal === terminal).map(({ press }) => press);
  const before = own.filter((press) => !fresh.has(press)).sort(comparePresses);
  // The last press counted among those pruned takes part, and is never marked again.
  const anchor = { countedAt: state.terminals.get(terminal)?.anchorAt ?? -Infinity, epoch: '', seq: 0, repeat: false };
  const held = [anchor, ...before];
  const inserted = own.filter((press) => fresh.has(press)).sort(comparePresses);
  const marked = mark<(typeof held)[number]>(inserted, {
    held: (from, to) => held.filter(({ countedAt }) => countedAt >= from && countedAt < to),
    windowAt: (countedAt) => places.placementAt(terminal, countedAt).windowMs,
    maxWindowMs: places.maxWindowMs(terminal),
  });
  inserted.forEach((press, index) => {
    press.repeat = marked.inserted[index] ?? false;
  });
  for (const press of marked.flipped) press.repeat = !press.repeat;
}
