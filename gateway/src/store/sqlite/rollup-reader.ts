import { cellStart, compareCells } from '../rollup-cells.js';
import { BUCKET_MS, type RollupCell, type RollupQuery } from '../store.js';
import type { Db } from './database.js';
import { addRow, isUsed, type RollupTuple, toCell } from './rollup-cell-rows.js';
import { fewPlaces, RollupNames, type WantedRollups, wantedRollups } from './rollup-keys.js';
import { BLOCKS, BUCKETS, type Grain, isLong, partsOf, type RollupRange } from './rollup-parts.js';
import { readSoughtRollups } from './sought-rollups.js';
import { NO_SERVICE_POINT } from './writer-context.js';

/** Up to so many terminals at service points each step is sought by its key; beyond it the range is read through. */
const MOST_SOUGHT_PLACES = 24;

const SUMS = 'sum(c0), sum(c1), sum(c2), sum(c3), sum(repeats), sum(estimated), sum(excluded)';

type Source = (columns: string, grain: Grain) => string;

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
  const source = sourceOf(wanted);
  if (query.by === 'total') return totals(db, query, source, range);
  const byTerminal = query.by !== 'servicePoint';
  const byPoint = query.by !== 'terminal';
  const columns = `0, ${byTerminal ? 'terminal' : 0}, ${byPoint ? 'service_point' : 0}, ${SUMS}`;
  const groups = [byTerminal ? 'terminal' : '', byPoint ? 'service_point' : ''].filter((column) => column !== '');
  const prepare = (grain: Grain) =>
    db.prepare<RollupRange, RollupTuple>(`${source(columns, grain)} GROUP BY ${groups.join()}`).raw(true);
  const statements = { rollups: prepare(BUCKETS), rollup_blocks: prepare(BLOCKS) };
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
    for (const row of statements[part.grain.table].all(part.from, part.to)) {
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

function totals(db: Db, query: RollupQuery, source: Source, range: RollupRange): RollupCell[] {
  const cells: RollupCell[] = [];
  const prepare = (grain: Grain) =>
    db
      .prepare<RollupRange, RollupTuple>(`${source(`start, 0, 0, ${SUMS}`, grain)} GROUP BY start ORDER BY start`)
      .raw(true);
  const statements = { rollups: prepare(BUCKETS), rollup_blocks: prepare(BLOCKS) };
  const [first, end] = range;
  const parts = isLong(query) ? partsOf(query, range) : [{ from: first, to: end, grain: BUCKETS }];
  for (const { from, to, grain } of parts) {
    for (const row of statements[grain.table].all(from, to)) {
      const start = cellStart(row[0], query);
      const last = cells.at(-1);
      if (last?.start === start) addRow(last, row);
      else cells.push(toCell(start, row));
    }
  }
  return cells.filter(isUsed);
}

/** The statement that reads what the filters let through, with `start` from and to as parameters. */
function sourceOf({ terminals, points }: WantedRollups): Source {
  const ofTerminals = terminals === undefined ? '' : `AND terminal IN (${terminals.join()})`;
  const atPoints = points === undefined ? '' : `AND service_point IN (${points.join()})`;
  return (columns, { table }) =>
    `SELECT ${columns} FROM ${table} WHERE start >= ? AND start < ? ${ofTerminals} ${atPoints}`;
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
