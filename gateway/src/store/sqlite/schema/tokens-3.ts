/** Tokens of programs, by the SHA-256 of their secrets. `scopes` is JSON. Rows stay, so that no number is given twice. */
export const TOKENS_3 = `
CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, "group" TEXT, hash TEXT NOT NULL,
  created_at INTEGER NOT NULL, created_by TEXT NOT NULL, last_used_at INTEGER, revoked_at INTEGER
) STRICT;
`;
