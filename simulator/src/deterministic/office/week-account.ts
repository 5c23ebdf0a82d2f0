import type { ReportRecipient, WeekIssue } from '@hymio/gateway';
import type { Verdict } from '../verdict.js';

/** The plain account of weeks: each issued once, with one mail to each recipient of each report. */
export class WeekAccount {
  readonly #verdict: Verdict;
  readonly #issued = new Map<string, WeekIssue>();

  constructor(verdict: Verdict) {
    this.#verdict = verdict;
  }

  get weeks(): readonly string[] {
    return [...this.#issued.keys()];
  }

  get mails(): number {
    return [...this.#issued.values()].reduce((sum, { mails }) => sum + mails.length, 0);
  }

  /**
   * A week has been issued, and the store took it. `dueAt`: when it fell due; `steady`: recipients that are as they have
   * been since long before the job looked.
   */
  note(issue: WeekIssue, dueAt: number, steady: readonly ReportRecipient[]): void {
    const { week, mails, reports } = issue;
    this.#verdict.check(!this.#issued.has(week), 'issued-twice', () => week);
    this.#issued.set(week, issue);
    const names = mails.map(({ subject, addressee }) => `${subject} to ${addressee.id}`);
    this.#verdict.check(new Set(names).size === names.length, 'mailed-twice', () => `${week}: ${names.join(', ')}`);
    const made = new Set(reports.map(({ subject }) => subject));
    this.#verdict.check(made.size === reports.length, 'report-made-twice', () => week);
    for (const { id, active, since } of steady) {
      const wanted = active && since <= dueAt;
      const got = mails.some(({ addressee }) => addressee.id === id);
      this.#verdict.check(wanted === got, 'wrong-recipients', () => `${week}: recipient ${id} gets ${got}`);
    }
  }
}
