import { missingPresses } from '../../ingest/apply-status.js';
import type { Incident, IncidentKind } from '../store.js';
import type { Db } from './database.js';
import type { EpochEntry } from './epoch-entry.js';
import type { TerminalEntry } from './terminal-entry.js';
import type { WriterContext } from './writer-context.js';

/** Brings the account of an epoch's missing presses up to date after its mark or its report changed. */
export function settleIncident({ db }: WriterContext, terminal: TerminalEntry, epoch: EpochEntry, at: number): void {
  terminal.setBehind(epoch, epoch.highestReported > epoch.mark);
  const missing = missingPresses(epoch);
  if (missing === (epoch.incident?.missing ?? 0)) return;
  if (epoch.incident === undefined) {
    const added = db
      .prepare(`INSERT INTO incidents (kind, terminal, epoch, missing, since) VALUES ('presses-missing', ?, ?, ?, ?)`)
      .run(terminal.key, epoch.key, missing, at);
    epoch.incident = { id: Number(added.lastInsertRowid), missing };
    return;
  }
  const { id } = epoch.incident;
  db.prepare('UPDATE incidents SET missing = ?, withdrawn_at = ? WHERE id = ?').run(
    missing,
    missing === 0 ? at : null,
    id,
  );
  if (missing === 0) epoch.incident = undefined;
  else epoch.incident.missing = missing;
}

interface Row {
  id: number;
  kind: IncidentKind;
  terminal: string | null;
  epoch: string | null;
  missing: number | null;
  since: number;
  withdrawnAt: number | null;
  detail: string | null;
}

const INCIDENTS = `SELECT i.id, i.kind, t.id AS terminal, e.id AS epoch, i.missing, i.since, i.withdrawn_at AS withdrawnAt,
  i.detail FROM incidents i LEFT JOIN terminals t ON t.key = i.terminal LEFT JOIN epochs e ON e.key = i.epoch`;

/** Incidents of one terminal or all, oldest first. */
export function readIncidents(db: Db, terminal?: string): Incident[] {
  const rows =
    terminal === undefined
      ? db.prepare<[], Row>(`${INCIDENTS} ORDER BY i.id`).all()
      : db.prepare<[string], Row>(`${INCIDENTS} WHERE t.id = ? ORDER BY i.id`).all(terminal);
  return rows.map(({ id, kind, since, ...rest }) => ({
    id,
    kind,
    since,
    ...(rest.terminal !== null && { terminal: rest.terminal }),
    ...(rest.epoch !== null && { epoch: rest.epoch }),
    ...(rest.missing !== null && { missing: rest.missing }),
    ...(rest.withdrawnAt !== null && { withdrawnAt: rest.withdrawnAt }),
    ...(rest.detail !== null && { detail: rest.detail }),
  }));
}
