/** What is desired of terminals. `scope` is its key, such as `group/health`; `settings` is JSON. */
export const SETTINGS_3 = `
CREATE TABLE terminal_settings (scope TEXT PRIMARY KEY, settings TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
