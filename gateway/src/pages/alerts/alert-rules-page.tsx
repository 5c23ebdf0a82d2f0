import {
  type AlertCondition,
  type AlertRule,
  type AlertScope,
  alertConditionSchema,
  type Recipient,
  type ScopeRecipients,
} from '../../alerts/alert-rule.js';
import { scopeKey } from '../../alerts/scope-key.js';
import { localized } from '../../language/language.js';
import type { Registry } from '../../registry/registry.js';
import type { FormState } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import type { PageContext } from '../page-context.js';
import { RuleForm } from './alert-rule-form.js';
import { RecipientForms } from './recipient-forms.js';
import { conditionText, originText, ruleName, scopeName } from './rule-text.js';

export interface AlertRulesModel {
  registry: Registry;
  scope: AlertScope;
  /** What holds here, by name. */
  rules: readonly { rule: AlertRule; isStored: boolean }[];
  /** Set here. */
  recipients: readonly Recipient[];
  /** Set farther up, nearest first. */
  inherited: readonly ScopeRecipients[];
  /** Webhooks of the configuration. */
  webhooks: readonly string[];
  hasMail: boolean;
  form: { kind: 'none' } | { kind: 'edit'; rule: AlertRule } | { kind: 'add'; condition: AlertCondition };
}

/** `sent`: the form that was sent, with what is wrong. */
export function alertRulesPage(model: AlertRulesModel, context: PageContext, sent?: FormState): string {
  const { alertRules, alertPages } = context.messages;
  return renderPage({
    context,
    title: alertRules.title,
    current: 'alerts',
    children: (
      <>
        <p>
          <a href={context.link('/alerts')}>{alertPages.back}</a>
        </p>
        <h1>{alertRules.title}</h1>
        <p>{alertRules.intro}</p>
        <ScopeChoice model={model} context={context} />
        <h2>{scopeName(model.scope, model.registry, context)}</h2>
        <RuleTable model={model} context={context} />
        <NewRule model={model} context={context} />
        <RuleForm model={model} context={context} sent={sent} />
        <RecipientForms model={model} context={context} sent={sent} />
      </>
    ),
  });
}

/** Address of this page for a scope. */
export function rulesAddress(scope: AlertScope, more: Record<string, string> = {}): string {
  return `/admin/alert-rules?${new URLSearchParams({ scope: scopeKey(scope), ...more })}`;
}

function ScopeChoice({ model, context }: { model: AlertRulesModel; context: PageContext }) {
  const { alertRules, common } = context.messages;
  const here = scopeKey(model.scope);
  const option = (value: string, text: string) => (
    <option key={value} value={value} selected={value === here}>
      {text}
    </option>
  );
  return (
    <form method="get" action="/admin/alert-rules" class="alert-filter">
      <label class="alert-filter-field">
        {alertRules.chooseScope}
        <select name="scope">
          {option('organisation', common.wholeOrganisation)}
          {model.registry.groups.map(({ id, name }) =>
            option(`group/${id}`, `${alertRules.groups}: ${localized(name, context.language)}`),
          )}
          {model.registry.servicePoints.map(({ id, name }) =>
            option(`service-point/${id}`, localized(name, context.language)),
          )}
        </select>
      </label>
      <button type="submit">{alertRules.show}</button>
    </form>
  );
}

function RuleTable({ model, context }: { model: AlertRulesModel; context: PageContext }) {
  const { messages, formats } = context;
  const { alertRules } = messages;
  return (
    <table class="cards">
      <caption class="hidden">{alertRules.rulesCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{alertRules.rule}</th>
          <th scope="col">{alertRules.condition}</th>
          <th scope="col">{messages.alertPages.state}</th>
          <th scope="col">{alertRules.from}</th>
          <th scope="col">
            <span class="hidden">{alertRules.change}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {model.rules.map(({ rule, isStored }) => (
          <tr key={rule.name}>
            <th scope="row">{ruleName(rule.name, messages)}</th>
            <td data-label={alertRules.condition} class="wide">
              {conditionText(rule.condition, messages, formats)}
            </td>
            <td data-label={messages.alertPages.state}>{rule.enabled ? alertRules.on : alertRules.off}</td>
            <td data-label={alertRules.from}>{originText(rule, model.scope, isStored, model.registry, context)}</td>
            <td class="wide">
              <a href={context.link(`${rulesAddress(model.scope, { rule: rule.name })}#rule`)}>
                {alertRules.change}
                <span class="hidden"> {ruleName(rule.name, messages)}</span>
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NewRule({ model, context }: { model: AlertRulesModel; context: PageContext }) {
  const { alertRules } = context.messages;
  return (
    <form method="get" action="/admin/alert-rules#rule" class="alert-filter">
      <input type="hidden" name="scope" value={scopeKey(model.scope)} />
      <label class="alert-filter-field">
        {alertRules.newRule}: {alertRules.newKind}
        <select name="add">
          {alertConditionSchema.options.map((option) => (
            <option key={option.shape.kind.value} value={option.shape.kind.value}>
              {alertRules.kinds[option.shape.kind.value]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="plain">
        {alertRules.begin}
      </button>
    </form>
  );
}
