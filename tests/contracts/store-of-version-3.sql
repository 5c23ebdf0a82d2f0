CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
CREATE TABLE terminals (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT, registered INTEGER NOT NULL DEFAULT 0,
  first_seen_at INTEGER, last_seen_at INTEGER, last_press_at INTEGER, current_epoch INTEGER REFERENCES epochs(key),
  availability TEXT, availability_at INTEGER, lost_presses INTEGER NOT NULL DEFAULT 0,
  presence_floor INTEGER NOT NULL DEFAULT 0, presence_faulty INTEGER NOT NULL DEFAULT 0, anchor_at INTEGER
, retired_at INTEGER, replaced_at INTEGER) STRICT;
CREATE TABLE statuses (
  terminal INTEGER PRIMARY KEY REFERENCES terminals(key), message TEXT NOT NULL, received_at INTEGER NOT NULL
) STRICT;
CREATE TABLE epochs (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, terminal INTEGER NOT NULL REFERENCES terminals(key),
  mark INTEGER NOT NULL, highest_reported INTEGER NOT NULL, last_reported INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL, last_received_at INTEGER, last_press_at INTEGER
, pace_at INTEGER, pace_until INTEGER) STRICT;
CREATE INDEX epochs_by_terminal ON epochs (terminal);
CREATE TABLE groups (id TEXT PRIMARY KEY, parent TEXT, name TEXT NOT NULL, exceptions TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE service_points (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "group" TEXT NOT NULL, name TEXT NOT NULL,
  repeat_window_ms INTEGER NOT NULL, opening_hours TEXT
, exceptions TEXT) STRICT;
CREATE TABLE questions (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE assignments (
  terminal INTEGER NOT NULL REFERENCES terminals(key), from_at INTEGER NOT NULL, to_at INTEGER,
  service_point INTEGER NOT NULL REFERENCES service_points(key), question TEXT, PRIMARY KEY (terminal, from_at)
) STRICT, WITHOUT ROWID;
CREATE TABLE presses (
  arrival INTEGER PRIMARY KEY, terminal INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  at INTEGER, counted_at INTEGER NOT NULL, rating INTEGER NOT NULL, clock INTEGER NOT NULL, uncertainty_ms INTEGER,
  received_at INTEGER NOT NULL, repeat INTEGER NOT NULL, service_point INTEGER NOT NULL
, excluded INTEGER NOT NULL DEFAULT 0, suspect INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX presses_by_time ON presses (counted_at, terminal);
CREATE TABLE rollups (
  start INTEGER NOT NULL, terminal INTEGER NOT NULL, service_point INTEGER NOT NULL,
  c0 INTEGER NOT NULL, c1 INTEGER NOT NULL, c2 INTEGER NOT NULL, c3 INTEGER NOT NULL,
  repeats INTEGER NOT NULL, estimated INTEGER NOT NULL, excluded INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (start, terminal, service_point)
) STRICT, WITHOUT ROWID;
CREATE TABLE rollup_places (
  service_point INTEGER NOT NULL, terminal INTEGER NOT NULL, PRIMARY KEY (service_point, terminal)
) STRICT, WITHOUT ROWID;
CREATE TABLE lost (
  id INTEGER PRIMARY KEY, terminal INTEGER NOT NULL, epoch INTEGER NOT NULL,
  from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX lost_by_time ON lost (recorded_at);
CREATE INDEX lost_by_terminal ON lost (terminal);
CREATE TABLE incidents (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, terminal INTEGER, epoch INTEGER, missing INTEGER,
  since INTEGER NOT NULL, withdrawn_at INTEGER, detail TEXT
) STRICT;
CREATE INDEX incidents_by_terminal ON incidents (terminal);
CREATE INDEX incidents_open ON incidents (epoch) WHERE withdrawn_at IS NULL;
CREATE TABLE presence (
  terminal INTEGER NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, PRIMARY KEY (terminal, from_at)
) STRICT, WITHOUT ROWID;
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
, hash TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX registry_log_by_subject ON registry_log (kind, subject);
CREATE TABLE fault_spans (
  terminal INTEGER NOT NULL, from_at INTEGER NOT NULL, code TEXT NOT NULL, to_at INTEGER NOT NULL,
  open INTEGER NOT NULL, PRIMARY KEY (terminal, from_at, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE public_settings (service_point TEXT PRIMARY KEY, setting TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE public_blocks (
  service_point TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL,
  c0 INTEGER NOT NULL, c1 INTEGER NOT NULL, c2 INTEGER NOT NULL, c3 INTEGER NOT NULL,
  PRIMARY KEY (service_point, from_at)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE rollup_blocks (
  start INTEGER NOT NULL, service_point INTEGER NOT NULL, terminal INTEGER NOT NULL,
  c0 INTEGER NOT NULL, c1 INTEGER NOT NULL, c2 INTEGER NOT NULL, c3 INTEGER NOT NULL,
  repeats INTEGER NOT NULL, estimated INTEGER NOT NULL, excluded INTEGER NOT NULL,
  PRIMARY KEY (start, service_point, terminal)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rollups_inserted AFTER INSERT ON rollups BEGIN
  INSERT INTO rollup_blocks VALUES (NEW.start - NEW.start % 21600000, NEW.service_point, NEW.terminal,
    NEW.c0, NEW.c1, NEW.c2, NEW.c3, NEW.repeats, NEW.estimated, NEW.excluded)
  ON CONFLICT DO UPDATE SET c0 = c0 + NEW.c0, c1 = c1 + NEW.c1, c2 = c2 + NEW.c2, c3 = c3 + NEW.c3,
    repeats = repeats + NEW.repeats, estimated = estimated + NEW.estimated, excluded = rollup_blocks.excluded + NEW.excluded;
END;
CREATE TRIGGER rollups_updated AFTER UPDATE ON rollups BEGIN
  UPDATE rollup_blocks SET c0 = c0 + NEW.c0 - OLD.c0, c1 = c1 + NEW.c1 - OLD.c1, c2 = c2 + NEW.c2 - OLD.c2,
    c3 = c3 + NEW.c3 - OLD.c3, repeats = repeats + NEW.repeats - OLD.repeats,
    estimated = estimated + NEW.estimated - OLD.estimated, excluded = excluded + NEW.excluded - OLD.excluded
  WHERE start = NEW.start - NEW.start % 21600000 AND service_point = NEW.service_point AND terminal = NEW.terminal;
END;
CREATE TRIGGER rollups_deleted AFTER DELETE ON rollups BEGIN
  UPDATE rollup_blocks SET c0 = c0 - OLD.c0, c1 = c1 - OLD.c1, c2 = c2 - OLD.c2, c3 = c3 - OLD.c3,
    repeats = repeats - OLD.repeats, estimated = estimated - OLD.estimated, excluded = excluded - OLD.excluded
  WHERE start = OLD.start - OLD.start % 21600000 AND service_point = OLD.service_point AND terminal = OLD.terminal;
END;
CREATE TABLE report_recipients (id INTEGER PRIMARY KEY AUTOINCREMENT, recipient TEXT NOT NULL) STRICT;
CREATE TABLE report_weeks (week TEXT PRIMARY KEY, issued_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE issued_reports (
  id INTEGER PRIMARY KEY, week TEXT NOT NULL REFERENCES report_weeks(week), subject TEXT NOT NULL,
  issued_at INTEGER NOT NULL, figures TEXT NOT NULL, document BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX issued_reports_once ON issued_reports (subject, week);
CREATE INDEX issued_reports_by_week ON issued_reports (week);
CREATE TABLE report_mails (
  id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES issued_reports(id), recipient INTEGER NOT NULL,
  addressee TEXT NOT NULL, delivery TEXT NOT NULL, created_at INTEGER NOT NULL, state TEXT NOT NULL,
  next_at INTEGER, troubled INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX report_mails_once ON report_mails (report, recipient);
CREATE INDEX report_mails_waiting ON report_mails (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX report_mails_troubled ON report_mails (id) WHERE troubled = 1;
CREATE INDEX alerts_by_opening ON alerts (json_extract(alert, '$.openedAt'));
CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, "group" TEXT, hash TEXT NOT NULL,
  created_at INTEGER NOT NULL, created_by TEXT NOT NULL, last_used_at INTEGER, revoked_at INTEGER
) STRICT;
CREATE TABLE mqtt_accounts (
  name TEXT PRIMARY KEY, "group" TEXT, password TEXT NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE terminal_settings (scope TEXT PRIMARY KEY, settings TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX presses_suspect ON presses (counted_at, terminal, service_point, suspect) WHERE suspect > 0;
CREATE TABLE enrolment_codes (
  hash TEXT PRIMARY KEY, terminal TEXT NOT NULL, expires_at INTEGER NOT NULL, spent_on TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE certificates (
  id INTEGER PRIMARY KEY, serial TEXT NOT NULL UNIQUE, terminal TEXT NOT NULL, key TEXT NOT NULL,
  issued_at INTEGER NOT NULL, not_after INTEGER NOT NULL, pem TEXT NOT NULL, revoked_at INTEGER
) STRICT;
CREATE INDEX certificates_by_terminal ON certificates (terminal);
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
CREATE TABLE user_subjects (
  user INTEGER PRIMARY KEY REFERENCES users(id), issuer TEXT NOT NULL, subject TEXT NOT NULL, UNIQUE (issuer, subject)
) STRICT;
CREATE TRIGGER registry_log_in_order BEFORE INSERT ON registry_log
WHEN NEW.id IS NOT (SELECT ifnull(max(id), 0) + 1 FROM registry_log) BEGIN
  SELECT RAISE(ABORT, 'the log of changes is only added to');
END;
CREATE TRIGGER registry_log_unchanged BEFORE UPDATE ON registry_log BEGIN
  SELECT RAISE(ABORT, 'the log of changes is only added to');
END;
CREATE TRIGGER registry_log_kept BEFORE DELETE ON registry_log BEGIN
  SELECT RAISE(ABORT, 'the log of changes is only added to');
END;
PRAGMA user_version = 3;
