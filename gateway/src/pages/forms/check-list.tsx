import type { Choice } from './fields.js';
import { type FormState, fieldId } from './form-state.js';

/** Several of many: each chosen one is sent under the same name. `more`: further ones that stand folded in. */
export function CheckList(props: {
  form: FormState;
  name: string;
  legend: string;
  hint?: string;
  choices: readonly Choice[];
  more?: { summary: string; choices: readonly Choice[] };
  chosen: readonly string[];
}) {
  const { form, name, legend, hint, choices, more } = props;
  const id = fieldId(form, name);
  const fault = form.faults.find(({ field }) => field === name)?.text;
  const chosen = new Set(form.values.size > 0 ? (form.values.get(name) ?? []) : props.chosen);
  const boxes = (list: readonly Choice[]) =>
    list.map(({ value, text }) => (
      <div key={value} class="field check">
        <input
          type="checkbox"
          id={fieldId(form, `${name}-${value.replaceAll('/', '-')}`)}
          name={name}
          value={value}
          checked={chosen.has(value)}
        />
        <label for={fieldId(form, `${name}-${value.replaceAll('/', '-')}`)}>{text}</label>
      </div>
    ));
  const described = [hint === undefined ? '' : `${id}-hint`, fault === undefined ? '' : `${id}-fault`].filter(Boolean);
  return (
    <fieldset
      id={id}
      tabindex={-1}
      class={fault === undefined ? undefined : 'wrong'}
      aria-describedby={described.length === 0 ? undefined : described.join(' ')}
    >
      <legend>{legend}</legend>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault === undefined ? null : (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {boxes(choices)}
      {more === undefined || more.choices.length === 0 ? null : (
        <details open={more.choices.some(({ value }) => chosen.has(value))}>
          <summary>{more.summary}</summary>
          {boxes(more.choices)}
        </details>
      )}
    </fieldset>
  );
}
