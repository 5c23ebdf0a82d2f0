import type { NoticeState } from '../../alerts/alert.js';
import type { Actor } from '../../exclusions/exclusion.js';
import type { ReportRecipient, ReportRecipientText } from '../../reporting/report-recipient.js';
import type {
  IssuedQuery,
  IssuedReport,
  LatePressQuery,
  ReportMail,
  ReportStore,
  SentByHand,
  WeekIssue,
} from '../../reporting/report-store.js';
import type { ReportReads } from './report-reader.js';
import type { ReportWriter } from './report-writer.js';

export interface ReportStoreSides {
  /** Runs the work in one transaction. */
  write<T>(work: (rows: ReportWriter) => T): T;
  read<Name extends keyof ReportReads>(
    name: Name,
    ...args: Parameters<ReportReads[Name]>
  ): Promise<ReturnType<ReportReads[Name]>>;
}

/** Issued reports in the store's file, in the same transactions and the same backup. */
export class SqliteReportStore implements ReportStore {
  readonly #sides: ReportStoreSides;

  constructor(sides: ReportStoreSides) {
    this.#sides = sides;
  }

  async saveRecipient(recipient: ReportRecipientText, by: Actor, id?: number): Promise<ReportRecipient> {
    return this.#sides.write((rows) => rows.saveRecipient(recipient, by, id));
  }

  async removeRecipient(id: number, by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.removeRecipient(id, by));
  }

  async issue(issue: WeekIssue): Promise<boolean> {
    return this.#sides.write((rows) => rows.issue(issue));
  }

  async recordMail(id: number, state: NoticeState): Promise<void> {
    this.#sides.write((rows) => rows.recordMail(id, state));
  }

  async sendMailAnew(id: number, by: Actor): Promise<boolean> {
    return this.#sides.write((rows) => rows.sendMailAnew(id, by));
  }

  async noteSent(sent: SentByHand, by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.noteSent(sent, by));
  }

  recipients(): Promise<ReportRecipient[]> {
    return this.#sides.read('recipients');
  }

  issuedWeeks(weeks: readonly string[]): Promise<string[]> {
    return this.#sides.read('issuedWeeks', weeks);
  }

  issued(query: IssuedQuery): Promise<IssuedReport[]> {
    return this.#sides.read('issued', query);
  }

  issuedReport(id: number): Promise<{ report: IssuedReport; document: Uint8Array } | undefined> {
    return this.#sides.read('issuedReport', id);
  }

  latePresses(query: LatePressQuery): Promise<number> {
    return this.#sides.read('latePresses', query);
  }

  waitingMails(limit: number): Promise<ReportMail[]> {
    return this.#sides.read('waitingMails', limit);
  }

  mails(query: { limit: number; troubled?: boolean; report?: number }): Promise<ReportMail[]> {
    return this.#sides.read('mails', query);
  }
}
