import type { Db } from '../database.js';

/**
 * `refused`: 1 where the directory said at last that they may do nothing here. Some stores of version 3 know that already:
 * what they know stays.
 */
export function addRefused(db: Db): void {
  const columns = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('user_subjects')`).all();
  if (columns.some(({ name }) => name === 'refused')) return;
  db.exec('ALTER TABLE user_subjects ADD COLUMN refused INTEGER NOT NULL DEFAULT 0');
}

/**
 * The number of a user is never given again: what still names somebody who was removed, as a page that is open, must not mean
 * somebody else. SQLite adds that only to a new table, and renames what refers to the old one: so those are made anew too.
 */
export const PEOPLE_4 = `
ALTER TABLE users RENAME TO users_3;
ALTER TABLE user_links RENAME TO user_links_3;
ALTER TABLE user_sessions RENAME TO user_sessions_3;
ALTER TABLE user_recovery_codes RENAME TO user_recovery_codes_3;
ALTER TABLE user_subjects RENAME TO user_subjects_3;
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, role TEXT NOT NULL,
  groups TEXT, language TEXT, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, password TEXT, totp TEXT,
  totp_period INTEGER
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
CREATE TABLE user_subjects (
  user INTEGER PRIMARY KEY REFERENCES users(id), issuer TEXT NOT NULL, subject TEXT NOT NULL,
  refused INTEGER NOT NULL DEFAULT 0, UNIQUE (issuer, subject)
) STRICT;
INSERT INTO users (id, name, display_name, role, groups, language, created_at, created_by, password, totp, totp_period)
  SELECT id, name, display_name, role, groups, language, created_at, created_by, password, totp, totp_period FROM users_3;
INSERT INTO user_links (hash, user, expires_at) SELECT hash, user, expires_at FROM user_links_3;
INSERT INTO user_sessions (hash, user, began_at, used_at) SELECT hash, user, began_at, used_at FROM user_sessions_3;
INSERT INTO user_recovery_codes (user, hash) SELECT user, hash FROM user_recovery_codes_3;
INSERT INTO user_subjects (user, issuer, subject, refused) SELECT user, issuer, subject, refused FROM user_subjects_3;
DROP TABLE user_links_3;
DROP TABLE user_sessions_3;
DROP TABLE user_recovery_codes_3;
DROP TABLE user_subjects_3;
DROP TABLE users_3;
`;
