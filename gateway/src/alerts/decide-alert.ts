import type { Alert, AlertNumbers, AlertSubject, NewNotice, NoticeEvent } from './alert.js';
import type { AlertRule, Recipient } from './alert-rule.js';
import type { AlertDecision } from './alert-store.js';
import type { AlertEffect } from './step-alert.js';

/** What is known where an effect is carried out. */
export interface AlertOccasion {
  /** The alert as it was; absent where one opens. */
  alert?: Alert;
  rule: AlertRule;
  subject: AlertSubject;
  /** Needed where an alert opens. */
  numbers?: AlertNumbers;
  /** UTC ms. */
  at: number;
  by?: string;
  why?: string;
  /** Who is told, if anyone is to be; for the end of an alert those who were told of its beginning. */
  recipients: readonly Recipient[];
  /** Notices wait until then, UTC ms. */
  notBefore: number;
  newDelivery: () => string;
}

/** What is written for an effect: the alert as it is then, its history and its notices, all of one transaction. */
export function decideAlert(effect: AlertEffect, occasion: AlertOccasion): AlertDecision {
  if (effect.kind === 'open') return opening(effect.alert, occasion);
  const { alert, at, by = '', why = '' } = occasion;
  if (alert === undefined || alert.id !== effect.alert) throw new Error(`alert ${effect.alert} is not at hand`);
  switch (effect.kind) {
    case 'reopen':
      return {
        alert: {
          ...alert,
          state: { kind: alert.acknowledged === undefined ? 'open' : 'acknowledged' },
          reopened: alert.reopened + 1,
        },
        entry: { at, kind: 'reopened' },
        notices: [],
      };
    case 'recover':
      return {
        alert: { ...alert, state: { kind: 'closed', at, how: { kind: 'recovered' } } },
        entry: { at, kind: 'closed' },
        notices: [],
      };
    case 'acknowledge':
      return {
        alert: { ...alert, acknowledged: { by, at }, state: { kind: 'acknowledged' } },
        entry: { at, kind: 'acknowledged', by },
        notices: [],
      };
    case 'dismiss':
      return {
        alert: { ...alert, state: { kind: 'closed', at, how: { kind: 'by-hand', by, why } } },
        entry: { at, kind: 'closed', by, ...(why === '' ? {} : { text: why }) },
        notices: [],
      };
    case 'withdraw':
      return {
        alert: { ...alert, state: { kind: 'closed', at, how: { kind: 'rule-gone' } }, settled: true },
        entry: { at, kind: 'closed' },
        notices: [],
      };
    case 'settle':
      return {
        alert: { ...alert, settled: true },
        notices: effect.told && occasion.rule.tellWhenOver ? noticesOf('recovered', occasion) : [],
      };
  }
}

function opening(id: number, occasion: AlertOccasion): AlertDecision {
  const { rule, subject, numbers, at } = occasion;
  if (numbers === undefined) throw new Error('an alert opens on numbers');
  return {
    alert: { id, rule, subject, numbers, openedAt: at, state: { kind: 'open' }, reopened: 0, settled: false },
    entry: { at, kind: 'opened' },
    notices: noticesOf('opened', occasion),
  };
}

function noticesOf(event: NoticeEvent, { recipients, newDelivery, at, notBefore }: AlertOccasion): NewNotice[] {
  return recipients.map((recipient) => ({ event, recipient, delivery: newDelivery(), createdAt: at, notBefore }));
}
