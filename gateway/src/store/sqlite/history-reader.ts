import { HOURS_OF_WEEK } from '../../terminals/usual-rates.js';
import type { FaultSpan, HourOfWeekCounts, PresenceSpan } from '../store.js';
import type { Db } from './database.js';

interface Wanted {
  from: number;
  to: number;
  terminal: string | null;
}

/** Spans of work that touch [from, to), UTC ms, by terminal and time. */
export function readPresence(db: Db, from: number, to: number, terminal?: string): PresenceSpan[] {
  // Spans of a terminal do not overlap: only the last that began before the range can reach into it.
  return db
    .prepare<[Wanted], PresenceSpan>(
      `SELECT t.id AS terminal, p.from_at AS "from", p.to_at AS "to" FROM terminals t CROSS JOIN presence p
       ON p.terminal = t.key AND p.from_at < @to AND p.from_at >= ifnull(
         (SELECT max(from_at) FROM presence q WHERE q.terminal = t.key AND q.from_at <= @from), @from)
       WHERE p.to_at >= @from ${terminal === undefined ? '' : 'AND t.id = @terminal'} ORDER BY t.id, p.from_at`,
    )
    .all({ from, to, terminal: terminal ?? null });
}

/** Faults told of in [from, to), UTC ms, by terminal, time and code. */
export function readFaultSpans(db: Db, from: number, to: number, terminal?: string): FaultSpan[] {
  return db
    .prepare<[Wanted], FaultSpan>(
      `SELECT t.id AS terminal, f.code, f.from_at AS "from", f.to_at AS "to" FROM terminals t CROSS JOIN fault_spans f
       ON f.terminal = t.key AND f.from_at < @to
       WHERE f.to_at >= @from ${terminal === undefined ? '' : 'AND t.id = @terminal'} ORDER BY t.id, f.from_at, f.code`,
    )
    .all({ from, to, terminal: terminal ?? null });
}

/** Terminal key, service point key, hour, presses. */
type HourRow = [number, number, number, number];

/** Presses that count by terminal, service point and hour of the week; 1 January 1970 was a Thursday, hour 72. */
export function readHoursOfWeek(db: Db, from: number, to: number, offsetMs: number): HourOfWeekCounts[] {
  const idOf = (table: 'terminals' | 'service_points') =>
    new Map(
      db
        .prepare<[], { key: number; id: string }>(`SELECT key, id FROM ${table}`)
        .all()
        .map(({ key, id }) => [key, id]),
    );
  const [terminals, points] = [idOf('terminals'), idOf('service_points')];
  const rows = db
    .prepare<[number, number, number], HourRow>(
      `SELECT terminal, service_point, ((start + ?) / 3600000 + 72) % 168 AS hour, sum(c0 + c1 + c2 + c3) AS n
       FROM rollups WHERE start >= ? AND start < ? GROUP BY 1, 2, 3 HAVING n > 0`,
    )
    .raw(true);
  const found = new Map<string, HourOfWeekCounts>();
  for (const [terminalKey, pointKey, hour, n] of rows.iterate(offsetMs, from, to)) {
    const [terminal = '', servicePoint] = [terminals.get(terminalKey), points.get(pointKey)];
    const key = `${terminal} ${servicePoint ?? ''}`;
    const place = servicePoint === undefined ? {} : { servicePoint };
    const own = found.get(key) ?? { terminal, ...place, counts: Array<number>(HOURS_OF_WEEK).fill(0) };
    own.counts[hour] = n;
    found.set(key, own);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counts]) => counts);
}
