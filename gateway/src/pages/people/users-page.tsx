import { localized } from '../../language/language.js';
import type { User } from '../../people/user.js';
import type { Registry } from '../../registry/registry.js';
import { adminPage } from '../admin/admin-page.js';
import { NameField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { NewLink } from './new-link.js';
import { RightsFields } from './rights-fields.js';

export interface UsersModel {
  users: readonly User[];
  registry: Registry;
  /** A link that has just been made: it is not shown again. */
  link?: { name: string; address: string };
}

/** Who may log in, and a form for one more. */
export function usersPage(model: UsersModel, context: PageContext, sent?: FormState): string {
  const { people, admin } = context.messages;
  const form = formOr(sent, 'add');
  return adminPage({
    context,
    section: 'users',
    title: admin.sections.users,
    children: (
      <>
        <NewLink link={model.link} context={context} />
        <UserList model={model} context={context} />
        <h2>{people.users.add}</h2>
        <Form context={context} form={form} action="/admin/users" submit={people.users.add}>
          <TextField form={form} name="name" label={people.name} hint={people.nameHint} maxLength={64} />
          <RightsFields form={form} registry={model.registry} context={context} />
          <NameField form={form} context={context} />
        </Form>
      </>
    ),
  });
}

function UserList({ model, context }: { model: UsersModel; context: PageContext }) {
  if (model.users.length === 0) return null;
  return (
    <ul class="items">
      {model.users.map((user) => (
        <li key={user.name}>
          <a href={context.link(`/admin/users/${user.id}`)}>{user.displayName}</a>{' '}
          <span class="detail">{aboutUser(user, model, context).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}

function aboutUser(user: User, { registry }: UsersModel, { language, messages }: PageContext): string[] {
  const { people, common } = messages;
  const nameOf = (id: string) => registry.groups.find((group) => group.id === id)?.name;
  const groups = user.groups?.map((id) => localized(nameOf(id) ?? { fi: id, sv: id, en: id }, language));
  return [
    user.name,
    people.roles[user.role],
    groups?.join(', ') ?? common.wholeOrganisation,
    ...(user.directory === undefined ? [] : [people.users.ofDirectory]),
    ...(user.directory === undefined && !user.hasPassword ? [people.users.noPassword] : []),
  ];
}
