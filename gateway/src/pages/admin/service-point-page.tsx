import type { StaffNote } from '../../administration/staff-note.js';
import { localized } from '../../language/language.js';
import { exceptionLines } from '../../registry/exception-lines.js';
import { itemVersion } from '../../registry/item-version.js';
import { spansText } from '../../registry/minute-span.js';
import { DEFAULT_REPEAT_WINDOW_MS, type Registry, type ServicePoint, WEEKDAYS } from '../../registry/registry.js';
import { CheckField, NameField, SelectField, TextAreaField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { adminPage, LocalizedFields, VersionField } from './admin-page.js';
import { InheritedExceptions } from './inherited-exceptions.js';
import { RemovalForm } from './removal-form.js';
import { PointNotes, PointQuestion, PointTerminals } from './service-point-sections.js';

export interface PointModel {
  registry: Registry;
  zone: string;
  /** Absent: a new one. */
  point?: ServicePoint;
  notes: readonly StaffNote[];
}
/** A service point that exists. */
export interface KnownPoint extends PointModel {
  point: ServicePoint;
}

export function pointPage(model: PointModel, context: PageContext, sent?: FormState): string {
  const { admin } = context.messages;
  const { point } = model;
  const title =
    point === undefined ? admin.points.newTitle : admin.points.title(localized(point.name, context.language));
  return adminPage({
    context,
    section: 'places',
    title,
    children: (
      <>
        {point === undefined ? null : <Here model={{ ...model, point }} context={context} sent={sent} />}
        <PointForm model={model} context={context} sent={sent} />
        {point === undefined ? null : (
          <RemovalForm
            action={`/admin/service-points/${point.id}/remove`}
            version={itemVersion(model.registry, { kind: 'service-point', id: point.id })}
            sent={sent}
            context={context}
          />
        )}
      </>
    ),
  });
}

interface Props {
  model: PointModel;
  context: PageContext;
  sent: FormState | undefined;
}

function Here({ model, context, sent }: Props & { model: KnownPoint }) {
  const { admin } = context.messages;
  return (
    <>
      <PointTerminals model={model} context={context} />
      <PointQuestion model={model} context={context} sent={sent} />
      <PointNotes model={model} context={context} />
      <ul class="links">
        <li>
          <a href={context.link(`/service-points/${model.point.id}`)}>{admin.see}</a>
        </li>
        <li>
          <a href={context.link(`/admin/new-exclusion?target=${model.point.id}`)}>{admin.points.exclude}</a>
        </li>
        <li>
          <a href={context.link(`/admin/service-points/${model.point.id}/public`)}>
            {context.messages.publicSetting.title(localized(model.point.name, context.language))}
          </a>
        </li>
      </ul>
    </>
  );
}

function PointForm({ model: { registry, point }, context, sent }: Props) {
  const { admin, forms } = context.messages;
  const form = formOr(sent, 'point');
  const action = point === undefined ? '/admin/new-service-point' : `/admin/service-points/${point.id}`;
  return (
    <section aria-labelledby="point-title">
      <h2 id="point-title">{admin.edit}</h2>
      <Form context={context} form={form} action={action} submit={forms.save}>
        {point === undefined ? (
          <TextField form={form} name="id" label={admin.idLabel} hint={admin.idHint} />
        ) : (
          <VersionField form={form} version={itemVersion(registry, { kind: 'service-point', id: point.id })} />
        )}
        <LocalizedFields form={form} name="name" label={admin.nameIn} value={point?.name} context={context} />
        <SelectField
          form={form}
          name="group"
          label={admin.points.group}
          value={point?.group}
          choices={registry.groups.map(({ id, name }) => ({ value: id, text: localized(name, context.language) }))}
        />
        <HoursFields form={form} point={point} context={context} />
        <InheritedExceptions registry={registry} group={point?.group} context={context} />
        <TextAreaField
          form={form}
          name="exceptions"
          label={admin.groups.exceptions}
          hint={admin.groups.exceptionsHint}
          value={exceptionLines(point?.exceptions)}
          rows={6}
        />
        <TextField
          form={form}
          name="repeatWindow"
          label={admin.points.repeatWindow}
          hint={admin.points.repeatWindowHint}
          value={String((point?.repeatWindowMs ?? DEFAULT_REPEAT_WINDOW_MS) / 1000)}
        />
        <NameField form={form} context={context} />
      </Form>
    </section>
  );
}

function HoursFields(props: { form: FormState; point: ServicePoint | undefined; context: PageContext }) {
  const { form, point, context } = props;
  const { admin } = context.messages;
  const hours = point?.openingHours;
  return (
    <fieldset class="hours">
      <legend>{admin.points.hours}</legend>
      <p class="hint">{admin.points.hoursHint}</p>
      <CheckField
        form={form}
        name="always"
        label={admin.points.always}
        checked={point !== undefined && hours === undefined}
      />
      {WEEKDAYS.map((day) => (
        <TextField
          key={day}
          form={form}
          name={`openingHours.${day}`}
          label={admin.weekdays[day]}
          value={spansText(hours?.[day] ?? [])}
          maxLength={100}
        />
      ))}
    </fieldset>
  );
}
