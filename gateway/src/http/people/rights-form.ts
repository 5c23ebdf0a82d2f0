import type { Messages } from '../../language/messages.js';
import type { FieldFault } from '../../pages/forms/form-state.js';
import { loginNameSchema, ROLES, type Role, type User } from '../../people/user.js';
import type { FormBody, FormReading } from '../form-body.js';

/** What a user is called, and may do. */
export interface Rights {
  displayName: string;
  role: Role;
  /** null: the whole organisation, which has to be chosen as well: nothing chosen is nothing said. */
  groups: string[] | null;
}

/** Reads what the form of a user says of name and rights. */
export function readRights(body: FormBody, { people, forms }: Pick<Messages, 'people' | 'forms'>): FormReading<Rights> {
  const displayName = body.text('displayName');
  const role = ROLES.find((one) => one === body.text('role'));
  const chosen = [...new Set(body.all('groups'))];
  const isWhole = body.text('everywhere') === 'yes';
  const faults: FieldFault[] = [];
  if (displayName === '') faults.push({ field: 'displayName', text: forms.faults.required });
  if (displayName.length > 100) faults.push({ field: 'displayName', text: forms.faults.tooLong });
  if (role === undefined) faults.push({ field: 'role', text: forms.faults.invalid });
  if (isWhole === chosen.length > 0) faults.push({ field: 'everywhere', text: people.users.placesUnclear });
  if (role === undefined || faults.length > 0) return { ok: false, faults };
  return { ok: true, value: { displayName, role, groups: isWhole ? null : chosen } };
}

/** The same of somebody new. `isFirst`: from now on everybody is asked for a login, so somebody must manage the users. */
export function readNewUser(
  body: FormBody,
  { users, isFirst }: { users: readonly User[]; isFirst: boolean },
  messages: Pick<Messages, 'people' | 'forms'>,
): FormReading<Rights & { name: string }> {
  const { people, forms } = messages;
  const name = loginNameSchema.safeParse(body.text('name'));
  const rights = readRights(body, messages);
  const faults: FieldFault[] = [];
  const { required, invalid } = forms.faults;
  if (!name.success) faults.push({ field: 'name', text: body.text('name') === '' ? required : invalid });
  else if (users.some((user) => user.name === name.data)) {
    faults.push({ field: 'name', text: people.users.nameTaken });
  }
  if (!rights.ok) faults.push(...rights.faults);
  else if (isFirst && (rights.value.role !== 'admin' || rights.value.groups !== null)) {
    faults.push({ field: 'role', text: people.users.firstIsAdmin });
  }
  // Whoever is logged in stands there already.
  if (body.text('by') === '') faults.push({ field: 'by', text: required });
  if (!name.success || !rights.ok || faults.length > 0) return { ok: false, faults };
  return { ok: true, value: { name: name.data, ...rights.value } };
}
