import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { LANGUAGES } from '../registry/registry.js';
import { scopeKey } from './scope-key.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What a rule holds for: everything below it, unless a nearer rule of the same name says otherwise. */
export const alertScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('organisation') }),
  z.strictObject({ kind: z.literal('group'), id: idSchema }),
  z.strictObject({ kind: z.literal('service-point'), id: idSchema }),
]);
export type AlertScope = z.infer<typeof alertScopeSchema>;

const windowMs = z
  .int()
  .min(MINUTE_MS)
  .max(7 * DAY_MS)
  .describe('ms: one minute to seven days');
const presses = z.int().min(1).max(1_000_000);

/** When a rule opens an alert. Presses of a service point within a sliding window; or a terminal: its state, or what it sends. */
export const alertConditionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('negative-share'),
    share: z.number().gt(0).max(1).describe('0…1: at least this share of them unhappy or very unhappy'),
    minPresses: presses,
    windowMs,
  }),
  z.strictObject({ kind: z.literal('index-below'), index: z.number().gt(0).max(100), minPresses: presses, windowMs }),
  z.strictObject({ kind: z.literal('index-above'), index: z.number().min(0).lt(100), minPresses: presses, windowMs }),
  z.strictObject({ kind: z.literal('presses-below'), presses, windowMs }).describe('fewer than that while open'),
  z.strictObject({ kind: z.literal('presses-above'), presses, windowMs }).describe('at least that many'),
  z.strictObject({ kind: z.literal('very-happy-streak'), presses: z.int().min(2).max(10_000) }),
  z.strictObject({
    kind: z.literal('terminal-state'),
    states: z.array(z.string().min(1).max(40)).min(1).describe('kinds of terminal states'),
    forMs: z.int().min(0).max(DAY_MS).describe('ms that it must have lasted'),
  }),
  z
    .strictObject({ kind: z.literal('suspect-presses'), presses, windowMs })
    .describe('at least so many presses that no panel can have sent (suspect), of a terminal, by their receipt'),
]);
export type AlertCondition = z.infer<typeof alertConditionSchema>;
export type AlertConditionKind = AlertCondition['kind'];
export type TerminalCondition = Extract<AlertCondition, { kind: 'terminal-state' | 'suspect-presses' }>;

/** Whether a condition looks at a terminal; the others look at a service point. */
export function isTerminalCondition(condition: AlertCondition): condition is TerminalCondition {
  return condition.kind === 'terminal-state' || condition.kind === 'suspect-presses';
}

/** Local times between which notices wait, minutes after midnight; `to` before `from` reaches over midnight. */
export const quietHoursSchema = z
  .strictObject({ from: z.int().min(0).max(1439), to: z.int().min(0).max(1439) })
  .refine(({ from, to }) => from !== to, 'quiet hours must begin and end at different times');
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** One line, so that no header can be smuggled into a mail, and no display name or second address. */
export const emailSchema = z
  .string()
  .max(254)
  .regex(/^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/, 'write it as name@example.org');

/** Who is told. Webhooks are named in the configuration file: their addresses and secrets stand nowhere else. */
export const recipientSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), address: emailSchema, language: z.enum(LANGUAGES) }),
  z.strictObject({ kind: z.literal('webhook'), webhook: idSchema }),
]);
export type Recipient = z.infer<typeof recipientSchema>;

export const alertRuleSchema = z.strictObject({
  scope: alertScopeSchema,
  /** Rules of one name are the same rule at different places; the nearest holds. */
  name: idSchema,
  condition: alertConditionSchema,
  /** False switches a rule of that name off for what is below. */
  enabled: z.boolean(),
  /** Whether those who were told are told when it is over, too. */
  tellWhenOver: z.boolean(),
  quietHours: quietHoursSchema.exactOptional(),
  /** Instead of the recipients of service point, groups and organisation; empty: nobody. */
  recipients: z.array(recipientSchema).max(50).exactOptional(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** Recipients of everything below a scope. */
export interface ScopeRecipients {
  scope: AlertScope;
  recipients: Recipient[];
}

/** What the operator has set; what is not set is as in the defaults. */
export interface AlertSettings {
  rules: readonly AlertRule[];
  recipients: readonly ScopeRecipients[];
}

/** There is at most one rule of a name at a scope: `group/health/unhappy-now`. */
export function ruleKey(rule: Pick<AlertRule, 'scope' | 'name'>): string {
  return `${scopeKey(rule.scope)}/${rule.name}`;
}
