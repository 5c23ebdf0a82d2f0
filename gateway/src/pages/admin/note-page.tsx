import { STAFF_NOTE_KINDS, type StaffNote } from '../../administration/staff-note.js';
import { toLocalInput } from '../../calendar/local-input.js';
import { localized } from '../../language/language.js';
import { LANGUAGES, type ServicePoint } from '../../registry/registry.js';
import { NameField, SelectField, TextAreaField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { adminPage } from './admin-page.js';

export interface NoteModel {
  zone: string;
  point: ServicePoint;
  /** Absent: a new one. */
  note?: StaffNote;
}

/** A note of the staff of a service point. */
export function notePage({ zone, point, note }: NoteModel, context: PageContext, sent?: FormState): string {
  const { messages, formats, language } = context;
  const { admin, forms } = messages;
  const form = formOr(sent, 'note');
  const action = note === undefined ? `/admin/service-points/${point.id}/new-note` : `/admin/notes/${note.id}`;
  return adminPage({
    context,
    section: 'places',
    title: note === undefined ? admin.notes.newTitle : admin.notes.title,
    children: (
      <>
        <p>
          <a href={context.link(`/admin/service-points/${point.id}`)}>{localized(point.name, language)}</a>
        </p>
        {note === undefined ? null : <p class="detail">{admin.notes.by(note.by, formats.full(note.at))}</p>}
        <Form context={context} form={form} action={action} submit={forms.save}>
          <SelectField
            form={form}
            name="kind"
            label={admin.notes.kind}
            value={note?.kind}
            choices={STAFF_NOTE_KINDS.map((kind) => ({ value: kind, text: admin.notes.kinds[kind] }))}
          />
          {LANGUAGES.map((one) => (
            <TextAreaField
              key={one}
              form={form}
              name={`text.${one}`}
              label={admin.notes.textIn(admin.languageNames[one])}
              value={note?.text[one]}
              lang={one}
              maxLength={500}
            />
          ))}
          <TextField
            form={form}
            name="from"
            type="datetime-local"
            label={admin.fromLabel}
            value={toLocalInput(note?.from ?? context.now, zone)}
          />
          <TextField
            form={form}
            name="to"
            type="datetime-local"
            label={admin.notes.until}
            hint={admin.notes.untilHint}
            value={note?.to === undefined ? '' : toLocalInput(note.to, zone)}
          />
          <NameField form={form} context={context} />
        </Form>
        {note === undefined ? null : <NoteRemoval note={note} context={context} sent={sent} />}
      </>
    ),
  });
}

function NoteRemoval({ note, context, sent }: { note: StaffNote; context: PageContext; sent: FormState | undefined }) {
  const { admin } = context.messages;
  const form = formOr(sent, 'remove');
  return (
    <section aria-labelledby="remove-title">
      <h2 id="remove-title">{admin.remove}</h2>
      <Form context={context} form={form} action={`/admin/notes/${note.id}/remove`} submit={admin.remove} grave>
        <NameField form={form} context={context} />
      </Form>
    </section>
  );
}
