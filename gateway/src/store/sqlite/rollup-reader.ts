import { cellStart, compareCells } from '../rollup-cells.js';
import { BUCKET_MS, type RollupCell, type RollupQuery } from '../store.js';
import type { Db } from './database.js';
import { NO_SERVICE_POINT } from './writer-context.js';

/** Up to so many terminals each bucket is sought by its key; beyond it the range is read through. */
const MOST_SOUGHT_TERMINALS = 24;

const SUMS = 'sum(c0), sum(c1), sum(c2), sum(c3), sum(repeats), sum(estimated), sum(excluded)';

/** Bucket or cell, terminal key, service point key (0 where not asked for), c0…c3, repeats, estimated, excluded. */
type Row = [number, number, number, number, number, number, number, number, number, number];
type Range = [from: number, to: number];

/**
 * Sums rollups in SQLite. Totals are grouped by the bucket, the head of the key, so nothing is sorted; the other
 * groupings are asked cell by cell, so that only what one cell holds is sorted.
 */
export function readRollups(db: Db, query: RollupQuery): RollupCell[] {
  const source = sourceOf(db, query);
  const range = presentRange(db, query);
  if (source === undefined || range === undefined) return [];
  if (query.by === 'total') return totals(db, query, source, range);
  const byTerminal = query.by !== 'servicePoint';
  const byPoint = query.by !== 'terminal';
  const columns = `0, ${byTerminal ? 'terminal' : 0}, ${byPoint ? 'service_point' : 0}, ${SUMS}`;
  const groups = [byTerminal ? 'terminal' : '', byPoint ? 'service_point' : ''].filter((column) => column !== '');
  const statement = db.prepare<Range, Row>(`${source(columns)} GROUP BY ${groups.join()}`).raw(true);
  const names = new Names(db);
  const cells: RollupCell[] = [];
  for (const { start, from, to } of cellRanges(query, range)) {
    const found: RollupCell[] = [];
    for (const row of statement.all(from, to)) {
      const cell = toCell(start, row);
      if (byTerminal) cell.terminal = names.terminal(row[1]);
      if (byPoint && row[2] !== NO_SERVICE_POINT) cell.servicePoint = names.servicePoint(row[2]);
      found.push(cell);
    }
    cells.push(...found.sort(compareCells));
  }
  return cells;
}

function totals(db: Db, query: RollupQuery, source: (columns: string) => string, [from, to]: Range): RollupCell[] {
  const rows = db.prepare<Range, Row>(`${source(`start, 0, 0, ${SUMS}`)} GROUP BY start ORDER BY start`).raw(true);
  const cells: RollupCell[] = [];
  for (const row of rows.all(from, to)) {
    const start = cellStart(row[0], query);
    const last = cells.at(-1);
    if (last?.start === start) addRow(last, row);
    else cells.push(toCell(start, row));
  }
  return cells;
}

function toCell(start: number, row: Row): RollupCell {
  return { start, ratings: [row[3], row[4], row[5], row[6]], repeats: row[7], estimated: row[8], excluded: row[9] };
}

function addRow(cell: RollupCell, row: Row): void {
  const { ratings } = cell;
  ratings[0] += row[3];
  ratings[1] += row[4];
  ratings[2] += row[5];
  ratings[3] += row[6];
  cell.repeats += row[7];
  cell.estimated += row[8];
  cell.excluded += row[9];
}

/** The statement that reads what the filters let through, with `start` from and to as parameters; undefined: nothing. */
function sourceOf(db: Db, query: RollupQuery): ((columns: string) => string) | undefined {
  const terminals = query.terminals && keysOf(db, 'terminals', query.terminals);
  const points = query.servicePoints && keysOf(db, 'service_points', query.servicePoints);
  const candidates = candidateTerminals(db, terminals, points);
  if (candidates?.length === 0) return undefined;
  const atPoints = points === undefined ? '' : `AND service_point IN (${points.join()})`;
  if (candidates === undefined || candidates.length > MOST_SOUGHT_TERMINALS) {
    const ofTerminals = candidates === undefined ? '' : `AND terminal IN (${candidates.join()})`;
    return (columns) => `SELECT ${columns} FROM rollups WHERE start >= ? AND start < ? ${ofTerminals} ${atPoints}`;
  }
  return (columns) => `WITH RECURSIVE buckets(bucket) AS (SELECT CAST(? AS INTEGER)
      UNION ALL SELECT bucket + ${BUCKET_MS} FROM buckets WHERE bucket + ${BUCKET_MS} < ?)
    SELECT ${columns} FROM buckets CROSS JOIN rollups
    WHERE start = bucket AND terminal IN (${candidates.join()}) ${atPoints}`;
}

/** Terminals (keys) that can have rows for the query; undefined: any. */
function candidateTerminals(
  db: Db,
  terminals: number[] | undefined,
  points: number[] | undefined,
): number[] | undefined {
  if (points === undefined) return terminals;
  const find = db.prepare<[number], { terminal: number }>('SELECT terminal FROM rollup_places WHERE service_point = ?');
  const found = new Set(points.flatMap((point) => find.all(point).map((row) => row.terminal)));
  return terminals === undefined ? [...found] : terminals.filter((terminal) => found.has(terminal));
}

/** The part of the query's range in which there are rollups at all; both ends multiples of a bucket. */
function presentRange(db: Db, { from, to }: RollupQuery): Range | undefined {
  const edges = db
    .prepare<Range, { first: number | null; last: number | null }>(
      `SELECT (SELECT min(start) FROM rollups WHERE start >= ?) AS first,
              (SELECT max(start) FROM rollups WHERE start < ?) AS last`,
    )
    .get(from, to);
  if (edges === undefined || edges.first === null || edges.last === null || edges.first > edges.last) return undefined;
  return [edges.first, edges.last + BUCKET_MS];
}

/** The cells that a range touches, each with its part of the range. */
function cellRanges(query: RollupQuery, [from, to]: Range): { start: number; from: number; to: number }[] {
  if (query.step === 'whole') return [{ start: query.from, from, to }];
  const cells: { start: number; from: number; to: number }[] = [];
  for (let start = cellStart(from, query); start < to; start += query.step.stepMs) {
    cells.push({ start, from: Math.max(start, from), to: Math.min(start + query.step.stepMs, to) });
  }
  return cells;
}

function keysOf(db: Db, table: 'terminals' | 'service_points', ids: readonly string[]): number[] {
  const find = db.prepare<[string], { key: number }>(`SELECT key FROM ${table} WHERE id = ?`);
  return [...new Set(ids)].flatMap((id) => find.all(id).map((row) => row.key));
}

/** Ids of keys, looked up once each. */
class Names {
  private readonly terminals = new Map<number, string>();
  private readonly servicePoints = new Map<number, string>();
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  terminal(key: number): string {
    return lookUp(this.db, 'terminals', this.terminals, key);
  }

  servicePoint(key: number): string {
    return lookUp(this.db, 'service_points', this.servicePoints, key);
  }
}

function lookUp(db: Db, table: 'terminals' | 'service_points', held: Map<number, string>, key: number): string {
  const known = held.get(key);
  if (known !== undefined) return known;
  const row = db.prepare<[number], { id: string }>(`SELECT id FROM ${table} WHERE key = ?`).get(key);
  if (row === undefined) throw new Error(`rollups name key ${key}, which ${table} lacks`);
  held.set(key, row.id);
  return row.id;
}
