import { randomUUID } from 'node:crypto';
import { type Clock, HymioError, type Random } from '@hymio/protocol';
import { scopeKey } from '../alerts/scope-key.js';
import type { Actor } from '../exclusions/exclusion.js';
import { words } from '../language/words.js';
import type { Log } from '../log/log.js';
import { MailSender, type MailServer } from '../notices/mail-sender.js';
import type { DeliveryOutcome } from '../notices/next-attempt.js';
import { Outbox } from '../notices/outbox.js';
import type { PdfPrinter } from '../pdf/pdf-printer.js';
import { renderReport } from '../report/render-weekly-report.js';
import type { WeeklyReport } from '../report/report-document.js';
import type { Store } from '../store/store.js';
import { unpackReport } from './pack-report.js';
import { ReportJob } from './report-job.js';
import { reportMail } from './report-mail.js';
import type { NextTime } from './report-schedule.js';
import type { MailAddressee, ReportMail } from './report-store.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A receiver that refuses is asked again after a quarter of an hour, four hours, a day: somebody may mend it. */
const REFUSAL_PAUSES_MS = [15 * MINUTE_MS, 4 * HOUR_MS, 24 * HOUR_MS];
/** Nobody sends more by hand; a page that is left open cannot flood a mailbox. */
const MOST_BY_HAND = 10;
const BY_HAND_MS = 10 * MINUTE_MS;

export interface ReportingParts {
  store: Store;
  clock: Clock;
  random: Random;
  log: Log;
  zone: string;
  /** Makes what is attached as PDF. */
  printer: PdfPrinter;
  /** Undefined: reports are issued only where somebody asks for them. */
  schedule: NextTime | undefined;
  /** Absent: nothing can be mailed. */
  mail?: MailServer;
  /** Where people reach the pages; absent: mails have no link. */
  publicUrl?: string;
}

/** What came of sending a report by hand. */
export type SendNowOutcome = DeliveryOutcome | { kind: 'no-mail-server' } | { kind: 'too-many' };

/** Weekly reports that go out by themselves: issued by schedule, mailed until they arrive. */
export class Reporting {
  /** Whether mails can be sent at all. */
  readonly hasMail: boolean;
  /** When the next reports are issued, UTC ms; undefined: never. */
  readonly nextAt: () => number | undefined;
  readonly #parts: ReportingParts;
  readonly #mail: MailSender | undefined;
  readonly #outbox: Outbox<ReportMail>;
  readonly #job: ReportJob;
  #byHand: number[] = [];

  constructor(parts: ReportingParts) {
    const { store, clock, random, log, zone, mail, schedule } = parts;
    this.#parts = parts;
    this.hasMail = mail !== undefined;
    this.nextAt = () => schedule?.(clock.now());
    this.#mail = mail === undefined ? undefined : new MailSender(mail);
    this.#outbox = new Outbox<ReportMail>({
      store: {
        waiting: (limit, exceptLanes) =>
          exceptLanes.length > 0 ? Promise.resolve([]) : store.reports.waitingMails(limit),
        record: (id, state) => store.reports.recordMail(id, state),
      },
      ...{ clock, random, log },
      kind: 'report-mail',
      lane: () => 'mail',
      about: ({ id, week, subject, addressee }) => ({ mail: id, week, subject, recipient: addressee.id }),
      refusalPausesMs: REFUSAL_PAUSES_MS,
      deliver: (one) => this.#deliver(one),
    });
    this.#job = new ReportJob({ store, clock, log, zone, schedule, issued: () => this.#outbox.wake() });
  }

  start(): void {
    this.#job.start();
    this.#outbox.start();
  }

  async stop(): Promise<void> {
    await this.#job.stop();
    await this.#outbox.stop();
    this.#mail?.close();
  }

  /** Sends a mail that was given up once more, to where its recipient is now. False: there is nothing to send. */
  async sendAnew(id: number, by: Actor): Promise<boolean> {
    const sent = await this.#parts.store.reports.sendMailAnew(id, by);
    if (sent) this.#outbox.wake();
    return sent;
  }

  /** Sends a report to one address at once, and only now: what fails is not tried again. */
  async sendNow(report: WeeklyReport, to: Omit<MailAddressee, 'id'>, who: string): Promise<SendNowOutcome> {
    if (this.#mail === undefined) return { kind: 'no-mail-server' };
    const now = this.#parts.clock.now();
    this.#byHand = this.#byHand.filter((at) => at <= now && now - at < BY_HAND_MS);
    if (this.#byHand.length >= MOST_BY_HAND) return { kind: 'too-many' };
    this.#byHand.push(now);
    const { week, scope } = report;
    const subject = scopeKey(scope);
    // Before it leaves: what went out without a line cannot be taken back.
    await this.#parts.store.reports.noteSent({ week, subject, ...to }, { who, at: now });
    const mail = await this.#mailOf(report, to, true).catch(cannotBeMade);
    return 'reason' in mail ? mail : this.#mail.send(`report-asked-${randomUUID()}`, mail);
  }

  async #deliver({ report: id, addressee, delivery }: ReportMail): Promise<DeliveryOutcome> {
    if (this.#mail === undefined) return { kind: 'unreachable', reason: 'no mail server is configured' };
    const issued = await this.#parts.store.reports.issuedReport(id);
    if (issued === undefined) throw new Error(`mail of report ${id}, which is not in the store`);
    const mail = await this.#mailOf(await unpackReport(issued.document), addressee, false).catch(cannotBeMade);
    return 'reason' in mail ? mail : this.#mail.send(delivery, mail);
  }

  async #mailOf(report: WeeklyReport, { address, language, format }: Omit<MailAddressee, 'id'>, asked: boolean) {
    const { store, publicUrl, printer } = this.#parts;
    const context = { registry: await store.registry(), zone: report.zone, now: Date.parse(report.generatedAt) };
    const attachment = await renderReport(report, context, { format, language, printer });
    return reportMail({ report, to: address, attachment, publicUrl, asked }, words(language, report.zone));
  }
}

/** Such as a PDF where the compiler is missing: told to those who can mend it, and tried again. */
function cannotBeMade(error: unknown): DeliveryOutcome & { reason: string } {
  if (!(error instanceof HymioError)) throw error;
  return { kind: 'failed', reason: `${error.message} [${error.code}]` };
}
