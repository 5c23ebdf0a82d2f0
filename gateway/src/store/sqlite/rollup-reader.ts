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

/** A table of counts by time, and how long its steps are, ms. */
type Grain = { table: 'rollups' | 'rollup_blocks'; stepMs: number };
const BUCKETS: Grain = { table: 'rollups', stepMs: BUCKET_MS };
const BLOCKS: Grain = { table: 'rollup_blocks', stepMs: 24 * BUCKET_MS };
type Source = (columns: string, grain: Grain) => string;

/** A stretch of a cell that is read from one table. */
interface Part {
  /** Of the cell. */
  start: number;
  from: number;
  to: number;
  grain: Grain;
}

/**
 * Sums rollups in SQLite. Totals are grouped by the bucket, the head of the key, so nothing is sorted; the other
 * groupings are asked cell by cell, so that only what one cell holds is sorted. A cell of six hours or more is read from
 * the six-hour blocks within it and the buckets at its ends.
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
  const prepare = (grain: Grain) =>
    db.prepare<Range, Row>(`${source(columns, grain)} GROUP BY ${groups.join()}`).raw(true);
  const statements = { rollups: prepare(BUCKETS), rollup_blocks: prepare(BLOCKS) };
  const names = new Names(db);
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

/** A block keeps its row when everything in it has been taken back. */
function isUsed({ ratings, repeats, excluded }: RollupCell): boolean {
  return repeats > 0 || excluded > 0 || ratings.some((count) => count > 0);
}

function totals(db: Db, query: RollupQuery, source: Source, range: Range): RollupCell[] {
  const cells: RollupCell[] = [];
  const prepare = (grain: Grain) =>
    db.prepare<Range, Row>(`${source(`start, 0, 0, ${SUMS}`, grain)} GROUP BY start ORDER BY start`).raw(true);
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
function sourceOf(db: Db, query: RollupQuery): Source | undefined {
  const terminals = query.terminals && keysOf(db, 'terminals', query.terminals);
  const points = query.servicePoints && keysOf(db, 'service_points', query.servicePoints);
  const candidates = candidateTerminals(db, terminals, points);
  if (candidates?.length === 0) return undefined;
  const atPoints = points === undefined ? '' : `AND service_point IN (${points.join()})`;
  if (candidates === undefined || candidates.length > MOST_SOUGHT_TERMINALS) {
    const ofTerminals = candidates === undefined ? '' : `AND terminal IN (${candidates.join()})`;
    return (columns, { table }) =>
      `SELECT ${columns} FROM ${table} WHERE start >= ? AND start < ? ${ofTerminals} ${atPoints}`;
  }
  return (columns, { table, stepMs }) => `WITH RECURSIVE steps(step) AS (SELECT CAST(? AS INTEGER)
      UNION ALL SELECT step + ${stepMs} FROM steps WHERE step + ${stepMs} < ?)
    SELECT ${columns} FROM steps CROSS JOIN ${table}
    WHERE start = step AND terminal IN (${candidates.join()}) ${atPoints}`;
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

/** Whether the cells are so long that it pays to read blocks. */
function isLong({ step }: RollupQuery): boolean {
  return step === 'whole' || step.stepMs >= BLOCKS.stepMs;
}

/** The cells that a range touches, each with its part of the range, or its parts. */
function partsOf(query: RollupQuery, [from, to]: Range): Part[] {
  if (query.step === 'whole') return partsOfLong(query.from, from, to);
  const parts: Part[] = [];
  for (let start = cellStart(from, query); start < to; start += query.step.stepMs) {
    const [first, end] = [Math.max(start, from), Math.min(start + query.step.stepMs, to)];
    if (isLong(query)) parts.push(...partsOfLong(start, first, end));
    else parts.push({ start, from: first, to: end, grain: BUCKETS });
  }
  return parts;
}

/** Buckets up to the first block, blocks, buckets after the last. */
function partsOfLong(start: number, from: number, to: number): Part[] {
  const first = Math.ceil(from / BLOCKS.stepMs) * BLOCKS.stepMs;
  const last = Math.floor(to / BLOCKS.stepMs) * BLOCKS.stepMs;
  if (first >= last) return [{ start, from, to, grain: BUCKETS }];
  const parts = [
    { start, from, to: first, grain: BUCKETS },
    { start, from: first, to: last, grain: BLOCKS },
    { start, from: last, to, grain: BUCKETS },
  ];
  return parts.filter((part) => part.from < part.to);
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
