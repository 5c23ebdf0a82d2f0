import type { AlertCondition, AlertRule } from '../../alerts/alert-rule.js';
import { scopeKey } from '../../alerts/scope-key.js';
import { TERMINAL_STATE_KINDS } from '../../terminals/terminal-state.js';
import { CheckField, HiddenField, NameField, TextAreaField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, fieldId, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import type { AlertRulesModel } from './alert-rules-page.js';
import { recipientLines } from './read-recipients.js';
import { spanText } from './read-rule-form.js';
import { ruleName } from './rule-text.js';

interface Fields {
  form: FormState;
  context: PageContext;
}

/** The form of one rule; nothing where none is to be changed or made. */
export function RuleForm(props: { model: AlertRulesModel; context: PageContext; sent: FormState | undefined }) {
  const { model, context, sent } = props;
  const { scope, form: wanted } = model;
  const { alertRules, forms } = context.messages;
  if (wanted.kind === 'none') return null;
  const form = formOr(sent, 'rule-form');
  const rule = wanted.kind === 'edit' ? wanted.rule : undefined;
  const condition = wanted.kind === 'edit' ? wanted.rule.condition : wanted.condition;
  const isHere =
    rule !== undefined && model.rules.some((one) => one.rule === rule && one.isStored && isAt(rule, model));
  return (
    <section id="rule" aria-labelledby="rule-title">
      <h2 id="rule-title">
        {rule === undefined
          ? `${alertRules.newRule}: ${alertRules.kinds[condition.kind]}`
          : alertRules.changeRule(ruleName(rule.name, context.messages))}
      </h2>
      <Form
        context={context}
        form={form}
        action="/admin/alert-rules/rule"
        submit={forms.save}
        actions={[
          { value: 'save', text: forms.save },
          ...(isHere ? [{ value: 'remove', text: alertRules.remove, look: 'grave' as const }] : []),
        ]}
      >
        <HiddenField name="scope" value={scopeKey(scope)} />
        <HiddenField name="kind" value={condition.kind} />
        {rule === undefined ? (
          <NameOfRule form={form} context={context} />
        ) : (
          <>
            <HiddenField name="name" value={rule.name} />
            <HiddenField name="edit" value="yes" />
          </>
        )}
        <ConditionFields form={form} context={context} condition={condition} />
        <DeliveryFields form={form} context={context} rule={rule} />
        <NameField form={form} context={context} />
        {isHere ? <p class="hint">{alertRules.removeHint}</p> : null}
      </Form>
    </section>
  );
}

function isAt(rule: AlertRule, { scope }: AlertRulesModel): boolean {
  return scopeKey(rule.scope) === scopeKey(scope);
}

function NameOfRule({ form, context }: Fields) {
  const { fields } = context.messages.alertRules;
  return <TextField form={form} name="name" label={fields.name} hint={fields.nameHint} maxLength={63} />;
}

function ConditionFields({ form, context, condition }: Fields & { condition: AlertCondition }) {
  const { fields } = context.messages.alertRules;
  const number = (name: string, label: string, value: number, hint?: string) => (
    <TextField form={form} name={name} label={label} hint={hint} value={String(value)} maxLength={8} />
  );
  if (condition.kind === 'terminal-state') {
    return (
      <>
        <States form={form} context={context} states={condition.states} />
        {number('forMinutes', fields.forMinutes, condition.forMs / 60_000)}
      </>
    );
  }
  if (condition.kind === 'very-happy-streak') return number('presses', fields.streak, condition.presses);
  return (
    <>
      {condition.kind === 'negative-share'
        ? number('share', fields.share, Math.round(condition.share * 1_000) / 10, fields.shareHint)
        : null}
      {'index' in condition ? number('index', fields.index, condition.index) : null}
      {'minPresses' in condition ? number('minPresses', fields.minPresses, condition.minPresses) : null}
      {'presses' in condition
        ? number('presses', condition.kind === 'suspect-presses' ? fields.suspects : fields.presses, condition.presses)
        : null}
      <TextField
        form={form}
        name="window"
        label={fields.window}
        hint={fields.windowHint}
        value={spanText(condition.windowMs)}
        maxLength={10}
      />
    </>
  );
}

function States({ form, context, states }: Fields & { states: readonly string[] }) {
  const { messages } = context;
  const fault = form.faults.find(({ field }) => field === 'states');
  return (
    <fieldset id={fieldId(form, 'states')} tabindex={fault === undefined ? undefined : -1}>
      <legend>{messages.alertRules.fields.states}</legend>
      {fault === undefined ? null : <p class="fault">{fault.text}</p>}
      {TERMINAL_STATE_KINDS.filter((kind) => kind !== 'working' && kind !== 'retired').map((kind) => (
        <CheckField
          key={kind}
          form={form}
          name={`state-${kind}`}
          label={messages.state.names[kind]}
          checked={states.includes(kind)}
        />
      ))}
    </fieldset>
  );
}

function DeliveryFields({ form, context, rule }: Fields & { rule: AlertRule | undefined }) {
  const { fields } = context.messages.alertRules;
  const { quietHours, recipients } = rule ?? {};
  return (
    <>
      <CheckField form={form} name="enabled" label={fields.enabled} checked={rule?.enabled ?? true} />
      <CheckField form={form} name="tellWhenOver" label={fields.tellWhenOver} checked={rule?.tellWhenOver ?? false} />
      <TextField
        form={form}
        name="quietFrom"
        type="time"
        label={fields.quietFrom}
        hint={fields.quietHint}
        value={timeText(quietHours?.from)}
      />
      <TextField form={form} name="quietTo" type="time" label={fields.quietTo} value={timeText(quietHours?.to)} />
      <CheckField form={form} name="own" label={fields.own} checked={recipients !== undefined} />
      <TextAreaField
        form={form}
        name="recipients"
        label={fields.recipients}
        hint={fields.recipientsHint}
        value={recipientLines(recipients ?? [])}
      />
    </>
  );
}

function timeText(minutes: number | undefined): string | undefined {
  if (minutes === undefined) return undefined;
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
