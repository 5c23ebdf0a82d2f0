import type { Change, ChangeLogEntry, ChangeLogQuery, ChangeSubjectKind } from '../../administration/change-log.js';
import type { Actor } from '../../exclusions/exclusion.js';
import type { Db } from './database.js';

interface Row {
  id: number;
  at: number;
  who: string;
  what: string;
  kind: ChangeSubjectKind;
  subject: string;
  why: string | null;
  before: string | null;
  after: string | null;
}

/** Adds a line for each change. */
export function logChanges(
  db: Db,
  changes: readonly Change[],
  { who, at }: Actor,
  { what, why }: { what: string; why?: string | undefined },
): void {
  const insert = db.prepare(
    'INSERT INTO registry_log (at, who, what, kind, subject, why, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  for (const { subject, before, after } of changes) {
    insert.run(at, who, what, subject.kind, subject.id, why ?? null, json(before), json(after));
  }
}

/** Newest first. */
export function readChangeLog(db: Db, { before, limit, subject }: ChangeLogQuery): ChangeLogEntry[] {
  return db
    .prepare<[{ before: number | null; limit: number; kind: string | null; subject: string | null }], Row>(
      `SELECT * FROM registry_log WHERE (@before IS NULL OR id < @before)
       ${subject === undefined ? '' : 'AND kind = @kind AND subject = @subject'} ORDER BY id DESC LIMIT @limit`,
    )
    .all({ before: before ?? null, limit, kind: subject?.kind ?? null, subject: subject?.id ?? null })
    .map(toEntry);
}

function toEntry({ kind, subject, why, before, after, ...rest }: Row): ChangeLogEntry {
  return {
    ...rest,
    subject: { kind, id: subject },
    ...(why !== null && { why }),
    ...(before !== null && { before: JSON.parse(before) }),
    ...(after !== null && { after: JSON.parse(after) }),
  };
}
