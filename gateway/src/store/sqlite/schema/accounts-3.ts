/** Accounts of programs that listen to events. `password` is a hash, in the form that Mosquitto reads. */
export const ACCOUNTS_3 = `
CREATE TABLE mqtt_accounts (
  name TEXT PRIMARY KEY, "group" TEXT, password TEXT NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
