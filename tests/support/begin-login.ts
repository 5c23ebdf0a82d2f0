import type { People, PeopleStore, User } from '@hymio/gateway';

/** A login of this user that rests on what holds: what the directory said, or a password that has been set. */
export async function beginLogin(
  people: People,
  store: Pick<PeopleStore, 'secrets'>,
  user: User,
): Promise<{ secret: string }> {
  const { role, groups, directory } = user;
  if (directory !== undefined) {
    return people.begin(user, { kind: 'directory', role, ...(groups !== undefined && { groups }) });
  }
  const { password, totp } = await store.secrets(user.id);
  if (password === undefined) throw new Error(`${user.name} has no password`);
  return people.begin(user, { kind: 'password', password, ...(totp !== undefined && { totp: totp.secret }) });
}
