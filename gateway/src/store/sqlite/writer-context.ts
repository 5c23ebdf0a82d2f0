import type { Exclusion } from '../../exclusions/exclusion.js';
import type { Registry } from '../../registry/registry.js';
import { RegistryIndex } from '../../registry/registry-index.js';
import type { Db } from './database.js';
import { deepFreeze } from './deep-freeze.js';
import { readExclusions } from './exclusion-rows.js';
import { readMeta } from './meta.js';
import { PressRows } from './press-rows.js';
import { readRegistry } from './registry-rows.js';
import { RollupDeltas } from './rollup-deltas.js';
import { WriterCache } from './writer-cache.js';

/** Key of "unassigned" where a service point's key is wanted. */
export const NO_SERVICE_POINT = 0;

/** What all writing of one connection shares. Made anew after a failed write, so that memory never differs from disk: but for the registry, where the write did not touch it. */
export interface WriterContext {
  readonly db: Db;
  readonly cache: WriterCache;
  readonly rows: PressRows;
  readonly deltas: RollupDeltas;
  /** Frozen: it is what everybody who asks the store gets. */
  registry: Registry;
  /** Those in force. */
  exclusions: readonly Exclusion[];
  places: RegistryIndex;
  servicePointKeys: ReadonlyMap<string, number>;
  /** Raw presses counted before it are gone, UTC ms. */
  rawFrom: number;
  nextArrival: number;
}

/** Reads everything from the file, but for the registry where it is known to be as it was. */
export function makeContext(db: Db, known?: Registry): WriterContext {
  const rows = new PressRows(db);
  const registry = known ?? deepFreeze(readRegistry(db));
  const exclusions = readExclusions(db, { inForce: true });
  const context: WriterContext = {
    db,
    cache: new WriterCache(db, (terminal) => context.places.sameId(terminal)),
    rows,
    deltas: new RollupDeltas(db),
    registry,
    exclusions,
    places: new RegistryIndex(registry, exclusions),
    servicePointKeys: readServicePointKeys(db, registry),
    rawFrom: readMeta(db, 'raw-from') ?? 0,
    nextArrival: Math.max(rows.newestArrival(), readMeta(db, 'last-arrival') ?? 0) + 1,
  };
  return context;
}

/** Keys by the very ids that the registry holds. */
export function readServicePointKeys(db: Db, { servicePoints }: Registry): ReadonlyMap<string, number> {
  const rows = db.prepare<[], { id: string; key: number }>('SELECT id, key FROM service_points').all();
  const keys = new Map(rows.map(({ id, key }) => [id, key]));
  return new Map(servicePoints.map(({ id }) => [id, keys.get(id) ?? NO_SERVICE_POINT]));
}
