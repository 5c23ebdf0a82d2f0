import type { Cancel, Clock } from '@hymio/protocol';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Store } from '../store/store.js';
import { type MakeReport, makeIssue, recipientsOf } from './issue-week.js';
import { type DueWeek, dueWeeks, type NextTime } from './report-schedule.js';

/** Looked again at least so often, ms: the clock may be set. */
const LOOK_AGAIN_MS = 60_000;

export interface ReportJobParts {
  store: Store;
  clock: Clock;
  log: Log;
  zone: string;
  /** When reports are issued; absent: never, and weeks that pass meanwhile are not made up for later. */
  schedule: NextTime | undefined;
  /** Mails were added. */
  issued: () => void;
  /** Makes one report; default: from the store. */
  makeReport?: MakeReport;
}

/**
 * Issues the reports of each week once, when it falls due: the documents and the mails are written in one transaction, so
 * that a process that dies has issued the week or has not. What could not be issued is tried again.
 */
export class ReportJob {
  readonly #parts: ReportJobParts;
  #cancel: Cancel | undefined;
  #work: Promise<void> = Promise.resolve();
  #stop = new AbortController();

  constructor(parts: ReportJobParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stop = new AbortController();
    this.#look();
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#cancel?.();
    await this.#work;
  }

  #look(): void {
    const { clock, log } = this.#parts;
    this.#work = this.#issueDue()
      .catch((error: unknown) => log.error('reports could not be issued; tried again', errorFields(error)))
      .finally(() => {
        if (!this.#stop.signal.aborted) this.#cancel = clock.after(this.#pauseMs(), () => this.#look());
      });
  }

  #pauseMs(): number {
    const { clock, schedule } = this.#parts;
    const now = clock.now();
    return Math.min(LOOK_AGAIN_MS, Math.max(1, (schedule?.(now) ?? Infinity) - now));
  }

  async #issueDue(): Promise<void> {
    const { store, clock, zone, schedule } = this.#parts;
    // Without a schedule a week has passed when it is over.
    const due = dueWeeks(schedule ?? ((after) => after + 1), { zone, now: clock.now() });
    const issued = new Set(await store.reports.issuedWeeks(due.map(({ week }) => week.id)));
    for (const one of due.filter(({ week }) => !issued.has(week.id))) {
      if (this.#stop.signal.aborted) return;
      await this.#issue(one);
    }
  }

  async #issue(due: DueWeek): Promise<void> {
    const { store, clock, log, zone, schedule, issued, makeReport } = this.#parts;
    const recipients = schedule === undefined ? [] : recipientsOf(await store.reports.recipients(), due);
    const parts = { store, zone, now: clock.now(), log, stop: this.#stop.signal };
    const issue = await makeIssue(due, recipients, { ...parts, ...(makeReport === undefined ? {} : { makeReport }) });
    if (issue === undefined) return;
    const isNew = await store.reports.issue(issue);
    if (!isNew || issue.reports.length === 0) return;
    log.info('weekly reports issued', { week: issue.week, reports: issue.reports.length, mails: issue.mails.length });
    issued();
  }
}
