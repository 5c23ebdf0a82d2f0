import { localized } from '../../language/language.js';
import { ROLES, type User } from '../../people/user.js';
import type { Registry } from '../../registry/registry.js';
import { adminPage } from '../admin/admin-page.js';
import { CheckList } from '../forms/check-list.js';
import { NameField, SelectField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr, freshForm } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';

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
        <NewLink model={model} context={context} />
        <ul class="items">
          {model.users.map((user) => (
            <li key={user.name}>
              <a href={context.link(`/admin/users/${user.id}`)}>{user.displayName}</a>{' '}
              <span class="detail">
                {[user.name, people.roles[user.role], placesOf(user, model, context)].join(' · ')}
              </span>
              {user.hasPassword ? null : <span class="detail"> {people.users.noPassword}</span>}
            </li>
          ))}
        </ul>
        <h2>{people.users.add}</h2>
        <Form context={context} form={form} action="/admin/users" submit={people.users.add}>
          <TextField form={form} name="name" label={people.name} hint={people.nameHint} maxLength={64} />
          <RightsFields form={form} model={model} context={context} />
          <NameField form={form} context={context} />
        </Form>
      </>
    ),
  });
}

/** One user: what may be done, a new link, and the end. */
export function userPage(model: UsersModel & { user: User }, context: PageContext, sent?: FormState): string {
  const { people, admin, forms } = context.messages;
  const { user } = model;
  const rights = formOr(sent, 'rights');
  const path = `/admin/users/${user.id}`;
  return adminPage({
    context,
    section: 'users',
    title: user.displayName,
    children: (
      <>
        <p>{people.users.loginName(user.name)}</p>
        <NewLink model={model} context={context} />
        <Form context={context} form={rights} action={path} submit={forms.save}>
          <RightsFields form={rights} model={model} user={user} context={context} />
          <p class="hint">{people.users.endsLogins}</p>
          <NameField form={rights} context={context} />
        </Form>
        <h2>{people.users.linkTitle}</h2>
        <p class="hint">{people.users.linkHint}</p>
        <Form context={context} form={freshForm('link')} action={`${path}/link`} submit={people.users.makeLink} />
        <h2>{admin.remove}</h2>
        <Form context={context} form={formOr(sent, 'remove')} action={`${path}/remove`} submit={admin.remove} grave />
      </>
    ),
  });
}

function RightsFields(props: { form: FormState; model: UsersModel; user?: User; context: PageContext }) {
  const { form, model, user, context } = props;
  const { people } = context.messages;
  const groups = model.registry.groups.map(({ id, name }) => ({ value: id, text: localized(name, context.language) }));
  return (
    <>
      <TextField
        form={form}
        name="displayName"
        label={people.displayName}
        hint={people.displayNameHint}
        value={user?.displayName}
        maxLength={100}
      />
      <SelectField
        form={form}
        name="role"
        label={people.users.role}
        hint={people.users.roleHint}
        value={user?.role ?? 'viewer'}
        choices={ROLES.map((value) => ({ value, text: people.roles[value] }))}
      />
      <CheckList
        form={form}
        name="groups"
        legend={people.users.groups}
        hint={people.users.groupsHint}
        choices={groups}
        chosen={user?.groups ?? []}
      />
    </>
  );
}

function NewLink({ model: { link }, context }: { model: UsersModel; context: PageContext }) {
  const { people } = context.messages;
  if (link === undefined) return null;
  return (
    <div class="notice" role="status">
      <p>{people.users.linkMade(link.name)}</p>
      <p>
        <code>{link.address}</code>
      </p>
    </div>
  );
}

function placesOf({ groups }: User, { registry }: UsersModel, { language, messages }: PageContext): string {
  if (groups === undefined) return messages.common.wholeOrganisation;
  const nameOf = (id: string) => registry.groups.find((group) => group.id === id)?.name;
  return groups.map((id) => localized(nameOf(id) ?? { fi: id, sv: id, en: id }, language)).join(', ');
}
