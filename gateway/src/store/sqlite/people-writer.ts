import { HymioError } from '@hymio/protocol';
import type { Actor } from '../../exclusions/exclusion.js';
import { type DirectoryPerson, type DirectorySubject, freeName } from '../../people/directory/directory-person.js';
import { latestLinkEnd, linkSpent } from '../../people/password-link.js';
import type { Session } from '../../people/session.js';
import {
  checkAdminRemains,
  checkFirstUser,
  checkUserRequest,
  isOfDirectory,
  type User,
  type UserRequest,
  unknownUser,
} from '../../people/user.js';
import type { Registry } from '../../registry/registry.js';
import type { LoginBasis, NewPassword, PasswordLink, SecondFactor, UserChange } from '../people-store.js';
import { logChanges } from './change-log-rows.js';
import type { Db } from './database.js';
import { readSecrets, readUser, readUsers } from './people-reader.js';

/** Writes about people, within a transaction. */
export class PeopleWriter {
  private readonly db: Db;
  private readonly registry: Registry;

  constructor(db: Db, registry: Registry) {
    this.db = db;
    this.registry = registry;
  }

  add(request: UserRequest, by: Actor): User {
    checkFirstUser(request, readUsers(this.db));
    return this.insert(request, by);
  }

  addFirst(request: UserRequest, password: string, by: Actor): User {
    if (readUsers(this.db).length > 0) throw linkSpent();
    const { id } = this.add(request, by);
    return this.setPassword({ user: id, password }, by);
  }

  private insert(request: UserRequest, { who, at }: Actor): User {
    const { name, displayName, role, groups, language } = request;
    checkUserRequest(request, { others: readUsers(this.db), known: this.registry.groups });
    const { lastInsertRowid } = this.db
      .prepare(
        `INSERT INTO users (name, display_name, role, groups, language, created_at, created_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(name, displayName, role, groups === undefined ? null : JSON.stringify(groups), language ?? null, at, who);
    const after = this.user(Number(lastInsertRowid));
    this.log('add-user', { after: shown(after) }, after, { who, at });
    return after;
  }

  change(name: string, change: UserChange, by: Actor): User {
    const before = this.named(name);
    const { role = before.role, groups = before.groups ?? null } = change;
    checkAdminRemains(before, groups === null ? { role } : { role, groups }, readUsers(this.db));
    return this.put(before, change, by);
  }

  private put(before: User, { displayName, role, groups, language }: UserChange, by: Actor): User {
    if (groups !== undefined && groups !== null) {
      checkUserRequest({ name: before.name, groups }, { others: [], known: this.registry.groups });
    }
    const kept = before.groups === undefined ? null : JSON.stringify(before.groups);
    this.db
      .prepare('UPDATE users SET display_name = ?, role = ?, groups = ?, language = ? WHERE id = ?')
      .run(
        displayName ?? before.displayName,
        role ?? before.role,
        groups === undefined ? kept : groups === null ? null : JSON.stringify(groups),
        language ?? before.language ?? null,
        before.id,
      );
    const after = this.user(before.id);
    if (rights(before) !== rights(after)) this.dropSessions(before.id);
    this.log('change-user', { before: shown(before), after: shown(after) }, after, by);
    return after;
  }

  remove(name: string, by: Actor): void {
    const before = this.named(name);
    checkAdminRemains(before, undefined, readUsers(this.db));
    this.dropSessions(before.id);
    for (const table of ['user_links', 'user_recovery_codes', 'user_subjects']) {
      this.db.prepare(`DELETE FROM ${table} WHERE user = ?`).run(before.id);
    }
    this.db.prepare('DELETE FROM users WHERE id = ?').run(before.id);
    this.log('remove-user', { before: shown(before) }, before, by);
  }

  takeFromDirectory({ issuer, subject, name: wanted, ...said }: DirectoryPerson, by: Actor): User {
    const before = this.ofSubject({ issuer, subject });
    if (before === undefined) {
      const users = readUsers(this.db);
      const name = freeName(wanted, (one) => users.some((user) => user.name === one));
      // The first one too may be less than an administrator: the directory has the last word, and asks everybody.
      const { id } = this.insert({ name, ...said }, by);
      this.db.prepare('INSERT INTO user_subjects (user, issuer, subject) VALUES (?, ?, ?)').run(id, issuer, subject);
      const user = this.user(id);
      this.log('tie-user-to-directory', { after: user.directory }, user, by);
      return user;
    }
    this.markRefused(before.id, false);
    const isSame = before.displayName === said.displayName && rights(before) === rights(said);
    // What the directory takes away is gone, even where nobody is left who manages users.
    return isSame ? before : this.put(before, { ...said, groups: said.groups ?? null }, by);
  }

  refuseFromDirectory({ name, ...subject }: DirectorySubject & { name: string }, by: Actor): void {
    const user = this.ofSubject(subject);
    if (user !== undefined) {
      this.dropSessions(user.id);
      this.markRefused(user.id, true);
    }
    const { issuer, subject: id } = subject;
    this.log('refuse-log-in', { after: { issuer, subject: id } }, user ?? { name }, by);
  }

  addLink(name: string, { hash, expiresAt }: PasswordLink, by: Actor): User {
    const user = this.named(name);
    if (user.directory !== undefined) throw isOfDirectory(name);
    this.db.prepare('DELETE FROM user_links WHERE user = ?').run(user.id);
    this.db.prepare('INSERT INTO user_links (hash, user, expires_at) VALUES (?, ?, ?)').run(hash, user.id, expiresAt);
    this.log('create-password-link', { after: { expiresAt } }, user, by);
    return user;
  }

  setPassword({ user: id, password, link, replaces }: NewPassword, by: Actor): User {
    if (replaces !== undefined && readSecrets(this.db, id).password !== replaces) throw loginOvertaken();
    if (link !== undefined) {
      const { changes } = this.db
        .prepare('DELETE FROM user_links WHERE hash = ? AND user = ? AND expires_at > ? AND expires_at <= ?')
        .run(link, id, by.at, latestLinkEnd(by.at));
      if (changes === 0) throw linkSpent();
      if (this.user(id).hasSecondFactor) this.setSecondFactor(id, undefined, by);
    }
    const { name, directory } = this.user(id);
    if (directory !== undefined) throw isOfDirectory(name);
    this.db.prepare('UPDATE users SET password = ? WHERE id = ?').run(password, id);
    this.dropSessions(id);
    const user = this.user(id);
    this.log('set-password', {}, user, by);
    return user;
  }

  setSecondFactor(id: number, factor: SecondFactor | undefined, by: Actor): User {
    const before = this.user(id);
    if (before.directory !== undefined) throw isOfDirectory(before.name);
    this.clearSecondFactor(id);
    if (factor !== undefined) {
      const { secret, usedPeriod } = factor;
      this.db.prepare('UPDATE users SET totp = ?, totp_period = ? WHERE id = ?').run(secret, usedPeriod, id);
      const insert = this.db.prepare('INSERT INTO user_recovery_codes (user, hash) VALUES (?, ?)');
      for (const hash of factor.recovery) insert.run(id, hash);
    }
    const user = this.user(id);
    this.log(factor === undefined ? 'remove-second-factor' : 'set-second-factor', {}, user, by);
    return user;
  }

  usePeriod(id: number, period: number): boolean {
    const use = this.db.prepare('UPDATE users SET totp_period = ? WHERE id = ? AND totp_period < ?');
    return use.run(period, id, period).changes > 0;
  }

  useRecovery(id: number, hash: string, by: Actor): boolean {
    const { changes } = this.db.prepare('DELETE FROM user_recovery_codes WHERE user = ? AND hash = ?').run(id, hash);
    if (changes > 0) this.log('use-recovery-code', {}, this.user(id), by);
    return changes > 0;
  }

  addSession({ hash, user, beganAt, usedAt }: Session, rests: LoginBasis, by: Actor): void {
    if (!this.holds(user, rests)) throw loginOvertaken();
    this.db
      .prepare('INSERT INTO user_sessions (hash, user, began_at, used_at) VALUES (?, ?, ?, ?)')
      .run(hash, user, beganAt, usedAt);
    this.log('log-in', {}, this.user(user), by);
  }

  noteUse(hash: string, at: number): void {
    this.db.prepare('UPDATE user_sessions SET used_at = ? WHERE hash = ?').run(at, hash);
  }

  endSessions(which: { hash: string } | { user: number }, by: Actor): void {
    const found =
      'user' in which
        ? { user: which.user }
        : this.db.prepare<[string], { user: number }>('SELECT user FROM user_sessions WHERE hash = ?').get(which.hash);
    if (found === undefined) return;
    if ('hash' in which) this.forgetSessions([which.hash]);
    else this.dropSessions(which.user);
    this.log('user' in which ? 'log-out-everywhere' : 'log-out', {}, this.user(found.user), by);
  }

  forgetSessions(hashes: readonly string[]): void {
    const forget = this.db.prepare('DELETE FROM user_sessions WHERE hash = ?');
    for (const hash of hashes) forget.run(hash);
  }

  private holds(id: number, rests: LoginBasis): boolean {
    if (rests.kind === 'password') {
      const { password, totp } = readSecrets(this.db, id);
      return password === rests.password && totp?.secret === rests.totp;
    }
    const user = this.user(id);
    return user.directory !== undefined && user.directory.refused !== true && rights(user) === rights(rests);
  }

  private markRefused(id: number, refused: boolean): void {
    this.db.prepare('UPDATE user_subjects SET refused = ? WHERE user = ?').run(refused ? 1 : 0, id);
  }

  private dropSessions(id: number): void {
    this.db.prepare('DELETE FROM user_sessions WHERE user = ?').run(id);
  }

  private clearSecondFactor(id: number): void {
    this.db.prepare('UPDATE users SET totp = NULL, totp_period = NULL WHERE id = ?').run(id);
    this.db.prepare('DELETE FROM user_recovery_codes WHERE user = ?').run(id);
  }

  private ofSubject({ issuer, subject }: DirectorySubject): User | undefined {
    return readUsers(this.db).find(({ directory }) => directory?.issuer === issuer && directory.subject === subject);
  }

  private user(id: number): User {
    const user = readUser(this.db, id);
    if (user === undefined) throw unknownUser(`number ${id}`);
    return user;
  }

  private named(name: string): User {
    const user = readUsers(this.db).find((one) => one.name === name);
    if (user === undefined) throw unknownUser(name);
    return user;
  }

  private log(
    what: string,
    change: { before?: unknown; after?: unknown },
    { name }: Pick<User, 'name'>,
    by: Actor,
  ): void {
    logChanges(this.db, [{ subject: { kind: 'user', id: name }, ...change }], by, { what });
  }
}

function loginOvertaken(): HymioError {
  return new HymioError(
    'login-overtaken',
    'Password, second factor or rights were changed by somebody else at the same moment.',
    'Log in again.',
  );
}

/** What the log of changes says of a user. */
function shown({ displayName, role, groups, language }: User): object {
  return { displayName, role, groups, language };
}

function rights({ role, groups }: Pick<User, 'role' | 'groups'>): string {
  return JSON.stringify([role, groups]);
}
