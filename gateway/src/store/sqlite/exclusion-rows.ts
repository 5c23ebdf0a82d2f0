import type { Exclusion, ExclusionReason, ExclusionTarget } from '../../exclusions/exclusion.js';
import type { ExclusionQuery, PressTally } from '../administration-store.js';
import type { Db } from './database.js';

interface Row {
  id: number;
  terminal: string | null;
  servicePoint: string | null;
  from: number;
  to: number;
  reason: ExclusionReason;
  note: string | null;
  by: string;
  at: number;
  revokedBy: string | null;
  revokedAt: number | null;
  revokedWhy: string | null;
}

const EXCLUSIONS = `SELECT id, terminal, service_point AS servicePoint, from_at AS "from", to_at AS "to", reason, note,
  by, at, revoked_by AS revokedBy, revoked_at AS revokedAt, revoked_why AS revokedWhy FROM exclusions`;

/** Newest first. */
export function readExclusions(db: Db, query: ExclusionQuery = {}): Exclusion[] {
  const { from = -Infinity, to = Infinity, target, inForce = false } = query;
  const rows = db
    .prepare<[{ from: number; to: number; inForce: number; terminal: string | null; point: string | null }], Row>(
      `${EXCLUSIONS} WHERE from_at < @to AND to_at > @from AND (@inForce = 0 OR revoked_at IS NULL)
       AND (@terminal IS NULL OR terminal = @terminal) AND (@point IS NULL OR service_point = @point)
       ORDER BY id DESC`,
    )
    .all({
      from,
      to,
      inForce: inForce ? 1 : 0,
      terminal: target?.kind === 'terminal' ? target.id : null,
      point: target?.kind === 'service-point' ? target.id : null,
    });
  return rows.map(toExclusion);
}

export function readExclusion(db: Db, id: number): Exclusion | undefined {
  const row = db.prepare<[number], Row>(`${EXCLUSIONS} WHERE id = ?`).get(id);
  return row && toExclusion(row);
}

/** Returns the new row's id. */
export function addExclusion(db: Db, { target, from, to, reason, note, by, at }: Omit<Exclusion, 'id'>): number {
  const terminal = target.kind === 'terminal' ? target.id : null;
  const point = target.kind === 'service-point' ? target.id : null;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO exclusions (terminal, service_point, from_at, to_at, reason, note, by, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(terminal, point, from, to, reason, note ?? null, by, at);
  return Number(lastInsertRowid);
}

export function saveRevocation(db: Db, { id, revoked }: Exclusion): void {
  db.prepare('UPDATE exclusions SET revoked_by = ?, revoked_at = ?, revoked_why = ? WHERE id = ?').run(
    revoked?.by ?? null,
    revoked?.at ?? null,
    revoked?.why ?? null,
    id,
  );
}

export function tallyPresses(db: Db, target: ExclusionTarget, from: number, to: number): PressTally {
  const [table, column] =
    target.kind === 'terminal' ? (['terminals', 'terminal'] as const) : (['service_points', 'service_point'] as const);
  const none: PressTally = { presses: 0, counted: 0, excluded: 0 };
  const tally = db
    .prepare<[string, number, number], PressTally>(
      `SELECT count(*) FILTER (WHERE excluded = 0) AS presses, count(*) FILTER (WHERE excluded = 0 AND repeat = 0) AS counted,
       count(*) FILTER (WHERE excluded = 1) AS excluded FROM presses INDEXED BY presses_by_time
       WHERE ${column} = (SELECT key FROM ${table} WHERE id = ?) AND counted_at >= ? AND counted_at < ?`,
    )
    .get(target.id, from, to);
  return tally ?? none;
}

function toExclusion(row: Row): Exclusion {
  const { id, terminal, servicePoint, from, to, reason, note, by, at, revokedBy, revokedAt, revokedWhy } = row;
  const target: ExclusionTarget =
    terminal === null ? { kind: 'service-point', id: servicePoint ?? '' } : { kind: 'terminal', id: terminal };
  return {
    id,
    target,
    from,
    to,
    reason,
    ...(note !== null && { note }),
    by,
    at,
    ...(revokedBy !== null &&
      revokedAt !== null && {
        revoked: { by: revokedBy, at: revokedAt, ...(revokedWhy !== null && { why: revokedWhy }) },
      }),
  };
}
