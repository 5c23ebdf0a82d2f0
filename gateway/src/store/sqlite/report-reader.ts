import type { NoticeState } from '../../alerts/alert.js';
import type { ReportRecipient } from '../../reporting/report-recipient.js';
import type { IssuedQuery, IssuedReport, LatePressQuery, ReportMail } from '../../reporting/report-store.js';
import type { Db } from './database.js';

interface IssuedRow {
  id: number;
  week: string;
  subject: string;
  issuedAt: number;
  figures: string;
}
interface MailRow extends Omit<ReportMail, 'addressee' | 'state'> {
  addressee: string;
  state: string;
}

const ISSUED = 'SELECT id, week, subject, issued_at AS issuedAt, figures FROM issued_reports';
const MAILS = `SELECT m.id, m.report, r.week, r.subject, m.addressee, m.delivery, m.created_at AS createdAt, m.state
  FROM report_mails m JOIN issued_reports r ON r.id = m.report`;

/** What can be asked about issued reports, by name: one door in the reader for all of it. */
export const REPORT_READS = {
  recipients(db: Db): ReportRecipient[] {
    return db
      .prepare<[], { id: number; recipient: string }>('SELECT id, recipient FROM report_recipients ORDER BY id')
      .all()
      .map(({ id, recipient }): ReportRecipient => ({ id, ...JSON.parse(recipient) }));
  },
  issuedWeeks(db: Db, weeks: readonly string[]): string[] {
    return db
      .prepare<[string], { week: string }>(
        'SELECT week FROM report_weeks WHERE week IN (SELECT value FROM json_each(?)) ORDER BY week',
      )
      .all(JSON.stringify(weeks))
      .map(({ week }) => week);
  },
  issued(db: Db, { week, subject, fromWeek, beforeWeek, limit }: IssuedQuery): IssuedReport[] {
    const conditions = [
      ...(week === undefined ? [] : ['week = @week']),
      ...(subject === undefined ? [] : ['subject = @subject']),
      ...(fromWeek === undefined ? [] : ['week >= @fromWeek']),
      ...(beforeWeek === undefined ? [] : ['week < @beforeWeek']),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    return db
      .prepare<[object], IssuedRow>(`${ISSUED} ${where} ORDER BY week DESC, subject LIMIT @limit`)
      .all({ week, subject, fromWeek, beforeWeek, limit })
      .map(toIssued);
  },
  issuedReport(db: Db, id: number): { report: IssuedReport; document: Uint8Array } | undefined {
    const row = db
      .prepare<[number], IssuedRow & { document: Buffer }>(
        'SELECT id, week, subject, issued_at AS issuedAt, figures, document FROM issued_reports WHERE id = ?',
      )
      .get(id);
    if (row === undefined) return undefined;
    const { document, ...rest } = row;
    return { report: toIssued(rest), document: new Uint8Array(document) };
  },
  latePresses(db: Db, { servicePoints, ...span }: LatePressQuery): number {
    const only =
      servicePoints === undefined
        ? ''
        : 'AND service_point IN (SELECT key FROM service_points WHERE id IN (SELECT value FROM json_each(@only)))';
    const row = db
      .prepare<[object], { n: number }>(
        `SELECT count(*) AS n FROM presses WHERE counted_at >= @from AND counted_at < @to
         AND received_at > @receivedAfter AND repeat = 0 AND excluded = 0 ${only}`,
      )
      .get({ ...span, only: JSON.stringify(servicePoints ?? []) });
    return row?.n ?? 0;
  },
  waitingMails(db: Db, limit: number): ReportMail[] {
    return db
      .prepare<[number], MailRow>(`${MAILS} WHERE m.next_at IS NOT NULL ORDER BY m.next_at, m.id LIMIT ?`)
      .all(limit)
      .map(toMail);
  },
  mails(db: Db, { limit, troubled, report }: { limit: number; troubled?: boolean; report?: number }): ReportMail[] {
    const conditions = [
      ...(troubled === true ? ['m.troubled = 1'] : []),
      ...(report === undefined ? [] : ['m.report = @report']),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    return db
      .prepare<[object], MailRow>(`${MAILS} ${where} ORDER BY m.id DESC LIMIT @limit`)
      .all({ report, limit })
      .map(toMail);
  },
} as const;

/** What can be asked, with the answer's type. */
export type ReportReads = {
  [Name in keyof typeof REPORT_READS]: (typeof REPORT_READS)[Name] extends (db: Db, ...args: infer Args) => infer Answer
    ? (...args: Args) => Answer
    : never;
};

export function readReports(db: Db, name: keyof ReportReads, args: readonly unknown[]): unknown {
  const read = REPORT_READS[name] as (from: Db, ...rest: readonly unknown[]) => unknown;
  return read(db, ...args);
}

function toIssued({ figures, ...rest }: IssuedRow): IssuedReport {
  return { ...rest, figures: JSON.parse(figures) };
}

function toMail({ addressee, state, ...rest }: MailRow): ReportMail {
  return { ...rest, addressee: JSON.parse(addressee), state: JSON.parse(state) as NoticeState };
}
