import { scopeKey } from '../../alerts/scope-key.js';
import { HiddenField, NameField, TextAreaField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import type { AlertRulesModel } from './alert-rules-page.js';
import { recipientLine, recipientLines } from './read-recipients.js';
import { scopeName } from './rule-text.js';

interface Shown {
  model: AlertRulesModel;
  context: PageContext;
  sent: FormState | undefined;
}

/** Who is told of what happens here, and a test of whether it arrives. */
export function RecipientForms(shown: Shown) {
  const { model, context } = shown;
  const { alertRules } = context.messages;
  return (
    <>
      <section aria-labelledby="recipients-title">
        <h2 id="recipients-title">{alertRules.recipientsTitle}</h2>
        <p>{alertRules.recipientsIntro}</p>
        {model.hasMail ? null : <p class="notice">{alertRules.noMailServer}</p>}
        {model.webhooks.length === 0 ? null : (
          <p class="note">{alertRules.webhooks(model.webhooks.map((name) => `webhook ${name}`).join(', '))}</p>
        )}
        <Inherited model={model} context={context} />
        <Recipients {...shown} />
      </section>
      <section aria-labelledby="test-title">
        <h2 id="test-title">{alertRules.test}</h2>
        <Test {...shown} />
      </section>
    </>
  );
}

function Inherited({ model, context }: { model: AlertRulesModel; context: PageContext }) {
  const { alertRules } = context.messages;
  if (model.inherited.length === 0) return null;
  return (
    <ul class="notes">
      {model.inherited.map(({ scope, recipients }) => (
        <li key={scopeKey(scope)}>
          {alertRules.inherited(scopeName(scope, model.registry, context))}:{' '}
          <span class="id-like">{recipients.map(recipientLine).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}

function Recipients({ model, context, sent }: Shown) {
  const { alertRules, forms } = context.messages;
  const form = formOr(sent, 'recipients-form');
  return (
    <Form context={context} form={form} action="/admin/alert-rules/recipients" submit={forms.save}>
      <HiddenField name="scope" value={scopeKey(model.scope)} />
      <TextAreaField
        form={form}
        name="recipients"
        label={`${alertRules.recipientsTitle}: ${scopeName(model.scope, model.registry, context)}`}
        hint={alertRules.fields.recipientsHint}
        value={recipientLines(model.recipients)}
      />
      <NameField form={form} context={context} />
    </Form>
  );
}

function Test({ model, context, sent }: Shown) {
  const { alertRules } = context.messages;
  const form = formOr(sent, 'test-form');
  const [first] = [...model.recipients, ...model.inherited.flatMap(({ recipients }) => recipients)];
  return (
    <Form context={context} form={form} action="/admin/alert-rules/test" submit={alertRules.sendTest}>
      <HiddenField name="scope" value={scopeKey(model.scope)} />
      <TextField
        form={form}
        name="recipient"
        label={alertRules.testRecipient}
        hint={alertRules.fields.recipientsHint}
        value={first === undefined ? undefined : recipientLine(first)}
        maxLength={300}
      />
      <NameField form={form} context={context} />
    </Form>
  );
}
