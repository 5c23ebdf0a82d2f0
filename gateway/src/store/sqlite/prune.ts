import type { PruneResult } from '../store.js';
import { writeMeta } from './meta.js';
import { bucketOf } from './rollup-deltas.js';
import type { WriterContext } from './writer-context.js';

/** No repeat window is longer (see the registry file), ms. */
const LONGEST_WINDOW_MS = 3_600_000;

/**
 * Removes raw presses counted before `before` (rounded down to a bucket). The last press counted of each terminal is
 * remembered as its anchor, so that marks behind the boundary come out the same when they are computed again.
 */
export function prune(context: WriterContext, before: number): PruneResult {
  const { db } = context;
  const rawFrom = Math.max(context.rawFrom, bucketOf(before));
  if (rawFrom > context.rawFrom) {
    db.prepare(
      `UPDATE terminals SET anchor_at = last FROM (
         SELECT terminal, max(counted_at) AS last FROM presses
         WHERE counted_at >= ? AND counted_at < ? AND repeat = 0 GROUP BY terminal) WHERE key = terminal`,
    ).run(Math.max(context.rawFrom, rawFrom - LONGEST_WINDOW_MS), rawFrom);
    writeMeta(db, 'raw-from', rawFrom);
  }
  // A number once used as a cursor must not be given to another press.
  writeMeta(db, 'last-arrival', context.nextArrival - 1);
  const { changes } = db.prepare('DELETE FROM presses WHERE counted_at < ?').run(rawFrom);
  return { pruned: changes, rawFrom };
}
