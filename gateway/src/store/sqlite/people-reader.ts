import { latestLinkEnd } from '../../people/password-link.js';
import type { Session } from '../../people/session.js';
import type { User } from '../../people/user.js';
import type { Language } from '../../registry/registry.js';
import type { UserSecrets } from '../people-store.js';
import type { Db } from './database.js';

interface Row {
  id: number;
  name: string;
  displayName: string;
  role: User['role'];
  groups: string | null;
  language: Language | null;
  createdAt: number;
  createdBy: string;
  hasPassword: 0 | 1;
  hasSecondFactor: 0 | 1;
  issuer: string | null;
  subject: string | null;
  refused: 0 | 1 | null;
}
const COLUMNS = `users.id, name, display_name AS displayName, role, groups, language, created_at AS createdAt,
  created_by AS createdBy, password IS NOT NULL AS hasPassword, totp IS NOT NULL AS hasSecondFactor,
  (SELECT issuer FROM user_subjects WHERE user_subjects.user = users.id) AS issuer,
  (SELECT subject FROM user_subjects WHERE user_subjects.user = users.id) AS subject,
  (SELECT refused FROM user_subjects WHERE user_subjects.user = users.id) AS refused`;

/** By name. */
export function readUsers(db: Db): User[] {
  return db.prepare<[], Row>(`SELECT ${COLUMNS} FROM users ORDER BY name`).all().map(toUser);
}

export function readUser(db: Db, id: number): User | undefined {
  const row = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM users WHERE id = ?`).get(id);
  return row === undefined ? undefined : toUser(row);
}

function readUserOfLink(db: Db, hash: string, now: number): User | undefined {
  const row = db
    .prepare<[string, number, number], Row>(
      `SELECT ${COLUMNS} FROM user_links JOIN users ON users.id = user
       WHERE hash = ? AND expires_at > ? AND expires_at <= ?`,
    )
    .get(hash, now, latestLinkEnd(now));
  return row === undefined ? undefined : toUser(row);
}

export function readSecrets(db: Db, user: number): UserSecrets {
  const row = db
    .prepare<[number], { password: string | null; totp: string | null; period: number | null }>(
      'SELECT password, totp, totp_period AS period FROM users WHERE id = ?',
    )
    .get(user);
  const { password = null, totp = null, period = null } = row ?? {};
  return {
    ...(password !== null && { password }),
    ...(totp !== null && { totp: { secret: totp, usedPeriod: period ?? 0 } }),
  };
}

/** In one transaction: nothing is written between the two. */
function readEverybody(db: Db): { users: User[]; sessions: Session[] } {
  return db.transaction(() => ({ users: readUsers(db), sessions: readSessions(db) }))();
}

function readSessions(db: Db): Session[] {
  return db.prepare<[], Session>('SELECT hash, user, began_at AS beganAt, used_at AS usedAt FROM user_sessions').all();
}

function toUser({ groups, language, hasPassword, hasSecondFactor, issuer, subject, refused, ...user }: Row): User {
  return {
    ...user,
    hasPassword: hasPassword === 1,
    hasSecondFactor: hasSecondFactor === 1,
    ...(groups !== null && { groups: JSON.parse(groups) }),
    ...(language !== null && { language }),
    ...(issuer !== null &&
      subject !== null && {
        directory: { issuer, subject, ...(refused === 1 && { refused: true as const }) },
      }),
  };
}

const READS = { users: readUsers, userOfLink: readUserOfLink, secrets: readSecrets, everybody: readEverybody } as const;
type WithoutDb<F> = F extends (db: Db, ...args: infer Args) => infer Result ? (...args: Args) => Result : never;

/** What can be asked about people. */
export type PeopleReads = { [Name in keyof typeof READS]: WithoutDb<(typeof READS)[Name]> };

/** Answers a question by its name. */
export function readPeople(db: Db, name: keyof PeopleReads, args: readonly unknown[]): unknown {
  const read = READS[name] as (db: Db, ...args: readonly unknown[]) => unknown;
  return read(db, ...args);
}
