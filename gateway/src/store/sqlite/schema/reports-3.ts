/**
 * Recipients of reports (JSON), the weeks that were issued, each report as it was issued (packed JSON), and one mail per
 * report and recipient: the unique indexes are what "issued once, mailed once" rests on, whatever the program does. Numbers
 * of recipients are never used twice, since mails name them. Subjects by key (`group/health`), times UTC ms.
 */
export const REPORTS_3 = `
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
`;
