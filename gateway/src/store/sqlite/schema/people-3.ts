/**
 * Users, their sessions and one-time links, by the SHA-256 of their secrets. `groups` is JSON; null: the whole organisation.
 * `totp_period`: the last one that a code was taken of.
 */
export const PEOPLE_3 = `
CREATE TABLE users (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, role TEXT NOT NULL, groups TEXT,
  language TEXT, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, password TEXT, totp TEXT, totp_period INTEGER
) STRICT;
CREATE TABLE user_links (
  hash TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES users(id), expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE user_sessions (
  hash TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES users(id), began_at INTEGER NOT NULL, used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE user_recovery_codes (
  user INTEGER NOT NULL REFERENCES users(id), hash TEXT NOT NULL, PRIMARY KEY (user, hash)
) STRICT, WITHOUT ROWID;
`;
