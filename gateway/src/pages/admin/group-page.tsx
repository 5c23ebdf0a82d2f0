import { localized } from '../../language/language.js';
import { exceptionLines } from '../../registry/exception-lines.js';
import { itemVersion } from '../../registry/item-version.js';
import type { Group, Registry } from '../../registry/registry.js';
import { NameField, SelectField, TextAreaField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { adminPage, LocalizedFields, VersionField } from './admin-page.js';
import { InheritedExceptions } from './inherited-exceptions.js';
import { RemovalForm } from './removal-form.js';

export interface GroupModel {
  registry: Registry;
  /** Absent: a new one. */
  group?: Group;
}

export function groupPage({ registry, group }: GroupModel, context: PageContext, sent?: FormState): string {
  const { admin, forms } = context.messages;
  const form = formOr(sent, 'group');
  const action = group === undefined ? '/admin/new-group' : `/admin/groups/${group.id}`;
  const version = group === undefined ? undefined : itemVersion(registry, { kind: 'group', id: group.id });
  return adminPage({
    context,
    section: 'places',
    title: group === undefined ? admin.groups.newTitle : admin.groups.title(localized(group.name, context.language)),
    children: (
      <>
        <Form context={context} form={form} action={action} submit={forms.save}>
          {group === undefined ? <TextField form={form} name="id" label={admin.idLabel} hint={admin.idHint} /> : null}
          {version === undefined ? null : <VersionField form={form} version={version} />}
          <LocalizedFields form={form} name="name" label={admin.nameIn} value={group?.name} context={context} />
          <SelectField
            form={form}
            name="parent"
            label={admin.groups.parent}
            value={group?.parent ?? ''}
            choices={groupChoices(registry, context, group?.id)}
          />
          <InheritedExceptions registry={registry} group={group?.parent} context={context} />
          <TextAreaField
            form={form}
            name="exceptions"
            label={admin.groups.exceptions}
            hint={admin.groups.exceptionsHint}
            value={exceptionLines(group?.exceptions)}
            rows={6}
          />
          <NameField form={form} context={context} />
        </Form>
        {group === undefined || version === undefined ? null : (
          <RemovalForm action={`${action}/remove`} version={version} sent={sent} context={context} />
        )}
      </>
    ),
  });
}

/** Every group but `except`, and none. */
function groupChoices({ groups }: Registry, context: PageContext, except?: string) {
  const { admin } = context.messages;
  const others = groups.filter(({ id }) => id !== except);
  return [
    { value: '', text: admin.groups.noParent },
    ...others.map(({ id, name }) => ({ value: id, text: localized(name, context.language) })),
  ];
}
