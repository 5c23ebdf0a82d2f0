import { NameField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { adminPage } from './admin-page.js';
import { hasSomething } from './identity-section.js';
import type { TerminalModel } from './terminal-page.js';

/** Asks once more before a terminal is shut out. */
export function shutOutPage({ terminal, identity }: TerminalModel, context: PageContext, sent?: FormState): string {
  const { terminalIdentity: text } = context.messages;
  const form = formOr(sent, 'shut-out');
  const path = `/admin/terminals/${terminal.id}`;
  // What was refused is said, whatever there is now.
  const isPossible = (identity !== undefined && hasSomething(identity)) || form.faults.length > 0;
  return adminPage({
    context,
    section: 'terminals',
    title: text.shutOutTitle(terminal.name ?? terminal.id),
    children: (
      <>
        {isPossible ? (
          <>
            <p class="lead">{text.shutOutLead}</p>
            <p>{text.shutOutKept}</p>
            <p class="hint">{text.shutOutWithoutTls}</p>
            <Form context={context} form={form} action={`${path}/shut-out`} submit={text.confirm} grave>
              <NameField form={form} context={context} />
            </Form>
          </>
        ) : (
          <p>{text.nothing}</p>
        )}
        <p>
          <a href={context.link(path)}>{text.back}</a>
        </p>
      </>
    ),
  });
}
