import type { SuspectCount } from '../store.js';
import type { Db } from './database.js';
import { suspicionOfCode } from './press-codes.js';

/** From the index of these presses alone: nearly always there is none. */
const COUNTS = `SELECT t.id, s.id, p.suspect, count(*) FROM presses p JOIN terminals t ON t.key = p.terminal
  LEFT JOIN service_points s ON s.key = p.service_point WHERE p.suspect > 0 AND p.counted_at >= ? AND p.counted_at < ?
  GROUP BY t.id, s.id, p.suspect ORDER BY t.id, s.id, p.suspect`;

/** Presses counted in [from, to) that no panel can have sent, repeats and excluded ones too. */
export function readSuspects(db: Db, from: number, to: number): SuspectCount[] {
  const rows = db.prepare<[number, number], [string, string | null, number, number]>(COUNTS).raw().all(from, to);
  return rows.flatMap(([terminal, servicePoint, suspect, presses]) => {
    const why = suspicionOfCode(suspect);
    return why === undefined ? [] : [{ terminal, ...(servicePoint !== null && { servicePoint }), why, presses }];
  });
}
