/**
 * Rules, alerts (with rule and numbers as they were), entries and notices as JSON where nothing is sought in them. The
 * unique index is what "at most one alert of a rule and subject" rests on, whatever the program does.
 */
export const ALERTS_2 = `
CREATE TABLE alert_rules (key TEXT PRIMARY KEY, rule TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE alert_recipients (scope TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, service_point TEXT, state TEXT NOT NULL, settled INTEGER NOT NULL,
  alert TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX alerts_unsettled ON alerts (key) WHERE settled = 0;
CREATE INDEX alerts_active ON alerts (id) WHERE state <> 'closed';
CREATE INDEX alerts_by_service_point ON alerts (service_point, id);
CREATE TABLE alert_entries (
  id INTEGER PRIMARY KEY, alert INTEGER NOT NULL REFERENCES alerts(id), entry TEXT NOT NULL
) STRICT;
CREATE INDEX alert_entries_by_alert ON alert_entries (alert);
CREATE TABLE notices (
  id INTEGER PRIMARY KEY, alert INTEGER REFERENCES alerts(id), event TEXT NOT NULL, lane TEXT NOT NULL, recipient TEXT NOT NULL,
  delivery TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, state TEXT NOT NULL, next_at INTEGER, troubled INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX notices_once ON notices (alert, event, recipient) WHERE alert IS NOT NULL;
CREATE INDEX notices_waiting ON notices (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX notices_troubled ON notices (id) WHERE troubled = 1;
`;
