import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { type AlertConditionKind, type AlertRule, alertConditionSchema } from '../../alerts/alert-rule.js';
import { DEFAULT_ALERT_RULES } from '../../alerts/default-alert-rules.js';
import { nearestRules, scopesAbove } from '../../alerts/effective-rules.js';
import { scopeKey } from '../../alerts/scope-key.js';
import type { HttpParts } from '../../http/http-parts.js';
import { pageView } from '../page-view.js';
import { type AlertRulesModel, alertRulesPage } from './alert-rules-page.js';
import { scopeOfText } from './scope-of-text.js';

export const conditionKindSchema = z.enum(
  alertConditionSchema.options.map((option) => option.shape.kind.value) as [
    AlertConditionKind,
    ...AlertConditionKind[],
  ],
);

/** Rules and recipients as they hold at a scope. `edit`: a rule that is to be changed, `add`: one to be made. */
export async function loadAlertRules(
  wanted: { scope: string; edit?: string | undefined; add?: AlertConditionKind | undefined },
  { store, alerting }: HttpParts,
): Promise<AlertRulesModel> {
  const registry = await store.registry();
  const scope = scopeOfText(wanted.scope, registry);
  const settings = (await alerting?.store.settings()) ?? { rules: [], recipients: [] };
  const scopes = scopesAbove(registry, scope);
  const rules = nearestRules(scopes, settings.rules);
  const edited = rules.find(({ name }) => name === wanted.edit);
  const byScope = new Map(settings.recipients.map((one) => [scopeKey(one.scope), one]));
  return {
    registry,
    scope,
    rules: rules.map((rule) => ({ rule, isStored: settings.rules.includes(rule) })),
    recipients: byScope.get(scopeKey(scope))?.recipients ?? [],
    inherited: scopes.slice(1).flatMap((above) => byScope.get(scopeKey(above)) ?? []),
    webhooks: alerting?.webhooks ?? [],
    hasMail: alerting?.hasMail ?? false,
    form: formOf(edited, wanted.add),
  };
}

function formOf(edited: AlertRule | undefined, add: AlertConditionKind | undefined): AlertRulesModel['form'] {
  if (edited !== undefined) return { kind: 'edit', rule: edited };
  if (add === undefined) return { kind: 'none' };
  // A default of that kind, where there is one, is a good beginning.
  const like = DEFAULT_ALERT_RULES.find(({ condition }) => condition.kind === add)?.condition;
  return { kind: 'add', condition: like ?? BEGINNINGS[add] };
}

const HOUR_MS = 3_600_000;
const BEGINNINGS: Readonly<Record<AlertConditionKind, AlertRule['condition']>> = {
  'negative-share': { kind: 'negative-share', share: 0.5, minPresses: 10, windowMs: HOUR_MS },
  'index-below': { kind: 'index-below', index: 40, minPresses: 10, windowMs: 24 * HOUR_MS },
  'index-above': { kind: 'index-above', index: 90, minPresses: 10, windowMs: 24 * HOUR_MS },
  'presses-below': { kind: 'presses-below', presses: 1, windowMs: 24 * HOUR_MS },
  'presses-above': { kind: 'presses-above', presses: 100, windowMs: HOUR_MS },
  'very-happy-streak': { kind: 'very-happy-streak', presses: 10 },
  'terminal-state': { kind: 'terminal-state', states: ['clock-uncertain'], forMs: HOUR_MS },
  'suspect-presses': { kind: 'suspect-presses', presses: 5, windowMs: HOUR_MS },
};

/** Where rules and recipients are set. */
export const alertRulesView = pageView({
  path: '/admin/alert-rules',
  params: z.object({}),
  query: z.object({
    scope: z.string().max(100).catch('organisation'),
    rule: idSchema.optional().catch(undefined),
    add: conditionKindSchema.optional().catch(undefined),
  }),
  load: ({ query }, parts) => loadAlertRules({ scope: query.scope, edit: query.rule, add: query.add }, parts),
  render: (model, context) => alertRulesPage(model, context),
  concerns: () => () => false,
});
