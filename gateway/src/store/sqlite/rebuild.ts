import type { RebuildResult } from '../store.js';
import type { HeldPress } from './press-rows.js';
import { differs, judge, STRETCH_MS } from './recount.js';
import { addTo, bucketOf, type CountRow } from './rollup-deltas.js';
import type { WriterContext } from './writer-context.js';

type RollupRow = [number, number, number, ...CountRow];

/**
 * Computes marks and rollups from the raw presses and the registry alone, and puts right what differs; buckets before
 * `rawFrom` stay. Runs inside the caller's transaction. Goes by days, so its memory does not grow with the store.
 */
export function rebuildRollups(context: WriterContext): RebuildResult {
  const { db, rawFrom, rows } = context;
  const terminals = new Map<number, { id: string; last: number }>();
  const list = db.prepare<[], { key: number; id: string; anchorAt: number | null }>(
    'SELECT key, id, anchor_at AS anchorAt FROM terminals',
  );
  for (const { key, id, anchorAt } of list.all()) terminals.set(key, { id, last: anchorAt ?? -Infinity });
  const result: RebuildResult = { buckets: 0, changed: 0 };
  const present = rangeOf(context);
  if (present === undefined) return result;
  for (let from = bucketOf(Math.max(rawFrom, present.first)); from <= present.last; from += STRETCH_MS) {
    const expected = new Map<string, RollupRow>();
    for (const press of rows.heldByAll(from, from + STRETCH_MS)) {
      const terminal = terminals.get(press.terminal);
      if (terminal === undefined) throw new Error(`press ${press.arrival} is of no terminal`);
      const mark = judge(context, terminal.id, terminal.last, press);
      if (!mark.repeat) terminal.last = press.countedAt;
      if (differs(mark, press)) rows.mark(press.arrival, mark);
      count(expected, { ...press, ...mark });
    }
    const { buckets, changed } = putRight(context, from, from + STRETCH_MS, expected);
    result.buckets += buckets;
    result.changed += changed;
  }
  return result;
}

/** Where presses or rollups are, from `rawFrom` on. */
function rangeOf({ db, rawFrom, rows }: WriterContext): { first: number; last: number } | undefined {
  const presses = rows.countedRange(rawFrom);
  const rollups = db
    .prepare<[number], { first: number | null; last: number | null }>(
      'SELECT min(start) AS first, max(start) AS last FROM rollups WHERE start >= ?',
    )
    .get(rawFrom);
  const firsts = [presses?.first, rollups?.first].filter((at) => typeof at === 'number');
  const lasts = [presses?.last, rollups?.last].filter((at) => typeof at === 'number');
  return firsts.length === 0 ? undefined : { first: Math.min(...firsts), last: Math.max(...lasts) };
}

function count(rollups: Map<string, RollupRow>, press: HeldPress): void {
  const start = bucketOf(press.countedAt);
  const place = `${start} ${press.terminal} ${press.servicePoint}`;
  const row = rollups.get(place) ?? [start, press.terminal, press.servicePoint, 0, 0, 0, 0, 0, 0, 0];
  const [, , , ...counts] = row;
  addTo(counts, press, 1);
  rollups.set(place, [start, press.terminal, press.servicePoint, ...counts]);
}

function putRight({ db }: WriterContext, from: number, to: number, expected: Map<string, RollupRow>): RebuildResult {
  const present = db
    .prepare<[number, number], RollupRow>('SELECT * FROM rollups WHERE start >= ? AND start < ?')
    .raw(true);
  const remove = db.prepare('DELETE FROM rollups WHERE start = ? AND terminal = ? AND service_point = ?');
  const insert = db.prepare('INSERT INTO rollups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const place = db.prepare('INSERT OR IGNORE INTO rollup_places VALUES (?, ?)');
  const missing = new Map(expected);
  const result: RebuildResult = { buckets: expected.size, changed: 0 };
  for (const row of present.all(from, to)) {
    const [start, terminal, servicePoint] = row;
    const name = `${start} ${terminal} ${servicePoint}`;
    const wanted = expected.get(name);
    if (wanted === undefined) result.buckets++;
    if (wanted?.every((value, index) => value === row[index])) {
      missing.delete(name);
      continue;
    }
    remove.run(start, terminal, servicePoint);
    if (wanted === undefined) result.changed++;
  }
  for (const row of missing.values()) {
    insert.run(...row);
    place.run(row[2], row[1]);
    result.changed++;
  }
  return result;
}
