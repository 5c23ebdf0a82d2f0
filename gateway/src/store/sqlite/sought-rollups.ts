import { cellStart, compareCells } from '../rollup-cells.js';
import type { RollupCell, RollupQuery } from '../store.js';
import type { Db } from './database.js';
import { addRow, isUsed, type RollupTuple, toCell } from './rollup-cell-rows.js';
import { RollupNames, type RollupPlace } from './rollup-keys.js';
import { BLOCKS, BUCKETS, type Grain, partsOf, type RollupRange } from './rollup-parts.js';
import { NO_SERVICE_POINT } from './writer-context.js';

/** Steps that one statement is asked for. */
const STEPS_AT_ONCE = 10_000;

const COLUMNS = 'start, terminal, service_point, c0, c1, c2, c3, repeats, estimated, excluded';

/**
 * Cells of few places: each step of time is sought by its whole key, and the rows are summed here, which costs less than
 * a statement for each cell. Where a place is closed at night most buckets are empty; they are not even sought where
 * their block is.
 */
export function readSoughtRollups(
  db: Db,
  query: RollupQuery,
  { places, range }: { places: readonly RollupPlace[]; range: RollupRange },
): RollupCell[] {
  const parts = partsOf(query, range);
  const blocks = stepsOf(parts, BLOCKS);
  const buckets = stepsOf(parts, BUCKETS);
  const rows = places.flatMap((place) => {
    const seek = seeker(db, place);
    return [...seek(blocks, BLOCKS), ...seek(usedBuckets(buckets, seek), BUCKETS)];
  });
  return summed(db, query, rows);
}

type Seek = (steps: readonly number[], grain: Grain) => RollupTuple[];

function seeker(db: Db, { terminal, servicePoint }: RollupPlace): Seek {
  return (steps, { table }) => {
    if (steps.length === 0) return [];
    const find = db
      .prepare<[string, number, number], RollupTuple>(
        `SELECT ${COLUMNS} FROM json_each(?) AS step CROSS JOIN ${table}
         WHERE start = step.value AND terminal = ? AND service_point = ?`,
      )
      .raw(true);
    const rows: RollupTuple[] = [];
    for (let from = 0; from < steps.length; from += STEPS_AT_ONCE) {
      const some = JSON.stringify(steps.slice(from, from + STEPS_AT_ONCE));
      for (const row of find.all(some, terminal, servicePoint)) rows.push(row);
    }
    return rows;
  };
}

function stepsOf(parts: ReturnType<typeof partsOf>, grain: Grain): number[] {
  const steps: number[] = [];
  for (const part of parts) {
    if (part.grain !== grain) continue;
    for (let step = part.from; step < part.to; step += grain.stepMs) steps.push(step);
  }
  return steps;
}

/** The buckets in whose block there is something. */
function usedBuckets(buckets: readonly number[], seek: Seek): number[] {
  const blockOf = (bucket: number) => bucket - (bucket % BLOCKS.stepMs);
  const used = new Set(seek([...new Set(buckets.map(blockOf))], BLOCKS).map(([start]) => start));
  return buckets.filter((bucket) => used.has(blockOf(bucket)));
}

function summed(db: Db, query: RollupQuery, rows: readonly RollupTuple[]): RollupCell[] {
  const byTerminal = query.by === 'terminal' || query.by === 'terminalAndServicePoint';
  const byPoint = query.by === 'servicePoint' || query.by === 'terminalAndServicePoint';
  const names = new RollupNames(db);
  const found = new Map<string, RollupCell>();
  for (const row of rows) {
    const start = cellStart(row[0], query);
    const key = `${start} ${byTerminal ? row[1] : ''} ${byPoint ? row[2] : ''}`;
    const known = found.get(key);
    if (known !== undefined) {
      addRow(known, row);
      continue;
    }
    const cell = toCell(start, row);
    if (byTerminal) cell.terminal = names.terminal(row[1]);
    if (byPoint && row[2] !== NO_SERVICE_POINT) cell.servicePoint = names.servicePoint(row[2]);
    found.set(key, cell);
  }
  return [...found.values()].filter(isUsed).sort(compareCells);
}
