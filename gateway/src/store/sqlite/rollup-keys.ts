import type { RollupQuery } from '../store.js';
import type { Db } from './database.js';

/** A terminal at a service point, by their keys; the service point is 0 where it stood nowhere. */
export interface RollupPlace {
  terminal: number;
  servicePoint: number;
}

/** Keys of what a query asks for. */
export interface WantedRollups {
  /** Undefined: any. */
  terminals: readonly number[] | undefined;
  /** Undefined: any. */
  points: readonly number[] | undefined;
}

/** What a query asks for. Names that nobody has are left out. */
export function wantedRollups(db: Db, query: Pick<RollupQuery, 'terminals' | 'servicePoints'>): WantedRollups {
  return {
    terminals: query.terminals && keysOf(db, 'terminals', query.terminals),
    points: query.servicePoints && keysOf(db, 'service_points', query.servicePoints),
  };
}

/** Every place of which there can be rollups, where terminals or service points are named and `most` places suffice. */
export function fewPlaces(db: Db, { terminals, points }: WantedRollups, most: number): RollupPlace[] | undefined {
  const [column, keys] =
    points === undefined ? (['terminal', terminals] as const) : (['service_point', points] as const);
  if (keys === undefined || keys.length > most) return undefined;
  const find = db.prepare<[number], RollupPlace>(
    `SELECT terminal, service_point AS servicePoint FROM rollup_places WHERE ${column} = ?`,
  );
  const places: RollupPlace[] = [];
  for (const key of keys) {
    places.push(...find.all(key).filter(({ terminal }) => terminals?.includes(terminal) !== false));
    if (places.length > most) return undefined;
  }
  return places;
}

function keysOf(db: Db, table: 'terminals' | 'service_points', ids: readonly string[]): number[] {
  const find = db.prepare<[string], { key: number }>(`SELECT key FROM ${table} WHERE id = ?`);
  return [...new Set(ids)].flatMap((id) => find.all(id).map((row) => row.key));
}

/** Ids of keys, looked up once each. */
export class RollupNames {
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
