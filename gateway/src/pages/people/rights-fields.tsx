import { localized } from '../../language/language.js';
import { ROLES, type User } from '../../people/user.js';
import type { Registry } from '../../registry/registry.js';
import { CheckList } from '../forms/check-list.js';
import { CheckField, SelectField, TextField } from '../forms/fields.js';
import type { FormState } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';

/** What a user is called, may do, and where. */
export function RightsFields(props: { form: FormState; registry: Registry; user?: User; context: PageContext }) {
  const { form, registry, user, context } = props;
  const { people } = context.messages;
  const groups = registry.groups.map(({ id, name }) => ({ value: id, text: localized(name, context.language) }));
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
      <CheckField
        form={form}
        name="everywhere"
        label={people.users.everywhere}
        checked={user !== undefined && user.groups === undefined}
      />
      {groups.length === 0 ? null : (
        <CheckList
          form={form}
          name="groups"
          legend={people.users.groups}
          hint={people.users.groupsHint}
          choices={groups}
          chosen={user?.groups ?? []}
        />
      )}
    </>
  );
}
