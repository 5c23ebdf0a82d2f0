import { type CommandName, HymioError, idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { LANGUAGES, type Language } from '../registry/registry.js';
import { TOKEN_SCOPES, type TokenScope } from '../tokens/api-token.js';
import type { DirectorySubject } from './directory/directory-person.js';

/**
 * What somebody may do, each with what the one before may: `viewer` reads; `staff` also writes notes, takes care of alerts and
 * finds terminals; `admin` changes everything.
 */
export const ROLES = ['viewer', 'staff', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** As it is typed at the login; an address of mail will do. */
export const loginNameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(64)
  .regex(/^[a-z0-9åäö][a-z0-9åäö._@+-]*$/, 'letters, digits and . _ @ + -, as maija.virtanen');

/** What a user is to be. */
export interface UserRequest {
  /** For the login; no two users have the same. */
  name: string;
  displayName: string;
  role: Role;
  /** Only what is in these groups and below them; absent: the whole organisation. */
  groups?: string[];
  /** Of the pages, where the browser has not chosen one. */
  language?: Language;
}

/** A user as it may be shown; times are UTC ms. */
export interface User extends UserRequest {
  id: number;
  createdAt: number;
  createdBy: string;
  /** False: a one-time link was given, and not used yet. */
  hasPassword: boolean;
  /** Is a code of a second device asked for as well? */
  hasSecondFactor: boolean;
  /** Comes from a directory, which alone says what they may do; such a user never has a password here. */
  directory?: DirectorySubject & {
    /** At the last login it said that they may do nothing here. */
    refused?: true;
  };
}

export const userRequestSchema = z.strictObject({
  name: loginNameSchema,
  displayName: z.string().trim().min(1).max(100),
  role: z.enum(ROLES),
  groups: z.array(idSchema).min(1).exactOptional(),
  language: z.enum(LANGUAGES).exactOptional(),
});

/** Has somebody of this role all rights of that one? */
export function hasRole(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

const SCOPES_OF: Readonly<Record<Role, readonly TokenScope[]>> = {
  viewer: ['aggregates:read', 'reports:read', 'terminals:read'],
  staff: ['aggregates:read', 'reports:read', 'terminals:read', 'presses:read', 'terminals:command'],
  admin: TOKEN_SCOPES,
};

/** What somebody of this role may ask of the API, by the scopes that programs need. */
export function apiScopesOf(role: Role): readonly TokenScope[] {
  return SCOPES_OF[role];
}

/** Staff may find a terminal; what stops it for a moment, or reads its log, is for administrators. */
export function mayCommand({ role }: Pick<User, 'role'>, command: CommandName): boolean {
  return hasRole(role, command === 'identify' ? 'staff' : 'admin');
}

/** Throws where a user cannot be made or become so. Codes: `unknown-group`, `user-name-taken`. */
export function checkUserRequest(
  { name, groups = [] }: Pick<UserRequest, 'name' | 'groups'>,
  { others, known }: { others: readonly Pick<User, 'name'>[]; known: readonly { id: string }[] },
): void {
  const missing = groups.find((id) => !known.some((group) => group.id === id));
  if (missing !== undefined) {
    throw new HymioError('unknown-group', `There is no group ${JSON.stringify(missing)}.`, 'Name one that exists.');
  }
  if (others.some((other) => other.name === name)) {
    throw new HymioError('user-name-taken', `There is a user named ${name} already.`, 'Choose another name.');
  }
}

/**
 * Throws where the first user would not manage users: from then on everybody is asked for a login. A directory's users
 * are among the others once they have logged in. Code: `first-user-not-admin`.
 */
export function checkFirstUser(
  request: Pick<UserRequest, 'name' | 'role' | 'groups'>,
  others: readonly unknown[],
): void {
  if (others.length > 0 || isWholeAdmin(request)) return;
  throw new HymioError(
    'first-user-not-admin',
    `${request.name} would be the first user and is not to be an administrator of the whole organisation, who manages users.`,
    'Add one first: `hymio-gateway user add <name> --role admin`, without --group. Where a directory has administrators, it is enough that one of them logs in first.',
  );
}

/** Error of who names a user that does not exist. */
export function unknownUser(name: string): HymioError {
  return new HymioError('unknown-user', `There is no user named ${name}.`, '`hymio-gateway user list` shows them.');
}

/** Manages everything, users among it. */
function isWholeAdmin({ role, groups }: Pick<User, 'role' | 'groups'>): boolean {
  return role === 'admin' && groups === undefined;
}

/**
 * Would nobody manage users any more without this one? Somebody who has never set a password takes the place only of
 * somebody who has not either: the link may have gone to nobody.
 */
export function isLastAdmin(user: User, users: readonly User[]): boolean {
  const canLogIn = ({ hasPassword, directory }: User) =>
    hasPassword || (directory !== undefined && directory.refused !== true);
  const others = users.filter((one) => one.id !== user.id && isWholeAdmin(one));
  return isWholeAdmin(user) && !others.some((one) => canLogIn(one) || !canLogIn(user));
}

/**
 * Throws where a change would leave nobody who manages users, or nobody at all, so that nobody would be asked for a login.
 * `after`: what the user may do then; undefined: removed. Codes: `last-admin`, `last-user`.
 */
export function checkAdminRemains(
  user: User,
  after: Pick<User, 'role' | 'groups'> | undefined,
  users: readonly User[],
): void {
  if (after === undefined && users.length === 1 && !isWholeAdmin(user)) {
    throw new HymioError(
      'last-user',
      `${user.name} is the only user: without one, nobody would be asked for a login any more.`,
      'Add an administrator first: `hymio-gateway user add <name> --role admin`.',
    );
  }
  if (!isLastAdmin(user, users) || (after !== undefined && isWholeAdmin(after))) return;
  throw new HymioError(
    'last-admin',
    `${user.name} is the last administrator of the whole organisation who can log in.`,
    'Make another user one first, and have them set a password.',
  );
}

/** Error of who wants a password for a user of a directory: it would outlive what the directory says. */
export function isOfDirectory(name: string): HymioError {
  return new HymioError(
    'directory-user',
    `${name} comes from the directory and has no password here.`,
    'Let them log in by the directory, or add another user.',
  );
}
