import { chainHash, headOf, type UnchainedEntry } from '../../administration/audit-chain.js';
import { wellFormed } from '../../administration/canonical-json.js';
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
  hash: string;
}

/** Adds a line for each change. */
export function logChanges(
  db: Db,
  changes: readonly Change[],
  { who, at }: Actor,
  { what, why }: { what: string; why?: string | undefined },
): void {
  const insert = db.prepare(
    `INSERT INTO registry_log (id, at, who, what, kind, subject, why, before, after, hash)
     VALUES (@id, @at, @who, @what, @kind, @subject, @why, @before, @after, @hash)`,
  );
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  let { entries, hash } = headOf(newest(db));
  for (const { subject, before, after } of changes) {
    entries += 1;
    hash = chainHash(hash, { id: entries, at, who, what, subject, ...(why !== undefined && { why }), before, after });
    insert.run({
      // SQLite would make three characters of half a one, and the hash would not be that of what is read.
      ...{ id: entries, at, who: wellFormed(who), what, kind: subject.kind, subject: wellFormed(subject.id), hash },
      ...{ why: why === undefined ? null : wellFormed(why), before: json(before), after: json(after) },
    });
  }
}

/** Newest first, or oldest first behind `after`. */
export function readChangeLog(db: Db, { before, after, limit, subject }: ChangeLogQuery): ChangeLogEntry[] {
  return db
    .prepare<[Record<string, string | number | null>], Row>(
      `SELECT * FROM registry_log WHERE (@before IS NULL OR id < @before) AND id > @after
       ${subject === undefined ? '' : 'AND kind = @kind AND subject = @subject'}
       ORDER BY id ${after === undefined ? 'DESC' : 'ASC'} LIMIT @limit`,
    )
    .all({
      ...{ before: before ?? null, after: after ?? 0, limit },
      ...{ kind: subject?.kind ?? null, subject: subject?.id ?? null },
    })
    .map((row) => ({ ...toEntry(row), hash: row.hash }));
}

/** Chains the entries of a log that had no hashes yet. */
export function chainChangeLog(db: Db): void {
  const set = db.prepare('UPDATE registry_log SET id = @chained, hash = @hash WHERE id = @id');
  const rows = db.prepare<[], Row>('SELECT * FROM registry_log ORDER BY id').all();
  let { entries, hash } = headOf(undefined);
  for (const row of rows) {
    entries += 1;
    hash = chainHash(hash, { ...toEntry(row), id: entries });
    set.run({ id: row.id, chained: entries, hash });
  }
}

function newest(db: Db): Pick<Row, 'id' | 'hash'> | undefined {
  return db.prepare<[], Row>('SELECT id, hash FROM registry_log ORDER BY id DESC LIMIT 1').get();
}

function toEntry({ id, at, who, what, kind, subject, why, before, after }: Row): UnchainedEntry {
  return {
    ...{ id, at, who, what, subject: { kind, id: subject } },
    ...(why !== null && { why }),
    ...(before !== null && { before: JSON.parse(before) }),
    ...(after !== null && { after: JSON.parse(after) }),
  };
}
