import * as z from 'zod';
import { ruleKey } from '../../alerts/alert-rule.js';
import { alertRulesPage, rulesAddress } from '../../pages/alerts/alert-rules-page.js';
import { conditionKindSchema, loadAlertRules } from '../../pages/alerts/alert-rules-view.js';
import { readRecipients } from '../../pages/alerts/read-recipients.js';
import { readRuleForm } from '../../pages/alerts/read-rule-form.js';
import { scopeOfText } from '../../pages/alerts/scope-of-text.js';
import type { FieldFault } from '../../pages/forms/form-state.js';
import { type FormAnswer, type FormWhere, formRoute, MAX_NAME, type Submission } from '../form-route.js';

const noParameters = z.object({});
type Sent = Submission<z.infer<typeof noParameters>>;

/** What people set about alerts: rules, recipients, and a test of them. */
export function alertRuleRoutes(where: FormWhere): void {
  const form = (path: string, handle: (sent: Sent) => Promise<FormAnswer>) =>
    formRoute(where, { path, params: noParameters, handle });
  form('/admin/alert-rules/rule', setRule);
  form('/admin/alert-rules/recipients', setRecipients);
  form('/admin/alert-rules/test', sendTest);
}

async function setRule({ parts, body, context }: Sent): Promise<FormAnswer> {
  const { alerting } = parts;
  const { alertRules } = context.messages;
  const scope = scopeOfText(body.text('scope'), await parts.store.registry());
  const name = body.text('name');
  const { by, faults } = readActor({ parts, body, context });
  if (body.text('action') === 'remove') {
    if (faults.length > 0) return again({ parts, body, context }, 'rule-form', faults, { edit: name });
    await alerting?.engine.removeRule({ scope, name }, by);
    return { kind: 'redirect', to: rulesAddress(scope), notice: alertRules.removed };
  }
  const kind = conditionKindSchema.catch('negative-share').parse(body.text('kind'));
  const read = readRuleForm(body, { scope, kind }, alerting?.webhooks ?? [], context.messages);
  const isNew = body.text('edit') !== 'yes';
  const wanted = isNew ? { add: kind } : { edit: name };
  if (!read.ok) return again({ parts, body, context }, 'rule-form', [...read.faults, ...faults], wanted);
  if (faults.length > 0) return again({ parts, body, context }, 'rule-form', faults, wanted);
  const settings = await alerting?.store.settings();
  if (isNew && settings?.rules.some((one) => ruleKey(one) === ruleKey(read.rule))) {
    return again({ parts, body, context }, 'rule-form', [{ field: 'name', text: alertRules.faults.nameTaken }], wanted);
  }
  await alerting?.engine.saveRule(read.rule, by);
  return { kind: 'redirect', to: rulesAddress(scope), notice: alertRules.saved };
}

async function setRecipients({ parts, body, context }: Sent): Promise<FormAnswer> {
  const { alerting } = parts;
  const { alertRules } = context.messages;
  const scope = scopeOfText(body.text('scope'), await parts.store.registry());
  const read = readRecipients(body.text('recipients'), alerting?.webhooks ?? [], context.messages);
  const { by, faults: unnamed } = readActor({ parts, body, context });
  const faults = [...read.faults.map((text) => ({ field: 'recipients', text })), ...unnamed];
  if (faults.length > 0) return again({ parts, body, context }, 'recipients-form', faults);
  await alerting?.engine.saveRecipients(scope, read.recipients, by);
  return { kind: 'redirect', to: rulesAddress(scope), notice: alertRules.recipientsSaved };
}

async function sendTest({ parts, body, context }: Sent): Promise<FormAnswer> {
  const { alerting } = parts;
  const { alertRules, forms } = context.messages;
  const scope = scopeOfText(body.text('scope'), await parts.store.registry());
  const { recipients, faults } = readRecipients(body.text('recipient'), alerting?.webhooks ?? [], context.messages);
  const [recipient] = recipients;
  const { by, faults: unnamed } = readActor({ parts, body, context });
  if (recipient === undefined || faults.length > 0 || unnamed.length > 0) {
    const text = recipient === undefined ? (faults[0] ?? forms.faults.required) : faults[0];
    const wrong = text === undefined ? unnamed : [{ field: 'recipient', text }, ...unnamed];
    return again({ parts, body, context }, 'test-form', wrong);
  }
  await alerting?.sendTest(recipient, by.who);
  return { kind: 'redirect', to: rulesAddress(scope), notice: alertRules.testSent };
}

/** Who does it, and when; must be given. */
function readActor({ parts: { clock }, body, context }: Pick<Sent, 'parts' | 'body' | 'context'>) {
  const who = body.text('by');
  const { required, tooLong } = context.messages.forms.faults;
  const fault = who === '' ? required : who.length > MAX_NAME ? tooLong : undefined;
  const faults: FieldFault[] = fault === undefined ? [] : [{ field: 'by', text: fault }];
  return { by: { who, at: clock.now() }, faults };
}

async function again(
  { parts, body, context }: Pick<Sent, 'parts' | 'body' | 'context'>,
  id: string,
  faults: readonly FieldFault[],
  wanted: Omit<Parameters<typeof loadAlertRules>[0], 'scope'> = {},
): Promise<FormAnswer> {
  const model = await loadAlertRules({ ...wanted, scope: body.text('scope') }, parts);
  const page = { ...context, path: rulesAddress(model.scope) };
  return { kind: 'again', html: alertRulesPage(model, page, body.again(id, faults)) };
}
