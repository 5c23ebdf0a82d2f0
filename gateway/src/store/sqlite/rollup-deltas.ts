import { BUCKET_MS } from '../store.js';
import type { Db } from './database.js';

/** c0…c3, repeats, estimated, excluded. */
export type CountRow = [number, number, number, number, number, number, number];

/** A press as the rollups see it. */
export interface Countable {
  countedAt: number;
  rating: number;
  repeat: boolean;
  estimated: boolean;
  excluded: boolean;
}

const PLACE_BASE = 2 ** 20;

/** Start of the bucket of an instant, UTC ms. */
export function bucketOf(countedAt: number): number {
  return Math.floor(countedAt / BUCKET_MS) * BUCKET_MS;
}

/** Adds a press to a row of counts, or takes it away (sign -1). */
export function addTo(counts: CountRow, press: Countable, sign: 1 | -1): void {
  if (press.excluded) {
    counts[6] += sign;
    return;
  }
  if (press.repeat) {
    counts[4] += sign;
    return;
  }
  counts[press.rating as 0 | 1 | 2 | 3] += sign;
  if (press.estimated) counts[5] += sign;
}

/** Changes of rollups in memory, by (bucket, terminal, service point), written once each when the group commits. */
export class RollupDeltas {
  private readonly buckets = new Map<number, Map<number, CountRow>>();
  /** By a terminal, a service point of which the table of places knows; a number each, for there are many. */
  private readonly knownPlace: number[] = [];
  private taken = false;
  /** What the press before was added to: those of a batch lie close together. */
  private last: { start: number; place: number; counts: CountRow } | undefined;
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
    const rows = db
      .prepare<[], { servicePoint: number; terminal: number }>(
        'SELECT service_point AS servicePoint, terminal FROM rollup_places',
      )
      .all();
    for (const row of rows) this.knownPlace[row.terminal] = row.servicePoint;
    this.upsert = db.prepare(
      `INSERT INTO rollups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET c0 = c0 + excluded.c0,
       c1 = c1 + excluded.c1, c2 = c2 + excluded.c2, c3 = c3 + excluded.c3, repeats = repeats + excluded.repeats,
       estimated = estimated + excluded.estimated, excluded = excluded + excluded.excluded`,
    );
  }
  private readonly upsert;

  /** `terminal` and `servicePoint` are keys. */
  add(terminal: number, servicePoint: number, press: Countable, sign: 1 | -1): void {
    if (sign < 0) this.taken = true;
    addTo(this.countsOf(bucketOf(press.countedAt), terminal * PLACE_BASE + servicePoint), press, sign);
  }

  private countsOf(start: number, place: number): CountRow {
    const { last } = this;
    if (last !== undefined && last.start === start && last.place === place) return last.counts;
    let bucket = this.buckets.get(start);
    if (bucket === undefined) {
      bucket = new Map();
      this.buckets.set(start, bucket);
    }
    let counts = bucket.get(place);
    if (counts === undefined) {
      counts = [0, 0, 0, 0, 0, 0, 0];
      bucket.set(place, counts);
    }
    this.last = { start, place, counts };
    return counts;
  }

  /** Writes all changes; call inside the transaction. */
  flush(): void {
    for (const [start, bucket] of this.buckets) {
      for (const [place, counts] of bucket) {
        if (counts.every((count) => count === 0)) continue;
        const terminal = Math.floor(place / PLACE_BASE);
        const servicePoint = place % PLACE_BASE;
        const [c0, c1, c2, c3, repeats, estimated, excluded] = counts;
        // One by one: to spread a list into the call costs more than what it writes.
        this.upsert.run(start, terminal, servicePoint, c0, c1, c2, c3, repeats, estimated, excluded);
        if (this.taken) this.removeEmpty(start, terminal, servicePoint);
        if (this.knownPlace[terminal] !== servicePoint) this.addPlace(terminal, servicePoint);
      }
    }
    this.buckets.clear();
    this.last = undefined;
    this.taken = false;
  }

  private removeEmpty(start: number, terminal: number, servicePoint: number): void {
    this.db
      .prepare(
        `DELETE FROM rollups WHERE start = ? AND terminal = ? AND service_point = ?
         AND c0 = 0 AND c1 = 0 AND c2 = 0 AND c3 = 0 AND repeats = 0 AND excluded = 0`,
      )
      .run(start, terminal, servicePoint);
  }

  private addPlace(terminal: number, servicePoint: number): void {
    this.db.prepare('INSERT OR IGNORE INTO rollup_places VALUES (?, ?)').run(servicePoint, terminal);
    this.knownPlace[terminal] = servicePoint;
  }
}
