import { cellStart, compareCells } from '../rollup-cells.js';
import { BUCKET_MS, type RollupCell, type RollupQuery } from '../store.js';
import type { Db } from './database.js';
import { addRow, isUsed, type RollupTuple, toCell } from './rollup-cell-rows.js';
import { fewPlaces, RollupNames, type WantedRollups, wantedRollups } from './rollup-keys.js';
import { BUCKETS, isLong, type Part, partsOf, type RollupRange } from './rollup-parts.js';
import { readSoughtRollups } from './sought-rollups.js';
import { NO_SERVICE_POINT } from './writer-context.js';

/** Up to so many terminals at service points each step is sought by its key; beyond it the range is read through. */
const MOST_SOUGHT_PLACES = 24;

/** So many steps of places are sought one by one sooner than a day of all terminals is read through. */
const MOST_SEEKS = 20_000;

const SUMS = 'sum(c0), sum(c1), sum(c2), sum(c3), sum(repeats), sum(estimated), sum(excluded)';

/** Reads steps from…to of the query; what else it filters by is bound with it, so that there is one statement for all. */
type Read = (part: Pick<Part, 'from' | 'to' | 'grain'>) => RollupTuple[];

/**
 * Sums rollups. Those of few places are sought (`sought-rollups.ts`). Of many SQLite sums: totals are grouped by the
 * bucket, the head of the key, so nothing is sorted; the other groupings are asked cell by cell, so that only what one
 * cell holds is sorted. A cell of six hours or more is read from the six-hour blocks within it and the buckets at its
 * ends.
 */
export function readRollups(db: Db, query: RollupQuery): RollupCell[] {
  const wanted = wantedRollups(db, query);
  const range = presentRange(db, query);
  if (range === undefined) return [];
  const places = fewPlaces(db, wanted, MOST_SOUGHT_PLACES);
  if (places !== undefined) return readSoughtRollups(db, query, { places, range });
  if (query.by === 'total') return totals(db, query, wanted, range);
  const byTerminal = query.by !== 'servicePoint';
  const byPoint = query.by !== 'terminal';
  const columns = `0, ${byTerminal ? 'r.terminal' : 0}, ${byPoint ? 'r.service_point' : 0}, ${SUMS}`;
  const groups = [byTerminal ? 'r.terminal' : '', byPoint ? 'r.service_point' : ''].filter((column) => column !== '');
  const read = reader(db, wanted, { columns, rest: `GROUP BY ${groups.join()}` });
  const names = new RollupNames(db);
  const cells: RollupCell[] = [];
  let found = new Map<string, RollupCell>();
  let start = Number.NaN;
  const finish = () => cells.push(...[...found.values()].filter(isUsed).sort(compareCells));
  for (const part of partsOf(query, range)) {
    if (part.start !== start) {
      finish();
      found = new Map();
      start = part.start;
    }
    for (const row of read(part)) {
      const key = `${row[1]} ${row[2]}`;
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
  }
  finish();
  return cells;
}

function totals(db: Db, query: RollupQuery, wanted: WantedRollups, range: RollupRange): RollupCell[] {
  const cells: RollupCell[] = [];
  const read = reader(db, wanted, { columns: `start, 0, 0, ${SUMS}`, rest: 'GROUP BY start ORDER BY start' });
  const [first, end] = range;
  const parts = isLong(query) ? partsOf(query, range) : [{ from: first, to: end, grain: BUCKETS }];
  for (const part of parts) {
    for (const row of read(part)) {
      const start = cellStart(row[0], query);
      const last = cells.at(-1);
      if (last?.start === start) addRow(last, row);
      else cells.push(toCell(start, row));
    }
  }
  return cells.filter(isUsed);
}

/** Reads what the filters let through: what the terminals named have few steps of is sought, else all is looked through. */
function reader(
  db: Db,
  { terminals, points }: WantedRollups,
  { columns, rest }: { columns: string; rest: string },
): Read {
  const keys = { terminals: JSON.stringify(terminals ?? []), points: JSON.stringify(points ?? []) };
  const atPoints = points === undefined ? '' : 'AND r.service_point IN (SELECT value FROM json_each(@points))';
  const ofTerminals = terminals === undefined ? '' : 'AND r.terminal IN (SELECT value FROM json_each(@terminals))';
  return ({ from, to, grain: { table, stepMs } }) => {
    const isSought = terminals !== undefined && terminals.length * ((to - from) / stepMs) <= MOST_SEEKS;
    const source = isSought
      ? `WITH RECURSIVE step(at) AS (SELECT @from UNION ALL SELECT at + ${stepMs} FROM step WHERE at + ${stepMs} < @to)
         SELECT ${columns} FROM rollup_places AS p CROSS JOIN step CROSS JOIN ${table} AS r
         ON r.start = step.at AND r.terminal = p.terminal AND r.service_point = p.service_point
         WHERE p.terminal IN (SELECT value FROM json_each(@terminals)) ${atPoints}`
      : `SELECT ${columns} FROM ${table} AS r WHERE r.start >= @from AND r.start < @to ${ofTerminals} ${atPoints}`;
    return db
      .prepare<[object], RollupTuple>(`${source} ${rest}`)
      .raw(true)
      .all({ from, to, ...keys });
  };
}

/** The part of the query's range in which there are rollups at all; both ends multiples of a bucket. */
function presentRange(db: Db, { from, to }: RollupQuery): RollupRange | undefined {
  const edges = db
    .prepare<RollupRange, { first: number | null; last: number | null }>(
      `SELECT (SELECT min(start) FROM rollups WHERE start >= ?) AS first,
              (SELECT max(start) FROM rollups WHERE start < ?) AS last`,
    )
    .get(from, to);
  if (edges === undefined || edges.first === null || edges.last === null || edges.first > edges.last) return undefined;
  return [edges.first, edges.last + BUCKET_MS];
}
