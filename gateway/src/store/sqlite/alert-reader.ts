import type { Alert, AlertEntry, Notice, NoticeEvent } from '../../alerts/alert.js';
import type { ScopeRecipients } from '../../alerts/alert-rule.js';
import type { AlertDetail, AlertQuery, PressCellQuery, PressCells, Streaks } from '../../alerts/alert-store.js';
import type { Db } from './database.js';
import { ALERT_OPENED_AT } from './schema/alerts-3.js';

interface NoticeRow {
  id: number;
  alert: number | null;
  event: NoticeEvent;
  recipient: string;
  delivery: string;
  createdAt: number;
  state: string;
}

const NOTICES = 'SELECT id, alert, event, recipient, delivery, created_at AS createdAt, state FROM notices';

/** What can be asked about alerts, by name: one door in the reader for all of it. */
export const ALERT_READS = {
  /** The rules are checked by who asks: the thread that reads does without the library that does it. */
  settings(db: Db): { rules: unknown[]; recipients: ScopeRecipients[] } {
    const rules = db.prepare<[], { rule: string }>('SELECT rule FROM alert_rules ORDER BY key').all();
    const recipients = db.prepare<[], { value: string }>('SELECT value FROM alert_recipients ORDER BY scope').all();
    return {
      rules: rules.map(({ rule }): unknown => JSON.parse(rule)),
      recipients: recipients.map(({ value }): ScopeRecipients => JSON.parse(value)),
    };
  },
  unsettled(db: Db): Alert[] {
    return toAlerts(db.prepare<[], AlertRow>('SELECT alert FROM alerts WHERE settled = 0 ORDER BY id').all());
  },
  lastAlert(db: Db): number {
    return db.prepare<[], { last: number | null }>('SELECT max(id) AS last FROM alerts').get()?.last ?? 0;
  },
  alerts(db: Db, { state, servicePoint, opened, before, limit }: AlertQuery): Alert[] {
    const conditions = [
      ...(state === 'active' ? ["state <> 'closed'"] : []),
      ...(state === 'closed' ? ["state = 'closed'"] : []),
      ...(servicePoint === undefined ? [] : ['service_point = @servicePoint']),
      ...(opened === undefined ? [] : [`${ALERT_OPENED_AT} >= @from AND ${ALERT_OPENED_AT} < @to`]),
      ...(before === undefined ? [] : ['id < @before']),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    return toAlerts(
      db
        .prepare<[object], AlertRow>(`SELECT alert FROM alerts ${where} ORDER BY id DESC LIMIT @limit`)
        .all({ servicePoint, ...opened, before, limit }),
    );
  },
  alert(db: Db, id: number): AlertDetail | undefined {
    const row = db.prepare<[number], AlertRow>('SELECT alert FROM alerts WHERE id = ?').get(id);
    if (row === undefined) return undefined;
    const entries = db
      .prepare<[number], { entry: string }>('SELECT entry FROM alert_entries WHERE alert = ? ORDER BY id')
      .all(id);
    const notices = db.prepare<[number], NoticeRow>(`${NOTICES} WHERE alert = ? ORDER BY id`).all(id);
    return {
      alert: JSON.parse(row.alert),
      entries: entries.map(({ entry }): AlertEntry => JSON.parse(entry)),
      notices: notices.map(toNotice),
    };
  },
  activeAlerts(db: Db): number {
    return db.prepare<[], { n: number }>("SELECT count(*) AS n FROM alerts WHERE state <> 'closed'").get()?.n ?? 0;
  },
  waitingNotices(db: Db, limit: number, exceptLanes: readonly string[] = []): Notice[] {
    return db
      .prepare<[string, number], NoticeRow>(
        `${NOTICES} WHERE next_at IS NOT NULL AND lane NOT IN (SELECT value FROM json_each(?)) ORDER BY next_at, id LIMIT ?`,
      )
      .all(JSON.stringify(exceptLanes), limit)
      .map(toNotice);
  },
  notice(db: Db, id: number): Notice | undefined {
    const row = db.prepare<[number], NoticeRow>(`${NOTICES} WHERE id = ?`).get(id);
    return row === undefined ? undefined : toNotice(row);
  },
  troubledNotices(db: Db, limit: number): Notice[] {
    return db
      .prepare<[number], NoticeRow>(`${NOTICES} WHERE troubled = 1 ORDER BY id DESC LIMIT ?`)
      .all(limit)
      .map(toNotice);
  },
  pressCells(db: Db, query: PressCellQuery): PressCells {
    const cells = db
      .prepare<[PressCellQuery], PressCells['cells'][number]>(
        `SELECT s.id, p.cell, p.c0, p.c1, p.c2, p.c3, p.n FROM (
           SELECT service_point, CAST(min(counted_at, received_at) / @cellMs AS INTEGER) AS cell,
             sum(rating = 0 AND ${FRESH}) AS c0, sum(rating = 1 AND ${FRESH}) AS c1,
             sum(rating = 2 AND ${FRESH}) AS c2, sum(rating = 3 AND ${FRESH}) AS c3, count(*) AS n
           FROM presses WHERE counted_at >= @from AND counted_at < @to AND repeat = 0 AND excluded = 0 AND service_point <> 0
           GROUP BY service_point, cell
         ) p JOIN service_points s ON s.key = p.service_point ORDER BY p.cell`,
      )
      .raw(true)
      .all(query);
    return { cells, marks: readMarks(db, query.marksSince) };
  },
  streaks(db: Db, query: Omit<PressCellQuery, 'to' | 'cellMs'>): Streaks {
    const streaks = db
      .prepare<[object], Streaks['streaks'][number]>(
        `WITH fresh AS MATERIALIZED (
           SELECT service_point, counted_at, rating FROM presses
           WHERE counted_at >= @from AND repeat = 0 AND excluded = 0 AND service_point <> 0 AND ${FRESH}
         ), broken AS (SELECT service_point, max(counted_at) AS at FROM fresh WHERE rating <> 3 GROUP BY service_point)
         SELECT s.id AS servicePoint, count(*) AS presses, max(f.counted_at) AS lastAt
         FROM fresh f LEFT JOIN broken b USING (service_point) JOIN service_points s ON s.key = f.service_point
         WHERE f.counted_at > ifnull(b.at, -1) GROUP BY f.service_point`,
      )
      .all(query);
    return { streaks, marks: readMarks(db, query.marksSince) };
  },
} as const;

interface AlertRow {
  alert: string;
}
const FRESH = 'abs(received_at - counted_at) <= @lateMs';

/** What can be asked, with the answer's type. */
export type AlertReads = {
  [Name in keyof typeof ALERT_READS]: (typeof ALERT_READS)[Name] extends (db: Db, ...args: infer Args) => infer Answer
    ? (...args: Args) => Answer
    : never;
};

/** Answers a question inside one transaction, so that its parts are of one moment. */
export function readAlerts(db: Db, name: keyof AlertReads, args: readonly unknown[]): unknown {
  const read = ALERT_READS[name] as (from: Db, ...rest: readonly unknown[]) => unknown;
  return db.transaction(() => read(db, ...args))();
}

function readMarks(db: Db, since: number): [string, number][] {
  return db
    .prepare<[number], [string, number]>('SELECT id, mark FROM epochs WHERE last_received_at >= ?')
    .raw(true)
    .all(since);
}

function toAlerts(rows: readonly AlertRow[]): Alert[] {
  return rows.map(({ alert }): Alert => JSON.parse(alert));
}

function toNotice({ alert, recipient, state, ...rest }: NoticeRow): Notice {
  return { ...rest, ...(alert !== null && { alert }), recipient: JSON.parse(recipient), state: JSON.parse(state) };
}
