import { pruneChange, rebuildChange, type StoreActor, WHOLE_STORE } from '../../administration/store-act.js';
import type { Actor } from '../../exclusions/exclusion.js';
import { BUCKET_MS, type PruneResult, type RebuildResult } from '../store.js';
import { logChanges } from './administer-state.js';
import type { MemoryState } from './memory-state.js';
import { rollupRows } from './read-state.js';
import { rollupOf } from './replay-marks.js';

/** See `Store.prune`. */
export function prune(state: MemoryState, before: number, by: StoreActor): PruneResult {
  const rawFromBefore = state.rawFrom;
  state.rawFrom = Math.max(state.rawFrom, Math.floor(before / BUCKET_MS) * BUCKET_MS);
  const gone = state.presses.filter(({ press }) => press.countedAt < state.rawFrom);
  for (const { late, press } of gone) {
    if (late) continue;
    state.oldRollups.push(rollupOf(press));
    const terminal = state.terminals.get(press.terminal);
    if (terminal !== undefined && !press.repeat) terminal.anchorAt = Math.max(terminal.anchorAt, press.countedAt);
  }
  state.presses = state.presses.filter(({ press }) => press.countedAt >= state.rawFrom);
  const result = { pruned: gone.length, rawFrom: state.rawFrom };
  logChanges(state, pruneChange(by, result, rawFromBefore), by, { what: 'prune' });
  return result;
}

/** Rollups are summed at read, so that none can differ. */
export function rebuildRollups(state: MemoryState, by: StoreActor): RebuildResult {
  const rows = rollupRows(state).filter(({ start }) => start >= state.rawFrom);
  const buckets = new Set(rows.map((row) => JSON.stringify([row.start, row.terminal, row.servicePoint])));
  const result = { buckets: buckets.size, changed: 0 };
  logChanges(state, rebuildChange(by, result), by, { what: 'rebuild-rollups' });
  return result;
}

/** What a store begins with that takes the place of one, from a copy. */
export function restored(copy: MemoryState, by: Actor): MemoryState {
  const { copiedAt = 0, ...state } = structuredClone(copy);
  const detail = `restored from a copy made at ${new Date(copiedAt).toISOString()}`;
  state.incidents.push({ id: state.incidents.length + 1, kind: 'store-restored', since: by.at, detail });
  state.nextArrival += 1_000_000_000;
  logChanges(state, [{ subject: WHOLE_STORE, after: { copiedAt } }], by, { what: 'restore' });
  return state;
}
