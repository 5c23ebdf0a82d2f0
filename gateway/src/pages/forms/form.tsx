import type { ComponentChildren } from 'preact';
import { mayUse, type PageContext } from '../page-context.js';
import { type FormState, fieldId } from './form-state.js';

/** A form that is sent by POST. `submit`: what its button says and does. */
export function Form(props: {
  context: PageContext;
  form: FormState;
  action: string;
  submit: string;
  /** It cannot be taken back easily: the button looks so. */
  grave?: boolean;
  /** Says which of several alike forms it is, for those who do not see where it stands. */
  label?: string;
  /** Several things that can be done with the form, instead of one; `action` says which. */
  actions?: readonly { value: string; text: string; look?: 'grave' | 'plain' }[];
  children?: ComponentChildren;
}) {
  const { context, form, action, submit, grave = false, label, actions, children } = props;
  // Who may not send it is not asked to fill it in.
  if (!mayUse(context, 'POST', action)) return null;
  return (
    <form method="post" action={context.link(action)} id={form.id} class="form" novalidate aria-label={label}>
      <ErrorSummary form={form} context={context} />
      {children}
      <p class="actions">
        {(actions ?? [{ value: undefined, text: submit, look: grave ? 'grave' : undefined }]).map((one) => (
          <button
            key={one.text}
            type="submit"
            name={one.value === undefined ? undefined : 'action'}
            value={one.value}
            class={one.look}
          >
            {one.text}
          </button>
        ))}
      </p>
    </form>
  );
}

/** All that is wrong, with links to the fields. It is read out, and stands where the page is opened again. */
function ErrorSummary({ form, context }: { form: FormState; context: PageContext }) {
  if (form.faults.length === 0) return null;
  return (
    <div class="errors" role="alert" tabindex={-1}>
      <p>
        <strong>{context.messages.forms.notSaved}</strong>
      </p>
      <ul>
        {form.faults.map((fault) => (
          <li key={`${fault.field} ${fault.text}`}>
            {fault.field === '' ? fault.text : <a href={`#${fieldId(form, fault.field)}`}>{fault.text}</a>}
          </li>
        ))}
      </ul>
    </div>
  );
}
