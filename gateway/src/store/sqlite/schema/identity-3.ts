/** Enrolment codes by the SHA-256 of their secrets, and the certificates issued. `spent_on` and `key`: SHA-256 of a key. */
export const IDENTITY_3 = `
CREATE TABLE enrolment_codes (
  hash TEXT PRIMARY KEY, terminal TEXT NOT NULL, expires_at INTEGER NOT NULL, spent_on TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE certificates (
  id INTEGER PRIMARY KEY, serial TEXT NOT NULL UNIQUE, terminal TEXT NOT NULL, key TEXT NOT NULL,
  issued_at INTEGER NOT NULL, not_after INTEGER NOT NULL, pem TEXT NOT NULL, revoked_at INTEGER
) STRICT;
CREATE INDEX certificates_by_terminal ON certificates (terminal);
`;
