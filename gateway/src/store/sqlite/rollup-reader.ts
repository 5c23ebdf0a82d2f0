import { cellStart, compareCells } from '../rollup-cells.js';
import { BUCKET_MS, type RollupCell, type RollupQuery } from '../store.js';
import type { Db } from './database.js';
import { NO_SERVICE_POINT } from './writer-context.js';

/** start, terminal key, service point key, c0…c3, repeats, estimated. */
type Row = [number, number, number, number, number, number, number, number, number];

/** Up to so many terminals each bucket is sought by its key; beyond it the range is read through. */
const MOST_SOUGHT_TERMINALS = 24;
const PLACE_BASE = 2 ** 20;

/**
 * Rows come in the order of their key and are summed here: SQLite would sort them before it groups, which took three
 * times as long.
 */
export function readRollups(db: Db, query: RollupQuery): RollupCell[] {
  const terminals = query.terminals && new Set(keysOf(db, 'terminals', query.terminals));
  const points = query.servicePoints && new Set(keysOf(db, 'service_points', query.servicePoints));
  const candidates = candidateTerminals(db, terminals, points);
  const byTerminal = query.by === 'terminal' || query.by === 'terminalAndServicePoint';
  const byPoint = query.by === 'servicePoint' || query.by === 'terminalAndServicePoint';
  const names = new Names(db);
  const cells: RollupCell[] = [];
  let held = new Map<number, RollupCell>();
  let heldStart = Number.NaN;
  let bucket = Number.NaN;
  for (const row of rowsOf(db, query, candidates)) {
    const [start, terminal, point] = row;
    if (points !== undefined && !points.has(point)) continue;
    if (terminals !== undefined && !terminals.has(terminal)) continue;
    if (start !== bucket) {
      bucket = start;
      const cellAt = cellStart(start, query);
      if (cellAt !== heldStart) {
        heldStart = cellAt;
        held = new Map();
      }
    }
    const place = (byTerminal ? terminal * PLACE_BASE : 0) + (byPoint ? point : 0);
    let cell = held.get(place);
    if (cell === undefined) {
      cell = { start: heldStart, ratings: [0, 0, 0, 0], repeats: 0, estimated: 0 };
      if (byTerminal) cell.terminal = names.terminal(terminal);
      if (byPoint && point !== NO_SERVICE_POINT) cell.servicePoint = names.servicePoint(point);
      held.set(place, cell);
      cells.push(cell);
    }
    addRow(cell, row);
  }
  return query.by === 'total' ? cells : cells.sort(compareCells);
}

function addRow(cell: RollupCell, row: Row): void {
  const { ratings } = cell;
  ratings[0] += row[3];
  ratings[1] += row[4];
  ratings[2] += row[5];
  ratings[3] += row[6];
  cell.repeats += row[7];
  cell.estimated += row[8];
}

/** Terminals (keys) that can have rows for the query; undefined: any. */
function candidateTerminals(
  db: Db,
  terminals: Set<number> | undefined,
  points: Set<number> | undefined,
): number[] | undefined {
  if (points === undefined) return terminals && [...terminals];
  const find = db.prepare<[number], { terminal: number }>('SELECT terminal FROM rollup_places WHERE service_point = ?');
  const found = new Set([...points].flatMap((point) => find.all(point).map((row) => row.terminal)));
  return [...found].filter((terminal) => terminals === undefined || terminals.has(terminal));
}

function rowsOf(db: Db, { from, to }: RollupQuery, candidates: readonly number[] | undefined): Iterable<Row> {
  if (candidates?.length === 0) return [];
  if (candidates === undefined || candidates.length > MOST_SOUGHT_TERMINALS) {
    return db
      .prepare<[number, number], Row>('SELECT * FROM rollups WHERE start >= ? AND start < ?')
      .raw(true)
      .all(from, to);
  }
  const edges = db
    .prepare<[number, number], { first: number | null; last: number | null }>(
      `SELECT (SELECT min(start) FROM rollups WHERE start >= ?) AS first,
              (SELECT max(start) FROM rollups WHERE start < ?) AS last`,
    )
    .get(from, to);
  if (edges === undefined || edges.first === null || edges.last === null) return [];
  return db
    .prepare<unknown[], Row>(
      `WITH RECURSIVE buckets(start) AS (SELECT CAST(? AS INTEGER) UNION ALL
         SELECT start + ${BUCKET_MS} FROM buckets WHERE start + ${BUCKET_MS} <= ?)
       SELECT r.* FROM buckets b CROSS JOIN rollups r ON r.start = b.start AND r.terminal IN (${candidates.map(() => '?').join()})`,
    )
    .raw(true)
    .all(edges.first, edges.last, ...candidates);
}

function keysOf(db: Db, table: 'terminals' | 'service_points', ids: readonly string[]): number[] {
  const find = db.prepare<[string], { key: number }>(`SELECT key FROM ${table} WHERE id = ?`);
  return ids.flatMap((id) => find.all(id).map((row) => row.key));
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
