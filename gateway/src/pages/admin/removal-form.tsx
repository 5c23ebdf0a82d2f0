import { NameField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { VersionField } from './admin-page.js';

/** Removes an item, where nothing rests on it. */
export function RemovalForm(props: {
  action: string;
  version: string;
  sent: FormState | undefined;
  context: PageContext;
}) {
  const { action, version, sent, context } = props;
  const { admin } = context.messages;
  const form = formOr(sent, 'remove');
  return (
    <section aria-labelledby="remove-title">
      <h2 id="remove-title">{admin.remove}</h2>
      <p class="hint">{admin.removeHint}</p>
      <Form context={context} form={form} action={action} submit={admin.remove} grave>
        <VersionField form={form} version={version} />
        <NameField form={form} context={context} />
      </Form>
    </section>
  );
}
