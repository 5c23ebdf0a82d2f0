import type { NoticeState } from '../../alerts/alert.js';
import type { Actor } from '../../exclusions/exclusion.js';
import {
  checkedRecipient,
  type ReportRecipient,
  type ReportRecipientText,
  unknownReportRecipient,
} from '../../reporting/report-recipient.js';
import type { MailAddressee, SentByHand, WeekIssue } from '../../reporting/report-store.js';
import { logChanges } from './change-log-rows.js';
import { REPORT_READS } from './report-reader.js';
import type { WriterContext } from './writer-context.js';

/** Writes of recipients, issued reports and mails; each is called inside a transaction. */
export class ReportWriter {
  readonly #context: WriterContext;

  constructor(context: WriterContext) {
    this.#context = context;
  }

  saveRecipient(text: ReportRecipientText, by: Actor, id: number | undefined): ReportRecipient {
    const { db, registry } = this.#context;
    const kept = REPORT_READS.recipients(db);
    const checked = checkedRecipient(text, { id, at: by.at, kept, registry });
    const saved = db
      .prepare(
        `INSERT INTO report_recipients (id, recipient) VALUES (?, ?)
         ON CONFLICT (id) DO UPDATE SET recipient = excluded.recipient`,
      )
      .run(id ?? null, JSON.stringify(checked));
    const after = { id: id ?? Number(saved.lastInsertRowid), ...checked };
    const before = kept.find((one) => one.id === id);
    const subject = { kind: 'report-recipient', id: String(after.id) } as const;
    logChanges(db, [{ subject, before, after }], by, { what: 'put-report-recipient' });
    return after;
  }

  removeRecipient(id: number, by: Actor): void {
    const { db } = this.#context;
    const before = REPORT_READS.recipients(db).find((one) => one.id === id);
    if (before === undefined) throw unknownReportRecipient(id);
    db.prepare('DELETE FROM report_recipients WHERE id = ?').run(id);
    const waiting = db
      .prepare<[number], { id: number; state: string }>(
        'SELECT id, state FROM report_mails WHERE recipient = ? AND next_at IS NOT NULL',
      )
      .all(id);
    for (const mail of waiting) {
      const { attempts }: NoticeState = JSON.parse(mail.state);
      this.recordMail(mail.id, { kind: 'given-up', at: by.at, attempts, reason: 'recipient-removed' });
    }
    const subject = { kind: 'report-recipient', id: String(id) } as const;
    logChanges(db, [{ subject, before }], by, { what: 'remove-report-recipient' });
  }

  issue({ week, issuedAt, reports, mails }: WeekIssue): boolean {
    const { db } = this.#context;
    if (db.prepare('INSERT OR IGNORE INTO report_weeks VALUES (?, ?)').run(week, issuedAt).changes === 0) return false;
    const addReport = db.prepare(
      'INSERT INTO issued_reports (week, subject, issued_at, figures, document) VALUES (?, ?, ?, ?, ?)',
    );
    const ids = new Map<string, number>();
    for (const { subject, figures, document } of reports) {
      const added = addReport.run(week, subject, issuedAt, JSON.stringify(figures), Buffer.from(document));
      ids.set(subject, Number(added.lastInsertRowid));
    }
    const addMail = db.prepare(
      `INSERT INTO report_mails (report, recipient, addressee, delivery, created_at, state, next_at, troubled)
       VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
    );
    const state = JSON.stringify(waitingFrom(issuedAt));
    for (const { subject, addressee, delivery } of mails) {
      const report = ids.get(subject);
      if (report === undefined) throw new Error(`a mail of ${subject}, which is not issued`);
      addMail.run(report, addressee.id, JSON.stringify(addressee), delivery, issuedAt, state, issuedAt);
    }
    return true;
  }

  recordMail(id: number, state: NoticeState): void {
    const nextAt = state.kind === 'waiting' ? state.nextAt : null;
    this.#context.db
      .prepare('UPDATE report_mails SET state = ?, next_at = ?, troubled = ? WHERE id = ?')
      .run(JSON.stringify(state), nextAt, isTroubled(state) ? 1 : 0, id);
  }

  sendMailAnew(id: number, by: Actor): boolean {
    const { db } = this.#context;
    const row = db
      .prepare<[number], { state: string; recipient: number; addressee: string }>(
        'SELECT state, recipient, addressee FROM report_mails WHERE id = ?',
      )
      .get(id);
    const state: NoticeState | undefined = row === undefined ? undefined : JSON.parse(row.state);
    const now = REPORT_READS.recipients(db).find((one) => one.id === row?.recipient);
    if (row === undefined || state?.kind !== 'given-up' || now === undefined) return false;
    const addressee: MailAddressee = { id: now.id, address: now.address, language: now.language, format: now.format };
    db.prepare('UPDATE report_mails SET addressee = ? WHERE id = ?').run(JSON.stringify(addressee), id);
    this.recordMail(id, waitingFrom(by.at));
    const subject = { kind: 'report-mail', id: String(id) } as const;
    const before = { addressee: JSON.parse(row.addressee), state };
    logChanges(db, [{ subject, before, after: { addressee } }], by, { what: 'send-report-mail-anew' });
    return true;
  }

  noteSent({ subject: id, ...after }: SentByHand, by: Actor): void {
    logChanges(this.#context.db, [{ subject: { kind: 'report', id }, after }], by, { what: 'send-report' });
  }
}

function waitingFrom(nextAt: number): NoticeState {
  return { kind: 'waiting', nextAt, attempts: 0, refusals: 0 };
}

/** Failed at least once and not delivered since; one whose recipient was taken away is nobody's trouble. */
function isTroubled(state: NoticeState): boolean {
  if (state.kind === 'given-up') return state.reason !== 'recipient-removed';
  return state.kind === 'waiting' && state.attempts > 0;
}
