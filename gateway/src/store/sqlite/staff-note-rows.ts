import type { StaffNote, StaffNoteKind } from '../../administration/staff-note.js';
import type { StaffNoteQuery } from '../administration-store.js';
import type { Db } from './database.js';

interface Row {
  id: number;
  servicePoint: string;
  kind: StaffNoteKind;
  from: number;
  to: number | null;
  text: string;
  by: string;
  at: number;
}

const NOTES = `SELECT id, service_point AS servicePoint, kind, from_at AS "from", to_at AS "to", text, by, at
  FROM staff_notes`;

/** By `from`, newest first. */
export function readStaffNotes(db: Db, { servicePoint, kind }: StaffNoteQuery = {}): StaffNote[] {
  return db
    .prepare<[{ servicePoint: string | null; kind: string | null }], Row>(
      `${NOTES} WHERE (@servicePoint IS NULL OR service_point = @servicePoint) AND (@kind IS NULL OR kind = @kind)
       ORDER BY from_at DESC, id DESC`,
    )
    .all({ servicePoint: servicePoint ?? null, kind: kind ?? null })
    .map(toNote);
}

export function readStaffNote(db: Db, id: number): StaffNote | undefined {
  const row = db.prepare<[number], Row>(`${NOTES} WHERE id = ?`).get(id);
  return row && toNote(row);
}

/** Adds it, or changes the one of that id; returns the id. */
export function saveStaffNote(
  db: Db,
  { id, servicePoint, kind, from, to, text, by, at }: Partial<Pick<StaffNote, 'id'>> & Omit<StaffNote, 'id'>,
): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO staff_notes (id, service_point, kind, from_at, to_at, text, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET service_point = excluded.service_point, kind = excluded.kind,
       from_at = excluded.from_at, to_at = excluded.to_at, text = excluded.text, by = excluded.by, at = excluded.at`,
    )
    .run(id ?? null, servicePoint, kind, from, to ?? null, JSON.stringify(text), by, at);
  return id ?? Number(lastInsertRowid);
}

export function deleteStaffNote(db: Db, id: number): void {
  db.prepare('DELETE FROM staff_notes WHERE id = ?').run(id);
}

function toNote({ to, text, ...rest }: Row): StaffNote {
  return { ...rest, text: JSON.parse(text), ...(to !== null && { to }) };
}
