import type { Db } from './database.js';

/** Facts about the whole store. */
export type MetaName =
  /** Raw presses counted before it are gone, UTC ms. */
  | 'raw-from'
  /** Arrival numbers up to it may have been used. */
  | 'last-arrival'
  /** Set in a backup: when it was made, UTC ms. */
  | 'copied-at'
  /** Last successful test that the store can be written, UTC ms. */
  | 'checked-at';

export function readMeta(db: Db, name: MetaName): number | undefined {
  const row = db.prepare<[string], { value: number }>('SELECT value FROM meta WHERE name = ?').get(name);
  return row?.value;
}

export function writeMeta(db: Db, name: MetaName, value: number): void {
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(name, value);
}

export function removeMeta(db: Db, name: MetaName): void {
  db.prepare('DELETE FROM meta WHERE name = ?').run(name);
}
