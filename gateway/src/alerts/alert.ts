import type { RatingCounts } from '../statistics/happy-index.js';
import type { AlertRule, Recipient } from './alert-rule.js';

/** What an alert is about: a press rule judges a service point, a state rule a terminal. */
export type AlertSubject =
  | { kind: 'service-point'; servicePoint: string }
  /** `servicePoint`: where it stood when the alert was opened; absent: nowhere. */
  | { kind: 'terminal'; terminal: string; servicePoint?: string };

/** What was counted or seen when the alert opened. Instants UTC ms. */
export type AlertNumbers =
  | { kind: 'presses'; ratings: RatingCounts; from: number; to: number }
  | { kind: 'streak'; presses: number; lastAt: number }
  | { kind: 'terminal'; state: string; since: number | null; faults: readonly string[] }
  /** Presses that no panel can have sent, received in [from, to], by why. */
  | { kind: 'suspect'; ahead: number; pace: number; from: number; to: number };

export interface Acknowledgement {
  by: string;
  at: number;
}
export type AlertClosing =
  /** The condition had been over for the rule's recovery time. */
  | { kind: 'recovered' }
  | { kind: 'by-hand'; by: string; why: string }
  /** The rule was switched off or changed its kind, or its subject is gone. */
  | { kind: 'rule-gone' };
export type AlertState =
  | { kind: 'open' }
  | { kind: 'acknowledged' }
  | { kind: 'closed'; at: number; how: AlertClosing };

/** One thing that rang once, with the rule as it was, so that it can be explained for ever. Instants UTC ms. */
export interface Alert {
  id: number;
  rule: AlertRule;
  subject: AlertSubject;
  numbers: AlertNumbers;
  openedAt: number;
  /** Stays when the alert is closed. */
  acknowledged?: Acknowledgement;
  state: AlertState;
  /** How often it came back within the cool-down. */
  reopened: number;
  /** Closed for good: nothing but comments is added any more. */
  settled: boolean;
}

/** What happened to an alert, oldest first. `by` is absent for what the gateway did by itself. */
export interface AlertEntry {
  at: number;
  kind: 'opened' | 'acknowledged' | 'closed' | 'reopened' | 'comment';
  by?: string;
  /** Comment, or why it was closed by hand. */
  text?: string;
}

/** What somebody did with an alert, for the log of changes; undefined: the gateway did it by itself. */
export function actOn(alert: number, { at, kind, by, text }: AlertEntry) {
  if (by === undefined) return undefined;
  const whats: Partial<Record<AlertEntry['kind'], string>> = {
    acknowledged: 'acknowledge-alert',
    closed: 'close-alert',
    comment: 'comment-alert',
  };
  return {
    subject: { kind: 'alert', id: String(alert) } as const,
    what: whats[kind] ?? `${kind}-alert`,
    why: text,
    by: { who: by, at },
  };
}

/** What a notice is about. */
export type NoticeEvent = 'opened' | 'recovered' | 'test';

export type NoticeState =
  /** `attempts` made so far, the last of which failed with `reason`; the next is due at `nextAt`, UTC ms. */
  | { kind: 'waiting'; nextAt: number; attempts: number; refusals: number; reason?: string }
  | { kind: 'delivered'; at: number; attempts: number }
  | { kind: 'given-up'; at: number; attempts: number; reason: string };

/** One message to one recipient. `delivery` is its identity at the other end, the same at every attempt. */
export interface Notice {
  id: number;
  /** Absent for a test. */
  alert?: number;
  event: NoticeEvent;
  recipient: Recipient;
  delivery: string;
  createdAt: number;
  state: NoticeState;
}

export type NewNotice = Pick<Notice, 'event' | 'recipient' | 'delivery' | 'createdAt'> & { notBefore: number };

/** Where a notice goes: all mails by one server, each webhook by itself. */
export function laneOf(recipient: Recipient): string {
  return recipient.kind === 'email' ? 'mail' : `webhook/${recipient.webhook}`;
}

/** Identity of a subject: `terminal/kallio-1`. */
export function subjectKey(subject: AlertSubject): string {
  return subject.kind === 'terminal' ? `terminal/${subject.terminal}` : `service-point/${subject.servicePoint}`;
}

/** At most one alert of a rule's name and a subject is not settled. */
export function alertKey(name: string, subject: AlertSubject): string {
  return `${name} ${subjectKey(subject)}`;
}
