/**
 * Presses left out of the numbers, notes of the staff, and who changed what. Exclusions and notes name terminals and
 * service points by id. `before` and `after` are JSON. Times are UTC ms.
 */
export const ADMINISTRATION_2 = `
ALTER TABLE presses ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollups ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0;
CREATE TABLE exclusions (
  id INTEGER PRIMARY KEY, terminal TEXT, service_point TEXT, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL,
  reason TEXT NOT NULL, note TEXT, by TEXT NOT NULL, at INTEGER NOT NULL,
  revoked_by TEXT, revoked_at INTEGER, revoked_why TEXT
) STRICT;
CREATE TABLE staff_notes (
  id INTEGER PRIMARY KEY, service_point TEXT NOT NULL, kind TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER,
  text TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_notes_by_service_point ON staff_notes (service_point);
CREATE TABLE registry_log (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
  kind TEXT NOT NULL, subject TEXT NOT NULL, why TEXT, before TEXT, after TEXT
) STRICT;
CREATE INDEX registry_log_by_subject ON registry_log (kind, subject);
`;
