import { createHash } from 'node:crypto';
import { HymioError } from '@hymio/protocol';
import { scopeKey } from '../alerts/scope-key.js';
import type { Log } from '../log/log.js';
import { readReportInput } from '../report/read-report-input.js';
import { tallyOf } from '../report/report-corrections.js';
import { weeklyReport } from '../report/weekly-report.js';
import type { Store } from '../store/store.js';
import { packReport } from './pack-report.js';
import { type ReportRecipient, subjectOfKey } from './report-recipient.js';
import type { DueWeek } from './report-schedule.js';
import type { ReportMail, WeekIssue } from './report-store.js';

interface IssueParts {
  store: Store;
  zone: string;
  /** UTC ms. */
  now: number;
  log: Log;
  /** Nobody waits for a week of many reports at the end of the gateway. */
  stop: AbortSignal;
  /** Makes one report; undefined where what it is about is gone. Default: from the store. */
  makeReport?: MakeReport;
}
export type MakeReport = (week: string, subject: string) => Promise<WeekIssue['reports'][number] | undefined>;

/** Who gets the reports of a week: those who were recipients when it fell due. */
export function recipientsOf(recipients: readonly ReportRecipient[], { dueAt }: DueWeek): ReportRecipient[] {
  return recipients.filter(({ active, since }) => active && since <= dueAt);
}

/**
 * Makes every report that somebody wants of the week, each once, and a mail to everyone who wants it; undefined where it was
 * stopped. Errors: the store's.
 */
export async function makeIssue(
  due: DueWeek,
  recipients: readonly ReportRecipient[],
  parts: IssueParts,
): Promise<WeekIssue | undefined> {
  const week = due.week.id;
  const wanted = recipients.flatMap((recipient) =>
    recipient.subjects.map((scope) => ({ recipient, subject: scopeKey(scope) })),
  );
  const reports: WeekIssue['reports'][number][] = [];
  for (const subject of new Set(wanted.map((one) => one.subject))) {
    if (parts.stop.aborted) return undefined;
    const report = await (parts.makeReport?.(week, subject) ?? makeReport(week, subject, parts));
    if (report !== undefined) reports.push(report);
  }
  const made = new Set(reports.map(({ subject }) => subject));
  const mails = wanted
    .filter(({ subject }) => made.has(subject))
    .map(({ recipient, subject }) => mailOf(week, subject, recipient));
  return { week, issuedAt: parts.now, reports, mails };
}

async function makeReport(
  week: string,
  subject: string,
  { store, zone, now, log }: IssueParts,
): Promise<WeekIssue['reports'][number] | undefined> {
  try {
    const report = weeklyReport(await readReportInput(store, { week, ...subjectOfKey(subject) }, { zone, now }));
    const figures = { tally: tallyOf(report.counts.ratings), corrections: report.corrections };
    return { subject, figures, document: await packReport(report) };
  } catch (error) {
    if (!(error instanceof HymioError) || !GONE.has(error.code)) throw error;
    log.warn('no report on what is not there any more', { code: 'report-subject-gone', subject, week });
    return undefined;
  }
}
const GONE: ReadonlySet<string> = new Set(['unknown-service-point', 'unknown-group']);

/**
 * The identity of a mail follows from what it is: were the same report of a week issued once more after an older backup
 * was put back, the receiver's mail server could still see that it has it.
 */
function mailOf(
  week: string,
  subject: string,
  recipient: ReportRecipient,
): Pick<ReportMail, 'subject' | 'addressee' | 'delivery'> {
  const { id, address, language, format, since } = recipient;
  const identity = createHash('sha256')
    .update(JSON.stringify([week, subject, id, address, since]))
    .digest('hex');
  return {
    subject,
    addressee: { id, address, language, format },
    delivery: `report-${week.toLowerCase()}-${identity.slice(0, 32)}`,
  };
}
