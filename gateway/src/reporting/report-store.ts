import type { NoticeState } from '../alerts/alert.js';
import type { Actor } from '../exclusions/exclusion.js';
import type { ReportCorrection, ReportTally } from '../report/report-document.js';
import type { ReportRecipient, ReportRecipientText } from './report-recipient.js';

/** What a report said in figures: what later weeks are compared with, without opening the whole document. */
export interface IssuedFigures {
  tally: ReportTally;
  corrections: readonly ReportCorrection[];
}

/** A report as it went out: made once, kept as it was. */
export interface IssuedReport {
  id: number;
  /** 2026-W47 */
  week: string;
  /** Key of what it is about: `group/health`. */
  subject: string;
  /** UTC ms. */
  issuedAt: number;
  figures: IssuedFigures;
}

/** To whom a mail goes; as the recipient was when the report was issued, or when the mail was sent anew. */
export type MailAddressee = Pick<ReportRecipient, 'id' | 'address' | 'language' | 'format'>;

/** One mail: a report of a week to a recipient. `delivery` makes its Message-ID, the same at every attempt. */
export interface ReportMail {
  id: number;
  report: number;
  week: string;
  subject: string;
  addressee: MailAddressee;
  delivery: string;
  createdAt: number;
  state: NoticeState;
}

/** All that the issue of a week is: written together or not at all. */
export interface WeekIssue {
  week: string;
  /** UTC ms. */
  issuedAt: number;
  /** `document`: the packed JSON. */
  reports: readonly (Pick<IssuedReport, 'subject' | 'figures'> & { document: Uint8Array })[];
  /** Each of one of these reports. */
  mails: readonly Pick<ReportMail, 'subject' | 'addressee' | 'delivery'>[];
}

export interface IssuedQuery {
  week?: string;
  /** Key of what the report is about. */
  subject?: string;
  /** Only weeks from `fromWeek` on, and before `beforeWeek`. */
  fromWeek?: string;
  beforeWeek?: string;
  limit: number;
}

export interface LatePressQuery {
  /** By the time under which presses are counted, UTC ms; `to` exclusive. */
  from: number;
  to: number;
  /** Received after it, UTC ms. */
  receivedAfter: number;
  /** Only of these; absent: all. */
  servicePoints?: readonly string[];
}

/** A report that somebody sends to an address by hand. `subject` by key, such as `group/health`. */
export interface SentByHand extends Omit<MailAddressee, 'id'> {
  week: string;
  subject: string;
}

/** Recipients of reports, what was issued, and the mails on their way. Writes are atomic and durable when resolved. */
export interface ReportStore {
  /** By id. */
  recipients(): Promise<ReportRecipient[]>;
  /** Adds one, or changes the one of that id, with a line in the log of changes. Errors: see `checkedRecipient`. */
  saveRecipient(recipient: ReportRecipientText, by: Actor, id?: number): Promise<ReportRecipient>;
  /** Mails that wait for it are not sent any more. Error: HymioError `unknown-report-recipient`. */
  removeRecipient(id: number, by: Actor): Promise<void>;

  /** A week is issued once: false, and nothing is written, where it was before. */
  issue(issue: WeekIssue): Promise<boolean>;
  /** Those of these weeks that were issued. */
  issuedWeeks(weeks: readonly string[]): Promise<string[]>;
  /** Newest week first, then by subject. */
  issued(query: IssuedQuery): Promise<IssuedReport[]>;
  issuedReport(id: number): Promise<{ report: IssuedReport; document: Uint8Array } | undefined>;
  /** Presses that count in a span and came later than that. */
  latePresses(query: LatePressQuery): Promise<number>;

  /** Waiting mails by the time at which they are due, whether it has come or not. */
  waitingMails(limit: number): Promise<ReportMail[]>;
  recordMail(id: number, state: NoticeState): Promise<void>;
  /** To where the recipient is now, at once. False where it is not given up or has no recipient any more. */
  sendMailAnew(id: number, by: Actor): Promise<boolean>;
  /** Somebody sends the report of a week to an address: a line in the log of changes. */
  noteSent(sent: SentByHand, by: Actor): Promise<void>;
  /** `troubled`: failed at least once and not delivered. Newest first. */
  mails(query: { limit: number; troubled?: boolean; report?: number }): Promise<ReportMail[]>;
}
