import type { ReportFormat } from '../../report/report-formats.js';

/** Reports that go out: what was sent and has changed since, mails, who gets them. */
export interface ReportIssuesMessages {
  /** 81 % satisfied (243 answers); `share` absent: too few to print one. */
  tally(share: string | undefined, answers: string): string;
  /** An earlier week, as it was told and as it is now; both as `tally`. */
  corrected(week: number, said: string, now: string): string;
  /** Why a number has changed: presses that came late; 0: none did. */
  because(late: number, shown: string): string;
  archive: {
    sentAt(moment: string): string;
    asSent: string;
    /** The same numbers now as then. */
    same: string;
    /** Both as `tally`. */
    changed(said: string, now: string): string;
  };
  mail: {
    attached(fileName: string): string;
    open: string;
    why: string;
    whyAsked: string;
  };
  send: {
    title: string;
    lead: string;
    preview: string;
    address: string;
    submit: string;
    sent(address: string): string;
    noMailServer: string;
    tooMany: string;
    /** `reason`: what the mail server said. */
    failed(reason: string): string;
  };
  recipients: {
    lead: string;
    nextAt(moment: string): string;
    off: string;
    caption: string;
    none: string;
    add: string;
    newTitle: string;
    title(address: string): string;
    address: string;
    language: string;
    format: string;
    formats: Record<ReportFormat | 'xlsx', string>;
    subjects: string;
    subjectsHint: string;
    points: string;
    active: string;
    activeHint: string;
    gone: string;
    paused: string;
    removeHint: string;
    troubles: string;
    waiting(attempts: number, moment: string): string;
    givenUp(moment: string): string;
    /** Before what the mail server said. */
    reason: string;
    sendAnew: string;
    sentAnew: string;
    cannotSendAnew: string;
  };
}
