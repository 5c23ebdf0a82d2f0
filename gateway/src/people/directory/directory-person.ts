import { createHash } from 'node:crypto';
import type { DirectoryConfig } from '../../config/directory-config.js';
import { loginNameSchema, ROLES, type Role } from '../user.js';

/** Longest value of a claim that is looked at. */
const LONGEST = 200;
/** What a directory tells of more groups than this is cut: nobody is in so many that matter here. */
const MOST_VALUES = 2_000;

/** Who a directory says that somebody is: never anybody else, for a provider gives a subject once. */
export interface DirectorySubject {
  issuer: string;
  subject: string;
}

/** What a user becomes by the word of a directory. */
export interface DirectoryPerson extends DirectorySubject {
  /** The wish: another user may have it. */
  name: string;
  displayName: string;
  role: Role;
  /** Absent: the whole organisation. */
  groups?: string[];
}

export type Claims = Readonly<Record<string, unknown>>;
type Mapping = Pick<DirectoryConfig, 'roles' | 'usernameClaim' | 'displayNameClaim'>;

/** A claim by its name, or by a path of names as `realm_access.roles`. */
export function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Claims)[part];
  }
  return found;
}

/**
 * What these claims make of somebody; `role` is absent where none of them has one. Of several roles the highest counts, with
 * the groups of the entries that gave it: rights of a smaller role elsewhere do not widen a higher one.
 * `known`: ids of the groups that there are; one that does not exist gives nothing.
 */
export function personOf(
  subject: DirectorySubject,
  claims: Claims,
  { roles: { claim, map }, usernameClaim, displayNameClaim }: Mapping,
  known: ReadonlySet<string>,
): Omit<DirectoryPerson, 'role'> & { role?: Role } {
  const name = loginNameSchema.safeParse(textOf(claimOf(claims, usernameClaim)));
  const shownName = textOf(claimOf(claims, displayNameClaim)).trim().slice(0, 100);
  const person = { ...subject, name: name.success ? name.data : nameOfSubject(subject) };
  const displayName = shownName === '' ? person.name : shownName;
  const entries = valuesOf(claimOf(claims, claim))
    .filter((value) => Object.hasOwn(map, value))
    .flatMap((value) => map[value] ?? [])
    .map(({ role, groups }) => ({ role, groups: groups?.filter((id) => known.has(id)) }))
    .filter(({ groups }) => groups === undefined || groups.length > 0);
  const role = ROLES.findLast((one) => entries.some((entry) => entry.role === one));
  if (role === undefined) return { ...person, displayName };
  const lists = entries.filter((entry) => entry.role === role).map(({ groups }) => groups);
  if (lists.includes(undefined)) return { ...person, displayName, role };
  return { ...person, displayName, role, groups: [...new Set(lists.flatMap((list) => list ?? []))].sort() };
}

/** The first name of these that nobody else has: `maija`, `maija-2`, … */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : `-${number}`;
    const name = `${wanted.slice(0, 64 - end.length)}${end}`;
    if (!isTaken(name)) return name;
  }
}

function nameOfSubject({ issuer, subject }: DirectorySubject): string {
  return `user-${createHash('sha256').update(`${issuer}\n${subject}`).digest('hex').slice(0, 12)}`;
}

function valuesOf(claim: unknown): string[] {
  const values = Array.isArray(claim) ? claim.slice(0, MOST_VALUES) : [claim];
  return values.filter((value) => typeof value === 'string' && value.length <= LONGEST);
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' && claim.length <= LONGEST ? claim : '';
}
