import type { Rating } from '@hymio/protocol';
import type { PressPage, PressQuery, StoredPress } from '../store.js';
import type { Db } from './database.js';
import { clockOfCode, suspicionOfCode } from './press-codes.js';

type Row = [
  arrival: number,
  terminal: string,
  epoch: string,
  seq: number,
  at: number | null,
  countedAt: number,
  rating: Rating,
  clock: number,
  uncertaintyMs: number | null,
  receivedAt: number,
  repeat: number,
  servicePoint: string | null,
  excluded: number,
  suspect: number,
];

const PRESSES = `SELECT p.arrival, t.id, e.id, p.seq, p.at, p.counted_at, p.rating, p.clock, p.uncertainty_ms,
  p.received_at, p.repeat, s.id, p.excluded, p.suspect FROM presses p JOIN terminals t ON t.key = p.terminal JOIN epochs e ON e.key = p.epoch
  LEFT JOIN service_points s ON s.key = p.service_point`;

/** A page of raw presses in order of arrival. */
export function readPresses(db: Db, { terminal, servicePoints, after = 0, limit }: PressQuery): PressPage {
  const key = terminal === undefined ? undefined : keyOf(db, terminal);
  if (terminal !== undefined && key === undefined) return { presses: [] };
  const conditions = [
    'p.arrival > @after',
    ...(key === undefined ? [] : ['+p.terminal = @key']),
    ...(servicePoints === undefined ? [] : ['s.id IN (SELECT value FROM json_each(@points))']),
  ];
  const rows = db
    .prepare<[object], Row>(`${PRESSES} WHERE ${conditions.join(' AND ')} ORDER BY p.arrival LIMIT @limit`)
    .raw(true)
    .all({ after, key, points: JSON.stringify(servicePoints ?? []), limit });
  const next = rows.at(-1)?.[0];
  return { presses: rows.map(toPress), ...(next !== undefined && { next }) };
}

function keyOf(db: Db, terminal: string): number | undefined {
  return db.prepare<[string], { key: number }>('SELECT key FROM terminals WHERE id = ?').get(terminal)?.key;
}

function toPress(row: Row): StoredPress {
  const [, terminal, epoch, seq, at, countedAt, rating, clock, uncertaintyMs, receivedAt] = row;
  const [repeat, servicePoint, excluded, suspect] = row.slice(10) as [Row[10], Row[11], Row[12], Row[13]];
  const suspicion = suspicionOfCode(suspect);
  return {
    terminal,
    epoch,
    seq,
    at: at ?? countedAt,
    countedAt,
    rating,
    clock: clockOfCode(clock),
    ...(uncertaintyMs !== null && { uncertaintyMs }),
    receivedAt,
    repeat: repeat === 1,
    excluded: excluded === 1,
    ...(suspicion !== undefined && { suspect: suspicion }),
    ...(servicePoint !== null && { servicePoint }),
  };
}
