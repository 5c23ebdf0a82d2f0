import type { AlertConditionKind } from '../../alerts/alert-rule.js';

export type TimeUnit = 'minute' | 'hour' | 'day';

/** What an alert says, on pages and in mails. Numbers come with their text: `shown`. */
export interface AlertsMessages {
  /** What it is about, without a place: "Unhappy answers". */
  kinds: Record<AlertConditionKind, string>;
  /** 15 minutes */
  span(amount: number, unit: TimeUnit, shown: string): string;
  /** in the last 15 minutes; begins and ends a part of a sentence */
  within(amount: number, unit: TimeUnit, shown: string): string;
  /** 3 of 4 answers in the last 15 minutes were unhappy or very unhappy. */
  negative(bad: number, shownBad: string, n: number, shown: string, within: string): string;
  indexBelow(index: string, bound: string, n: number, shown: string, within: string): string;
  indexAbove(index: string, bound: string, n: number, shown: string, within: string): string;
  pressesBelow(n: number, shown: string, shownBound: string, within: string): string;
  pressesAbove(n: number, shown: string, within: string): string;
  streak(n: number, shown: string): string;
  /** `since`: a moment, where the state has a beginning. */
  terminalState(terminal: string, state: string, since: string | undefined): string;
  /** Presses that no panel can have sent. */
  suspects: {
    /** Kallio 1 sent 120 … in the last hour …: `reasons`. Without reasons where there were none. */
    sent(terminal: string, n: number, shown: string, within: string, reasons: string): string;
    pace(shown: string): string;
    ahead(shown: string): string;
    /** What becomes of them, and what to do. */
    todo: string;
  };
  /** Share of unhappy answers with its 95 % confidence interval. */
  share(share: string, range: string): string;
  /** Why there is no percentage. */
  fewAnswers: string;
  faults(codes: string): string;
  unassigned: string;
  states: {
    open: string;
    acknowledged: string;
    closed: string;
  };
  closedBecause: {
    recovered: string;
    'by-hand': string;
    'rule-gone': string;
  };
  mail: {
    subjectOpened(title: string): string;
    subjectRecovered(title: string): string;
    subjectTest: string;
    test(rule: string): string;
    openedAt(moment: string): string;
    recoveredAt(moment: string): string;
    acknowledgedBy(by: string, moment: string): string;
    /** It has ended before this was sent. */
    closedAt(moment: string): string;
    numbers: string;
    openAlert: string;
    why(rule: string): string;
  };
}
