import * as z from 'zod';
import type { Alert } from '../../alerts/alert.js';
import { alertConditionSchema, alertScopeSchema } from '../../alerts/alert-rule.js';
import type { AlertDetail } from '../../alerts/alert-store.js';

const instant = (what: string) => z.int().describe(`${what}: UTC milliseconds since 1970`);

/** An alert as the HTTP interface shows it. */
export const alertViewSchema = z.object({
  id: z.int(),
  state: z.enum(['open', 'acknowledged', 'closed']),
  rule: z
    .object({ name: z.string(), scope: alertScopeSchema, condition: alertConditionSchema })
    .describe('as it was when the alert was opened'),
  servicePoint: z.string().nullable(),
  terminal: z.string().nullable().describe('null: it is about the presses of the service point'),
  numbers: z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('presses'),
        ratings: z.tuple([z.int(), z.int(), z.int(), z.int()]).describe('very unhappy … very happy'),
        from: instant('begin of the window'),
        to: instant('end of the window'),
      }),
      z.object({ kind: z.literal('streak'), presses: z.int(), lastAt: instant('last of them') }),
      z.object({
        kind: z.literal('terminal'),
        state: z.string(),
        since: z.int().nullable(),
        faults: z.array(z.string()).describe('codes'),
      }),
      z.object({
        kind: z.literal('suspect').describe('presses of the terminal that no panel can have sent'),
        ahead: z.int().describe('of a clock far ahead'),
        pace: z.int().describe('more at once than a panel can make'),
        from: instant('begin of the window, by receipt'),
        to: instant('end of the window'),
      }),
    ])
    .describe('what was counted or seen when the alert was opened'),
  openedAt: instant('opened'),
  reopened: z.int().describe('how often it came back within the cool-down'),
  acknowledged: z.object({ by: z.string(), at: z.int() }).nullable(),
  closed: z
    .object({
      at: z.int(),
      how: z.enum(['recovered', 'by-hand', 'rule-gone']),
      by: z.string().nullable(),
      why: z.string().nullable(),
    })
    .nullable(),
});
export type AlertView = z.infer<typeof alertViewSchema>;

/** One alert with its history and who was told. */
export const alertDetailSchema = alertViewSchema.extend({
  history: z.array(
    z.object({
      at: z.int(),
      kind: z.enum(['opened', 'acknowledged', 'closed', 'reopened', 'comment']),
      by: z.string().nullable().describe('null: by itself'),
      text: z.string().nullable(),
    }),
  ),
  notices: z.array(
    z.object({
      event: z.enum(['opened', 'recovered', 'test']),
      channel: z.enum(['email', 'webhook']),
      state: z.enum(['waiting', 'delivered', 'given-up']),
      attempts: z.int(),
    }),
  ),
});
export type AlertDetailView = z.infer<typeof alertDetailSchema>;

export function viewAlert({ id, rule, subject, numbers, openedAt, acknowledged, state, reopened }: Alert): AlertView {
  const { name, scope, condition } = rule;
  return {
    id,
    state: state.kind,
    rule: { name, scope, condition },
    servicePoint: subject.servicePoint ?? null,
    terminal: subject.kind === 'terminal' ? subject.terminal : null,
    numbers:
      numbers.kind === 'terminal'
        ? { ...numbers, faults: [...numbers.faults] }
        : numbers.kind === 'presses'
          ? { ...numbers, ratings: [...numbers.ratings] }
          : numbers,
    openedAt,
    reopened,
    acknowledged: acknowledged ?? null,
    closed: state.kind === 'closed' ? { at: state.at, ...closingOf(state.how) } : null,
  };
}

/** Addresses of recipients are not for every program. */
export function viewAlertDetail({ alert, entries, notices }: AlertDetail): AlertDetailView {
  return {
    ...viewAlert(alert),
    history: entries.map(({ at, kind, by, text }) => ({ at, kind, by: by ?? null, text: text ?? null })),
    notices: notices.map(({ event, recipient, state }) => ({
      event,
      channel: recipient.kind,
      state: state.kind,
      attempts: state.attempts,
    })),
  };
}

function closingOf(how: (Alert['state'] & { kind: 'closed' })['how']): {
  how: (typeof how)['kind'];
  by: string | null;
  why: string | null;
} {
  if (how.kind !== 'by-hand') return { how: how.kind, by: null, why: null };
  return { how: how.kind, by: how.by, why: how.why === '' ? null : how.why };
}
