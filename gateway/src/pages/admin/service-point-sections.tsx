import { toLocalInput } from '../../calendar/local-input.js';
import { localized } from '../../language/language.js';
import { itemVersion } from '../../registry/item-version.js';
import type { Registry } from '../../registry/registry.js';
import { isStayAt } from '../../registry/stays.js';
import { NameField, SelectField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { periodText, VersionField } from './admin-page.js';
import type { KnownPoint } from './service-point-page.js';

interface Props {
  model: KnownPoint;
  context: PageContext;
}

/** Who stands here now, and what it asks. */
export function PointTerminals({ model: { registry, point }, context }: Props) {
  const { admin } = context.messages;
  const here = registry.assignments.filter((stay) => stay.servicePoint === point.id && isStayAt(stay, context.now));
  return (
    <section aria-labelledby="here-title">
      <h2 id="here-title">{admin.points.terminals}</h2>
      {here.length === 0 ? (
        <p>{admin.points.noTerminals}</p>
      ) : (
        <ul>
          {here.map((stay) => (
            <li key={stay.terminal}>
              <a href={context.link(`/admin/terminals/${stay.terminal}`)}>{stay.terminal}</a>{' '}
              <span class="detail">
                {periodText(stay, context)} · {questionName(registry, stay.question, context)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The text of a question, or that there is none. */
export function questionName(registry: Registry, id: string | undefined, context: PageContext): string {
  const question = registry.questions.find((one) => one.id === id);
  return question === undefined ? context.messages.admin.points.noQuestion : localized(question.text, context.language);
}

/** Every question, and none. */
export function questionChoices({ questions }: Registry, context: PageContext) {
  return [
    { value: '', text: context.messages.admin.points.noQuestion },
    ...questions.map(({ id, text }) => ({ value: id, text: localized(text, context.language) })),
  ];
}

/** Asks another question here from an instant on. */
export function PointQuestion({ model, context, sent }: Props & { sent: FormState | undefined }) {
  const { registry, point, zone } = model;
  const { admin } = context.messages;
  const form = formOr(sent, 'ask');
  const current = registry.assignments.find((stay) => stay.servicePoint === point.id && isStayAt(stay, context.now));
  if (current === undefined && form.faults.length === 0) return null;
  return (
    <section aria-labelledby="ask-title">
      <h2 id="ask-title">{admin.points.questionTitle}</h2>
      <Form context={context} form={form} action={`/admin/service-points/${point.id}/ask`} submit={admin.points.ask}>
        <VersionField form={form} version={itemVersion(registry, { kind: 'asked-at', id: point.id })} />
        <SelectField
          form={form}
          name="question"
          label={admin.points.question}
          value={current?.question ?? ''}
          choices={questionChoices(registry, context)}
        />
        <TextField
          form={form}
          name="from"
          type="datetime-local"
          label={admin.fromLabel}
          hint={admin.fromHint}
          value={toLocalInput(context.now, zone)}
        />
        <NameField form={form} context={context} />
      </Form>
    </section>
  );
}

/** What the staff wrote down here. */
export function PointNotes({ model: { point, notes }, context }: Props) {
  const { admin } = context.messages;
  return (
    <section aria-labelledby="notes-title">
      <h2 id="notes-title">{admin.points.notes}</h2>
      {notes.length === 0 ? (
        <p>{admin.points.noNotes}</p>
      ) : (
        <ul>
          {notes.map((note) => (
            <li key={note.id}>
              <a href={context.link(`/admin/notes/${note.id}`)}>{localized(note.text, context.language)}</a>{' '}
              <span class="detail">
                {admin.notes.kinds[note.kind]} · {periodText(note, context)} · {note.by}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={context.link(`/admin/service-points/${point.id}/new-note`)}>{admin.points.addNote}</a>
      </p>
    </section>
  );
}
