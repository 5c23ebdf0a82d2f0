import type { NoticeState } from '../../alerts/alert.js';
import type { Actor } from '../../exclusions/exclusion.js';
import {
  checkedRecipient,
  type ReportRecipient,
  type ReportRecipientText,
  unknownReportRecipient,
} from '../../reporting/report-recipient.js';
import type {
  IssuedQuery,
  IssuedReport,
  LatePressQuery,
  ReportMail,
  ReportStore,
  SentByHand,
  WeekIssue,
} from '../../reporting/report-store.js';
import { logChanges } from './administer-state.js';
import type { MemoryReports, MemoryState } from './memory-state.js';

/** Reports that were issued, in memory: as plain as can be. */
export class MemoryReportStore implements ReportStore {
  readonly #state: MemoryState;
  readonly #requireOpen: () => void;

  constructor(state: MemoryState, requireOpen: () => void) {
    this.#state = state;
    this.#requireOpen = requireOpen;
  }

  get #reports(): MemoryReports {
    return this.#state.reports;
  }

  async recipients(): Promise<ReportRecipient[]> {
    return structuredClone(this.#reports.recipients);
  }

  async saveRecipient(text: ReportRecipientText, by: Actor, id?: number): Promise<ReportRecipient> {
    this.#requireOpen();
    const reports = this.#reports;
    const { registry } = this.#state;
    const checked = checkedRecipient(text, { id, at: by.at, kept: reports.recipients, registry });
    const before = reports.recipients.find((one) => one.id === id);
    const after = structuredClone({ id: id ?? reports.nextRecipient++, ...checked });
    reports.recipients = [...reports.recipients.filter((one) => one.id !== id), after].sort((a, b) => a.id - b.id);
    const subject = { kind: 'report-recipient', id: String(after.id) } as const;
    logChanges(this.#state, [{ subject, ...(before !== undefined && { before }), after }], by, {
      what: 'put-report-recipient',
    });
    return structuredClone(after);
  }

  async removeRecipient(id: number, by: Actor): Promise<void> {
    this.#requireOpen();
    const reports = this.#reports;
    const before = reports.recipients.find((one) => one.id === id);
    if (before === undefined) throw unknownReportRecipient(id);
    reports.recipients = reports.recipients.filter((one) => one.id !== id);
    for (const mail of reports.mails) {
      if (mail.addressee.id !== id || mail.state.kind !== 'waiting') continue;
      const { attempts } = mail.state;
      mail.state = { kind: 'given-up', at: by.at, attempts, reason: 'recipient-removed' };
    }
    const subject = { kind: 'report-recipient', id: String(id) } as const;
    logChanges(this.#state, [{ subject, before }], by, { what: 'remove-report-recipient' });
  }

  async issue({ week, issuedAt, reports, mails }: WeekIssue): Promise<boolean> {
    this.#requireOpen();
    const held = this.#reports;
    if (held.weeks.has(week)) return false;
    held.weeks.add(week);
    const ids = new Map<string, number>();
    for (const { document, ...rest } of structuredClone(reports)) {
      const id = held.issued.length + 1;
      ids.set(rest.subject, id);
      held.issued.push({ report: { id, week, issuedAt, ...rest }, document });
    }
    for (const mail of structuredClone(mails)) {
      const report = ids.get(mail.subject);
      if (report === undefined) throw new Error(`a mail of ${mail.subject}, which is not issued`);
      const state: NoticeState = { kind: 'waiting', nextAt: issuedAt, attempts: 0, refusals: 0 };
      held.mails.push({ id: held.mails.length + 1, report, week, createdAt: issuedAt, state, ...mail });
    }
    return true;
  }

  async issuedWeeks(weeks: readonly string[]): Promise<string[]> {
    return weeks.filter((week) => this.#reports.weeks.has(week)).sort();
  }

  async issued({ week, subject, fromWeek = '', beforeWeek = '~', limit }: IssuedQuery): Promise<IssuedReport[]> {
    const found = this.#reports.issued
      .map(({ report }) => report)
      .filter((one) => one.week >= fromWeek && one.week < beforeWeek)
      .filter((one) => (week ?? one.week) === one.week && (subject ?? one.subject) === one.subject)
      .sort((a, b) => compare(b.week, a.week) || compare(a.subject, b.subject));
    return structuredClone(found.slice(0, limit));
  }

  async issuedReport(id: number): Promise<{ report: IssuedReport; document: Uint8Array } | undefined> {
    return structuredClone(this.#reports.issued.find(({ report }) => report.id === id));
  }

  async latePresses({ from, to, receivedAfter, servicePoints }: LatePressQuery): Promise<number> {
    return this.#state.presses.filter(
      ({ press }) =>
        press.countedAt >= from &&
        press.countedAt < to &&
        press.receivedAt > receivedAfter &&
        !press.repeat &&
        !press.excluded &&
        (servicePoints === undefined || servicePoints.includes(press.servicePoint ?? '')),
    ).length;
  }

  async waitingMails(limit: number): Promise<ReportMail[]> {
    const dueAt = ({ state }: ReportMail) => (state.kind === 'waiting' ? state.nextAt : Infinity);
    const waiting = this.#reports.mails.filter(({ state }) => state.kind === 'waiting');
    return structuredClone(waiting.sort((a, b) => dueAt(a) - dueAt(b) || a.id - b.id).slice(0, limit));
  }

  async recordMail(id: number, state: NoticeState): Promise<void> {
    this.#requireOpen();
    const mail = this.#reports.mails.find((one) => one.id === id);
    if (mail !== undefined) mail.state = structuredClone(state);
  }

  async sendMailAnew(id: number, by: Actor): Promise<boolean> {
    this.#requireOpen();
    const mail = this.#reports.mails.find((one) => one.id === id);
    const now = this.#reports.recipients.find((one) => one.id === mail?.addressee.id);
    if (mail?.state.kind !== 'given-up' || now === undefined) return false;
    const before = { addressee: mail.addressee, state: mail.state };
    const addressee = { id: now.id, address: now.address, language: now.language, format: now.format };
    mail.addressee = addressee;
    mail.state = { kind: 'waiting', nextAt: by.at, attempts: 0, refusals: 0 };
    const subject = { kind: 'report-mail', id: String(id) } as const;
    logChanges(this.#state, [{ subject, before, after: { addressee } }], by, { what: 'send-report-mail-anew' });
    return true;
  }

  async noteSent({ subject: id, ...after }: SentByHand, by: Actor): Promise<void> {
    this.#requireOpen();
    logChanges(this.#state, [{ subject: { kind: 'report', id }, after }], by, { what: 'send-report' });
  }

  async mails({ limit, troubled, report }: Parameters<ReportStore['mails']>[0]): Promise<ReportMail[]> {
    const found = this.#reports.mails
      .filter((mail) => troubled !== true || isTroubled(mail.state))
      .filter((mail) => (report ?? mail.report) === mail.report);
    return structuredClone(found.sort((a, b) => b.id - a.id).slice(0, limit));
  }
}

/** Failed at least once and not delivered since; one whose recipient was taken away is nobody's trouble. */
function isTroubled(state: NoticeState): boolean {
  if (state.kind === 'given-up') return state.reason !== 'recipient-removed';
  return state.kind === 'waiting' && state.attempts > 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
