import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.js';
import { type FormState, fieldId } from './form-state.js';

interface FieldProps {
  form: FormState;
  name: string;
  label: string;
  /** How to fill it in. */
  hint?: string | undefined;
  /** What stands there before anybody types. */
  value?: string | undefined;
}

/** Ids and texts that tie label, hint and fault to the control. */
function control({ form, name, hint }: FieldProps) {
  const id = fieldId(form, name);
  const fault = form.faults.find((one) => one.field === name)?.text;
  const describedBy = [...(hint === undefined ? [] : [`${id}-hint`]), ...(fault === undefined ? [] : [`${id}-fault`])];
  return {
    fault,
    attributes: {
      id,
      name,
      'aria-describedby': describedBy.length === 0 ? undefined : describedBy.join(' '),
      'aria-invalid': fault === undefined ? undefined : ('true' as const),
    },
  };
}

function Field({ props, children }: { props: FieldProps; children: ComponentChildren }) {
  const { fault, attributes } = control(props);
  return (
    <div class={fault === undefined ? 'field' : 'field wrong'}>
      <label for={attributes.id}>{props.label}</label>
      {props.hint === undefined ? null : (
        <p class="hint" id={`${attributes.id}-hint`}>
          {props.hint}
        </p>
      )}
      {fault === undefined ? null : (
        <p class="fault" id={`${attributes.id}-fault`}>
          {fault}
        </p>
      )}
      {children}
    </div>
  );
}

function shownValue({ form, name, value }: FieldProps): string {
  return form.values.get(name)?.[0] ?? value ?? '';
}

/** One line of text. `lang`: the language that is typed, where it is not the page's. */
export function TextField(
  props: FieldProps & {
    type?: 'text' | 'date' | 'time' | 'datetime-local' | 'number' | 'email' | 'url' | 'search';
    autocomplete?: string;
    maxLength?: number;
    lang?: string;
    required?: boolean;
  },
) {
  const { type = 'text', autocomplete = 'off', maxLength, lang, required } = props;
  // The types of the attributes know which belong to which type of input, but not that all these go with any of ours.
  const attributes: Record<string, unknown> = {
    ...control(props).attributes,
    ...{ type, lang, required, autocomplete },
    maxlength: maxLength,
    value: shownValue(props),
  };
  return (
    <Field props={props}>
      <input {...attributes} />
    </Field>
  );
}

/** A password: what was typed never comes back. */
export function PasswordField(
  props: Omit<FieldProps, 'value'> & { autocomplete: 'current-password' | 'new-password' | 'one-time-code' },
) {
  const attributes: Record<string, unknown> = {
    ...control(props).attributes,
    ...{ type: 'password', autocomplete: props.autocomplete, maxlength: 256 },
  };
  return (
    <Field props={props}>
      <input {...attributes} />
    </Field>
  );
}

/** Several lines of text. */
export function TextAreaField(props: FieldProps & { rows?: number; maxLength?: number; lang?: string }) {
  return (
    <Field props={props}>
      <textarea {...control(props).attributes} rows={props.rows ?? 3} maxlength={props.maxLength} lang={props.lang}>
        {shownValue(props)}
      </textarea>
    </Field>
  );
}

export interface Choice {
  value: string;
  text: string;
}

/** One of several, in a list that opens. */
export function SelectField(props: FieldProps & { choices: readonly Choice[] }) {
  const chosen = shownValue(props);
  return (
    <Field props={props}>
      <select {...control(props).attributes}>
        {props.choices.map(({ value, text }) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Yes or no: sent as `yes`, or not at all. `checked`: before anybody touches it. */
export function CheckField(props: Omit<FieldProps, 'value'> & { checked?: boolean }) {
  const { form, name, label, hint, checked = false } = props;
  const { attributes, fault } = control(props);
  const sent = form.values.size > 0;
  return (
    <div class={fault === undefined ? 'field check' : 'field check wrong'}>
      <input
        {...attributes}
        type="checkbox"
        value="yes"
        checked={sent ? form.values.get(name)?.includes('yes') === true : checked}
      />
      <label for={attributes.id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${attributes.id}-hint`}>
          {hint}
        </p>
      )}
      {fault === undefined ? null : (
        <p class="fault" id={`${attributes.id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

/** Goes along unseen. */
export function HiddenField({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />;
}

/** Who does it; the name of the last time stands there already. Not asked of who is logged in. */
export function NameField({ form, context }: { form: FormState; context: PageContext }) {
  const { yourName, yourNameHint } = context.messages.forms;
  if (context.viewer?.kind === 'person') return null;
  return (
    <TextField
      form={form}
      name="by"
      label={yourName}
      hint={yourNameHint}
      value={context.by}
      autocomplete="name"
      maxLength={100}
    />
  );
}
