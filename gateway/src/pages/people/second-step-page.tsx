import { HiddenField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { freshForm } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import type { PageContext } from '../page-context.js';

/** Asks for the code after a right password. `next`: where to go on afterwards; `fault`: what was wrong with the last one. */
export function secondStepPage({ next, fault }: { next: string; fault?: string }, context: PageContext): string {
  const { secondFactor: texts, people } = context.messages;
  const faults = fault === undefined ? [] : [{ field: 'code', text: fault }];
  // What was typed never comes back.
  const form = { ...freshForm('step'), faults };
  return renderPage({
    context,
    title: texts.stepTitle,
    children: (
      <>
        <h1>{texts.stepTitle}</h1>
        <p>{texts.stepLead}</p>
        <Form context={context} form={form} action="/login/code" submit={people.logIn}>
          <HiddenField name="next" value={next} />
          <CodeField form={form} context={context} />
        </Form>
        <p class="note">{texts.lost}</p>
      </>
    ),
  });
}

/** A code of the device, or a recovery code. */
export function CodeField({ form, context }: { form: Parameters<typeof Form>[0]['form']; context: PageContext }) {
  const { codeOrRecovery, codeHint } = context.messages.secondFactor;
  return (
    <TextField
      form={form}
      name="code"
      label={codeOrRecovery}
      hint={codeHint}
      autocomplete="one-time-code"
      maxLength={40}
    />
  );
}
