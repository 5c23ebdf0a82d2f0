import type { Actor } from '../exclusions/exclusion.js';
import type { DirectoryPerson } from '../people/directory/directory-person.js';
import type { Session } from '../people/session.js';
import type { User, UserRequest } from '../people/user.js';

/** What of a user can be changed. */
export type UserChange = Partial<Pick<UserRequest, 'displayName' | 'role' | 'language'>> & {
  /** null: the whole organisation. */
  groups?: string[] | null;
};

/** A link that sets a password once; of its secret only the hash is kept. */
export interface PasswordLink {
  hash: string;
  /** UTC ms. */
  expiresAt: number;
}

/** What only a login asks for. */
export interface UserSecrets {
  /** argon2id, as PHC string. */
  password?: string;
  /** Of the second factor, base32, and the last period that a code was taken of. */
  totp?: { secret: string; usedPeriod: number };
}

/** What a login rests on: it begins only where that holds to the last. */
export type LoginBasis =
  /** The password's hash and, where there was one, the secret of the second factor. */
  | { kind: 'password'; password: string; totp?: string }
  /** What the directory said. */
  | ({ kind: 'directory' } & Pick<UserRequest, 'role' | 'groups'>);

/** How a password is set. */
export interface NewPassword {
  user: number;
  /** argon2id hash. */
  password: string;
  /** Hash of the link that is spent by it. */
  link?: string;
  /** The hash that is replaced, where it was asked for: another one must not be. */
  replaces?: string;
}

/** How a second factor is set: absent, it is switched off. */
export interface SecondFactor {
  secret: string;
  usedPeriod: number;
  /** SHA-256 of each recovery code. */
  recovery: readonly string[];
}

/**
 * What a store keeps of people: users, their logins and one-time links. Never a password, only its hash. Every change but
 * the use of a session leaves a line in the log of changes. Times are UTC ms.
 */
export interface PeopleStore {
  /** By name. */
  users(): Promise<User[]>;
  secrets(user: number): Promise<UserSecrets>;
  /** Errors: HymioError `user-name-taken`, `unknown-group`, `first-user-not-admin`. */
  add(request: UserRequest, by: Actor): Promise<User>;
  /** The first user, with the hash of a password, both or neither. Error: HymioError `link-spent` where there is a user. */
  addFirst(request: UserRequest, password: string, by: Actor): Promise<User>;
  /**
   * Ends the user's sessions where role or groups change. Errors: HymioError `unknown-user`, `unknown-group`, and
   * `last-admin` where nobody would be left who manages users.
   */
  change(name: string, change: UserChange, by: Actor): Promise<User>;
  /** Nothing is left of the user but what the log of changes says; sessions end. Errors: HymioError `unknown-user`, `last-admin`, `last-user`. */
  remove(name: string, by: Actor): Promise<void>;
  /**
   * The user of this subject, made at the first login; what the directory says of role, groups and name of display holds from
   * now on, and sessions end where rights change. Who has the wished name keeps it: then the user gets another.
   * Error: HymioError `unknown-group`.
   */
  takeFromDirectory(person: DirectoryPerson, by: Actor): Promise<User>;
  /** Somebody of the directory may do nothing here, until it says otherwise: sessions of the user, if there is one, end. */
  refuseFromDirectory(person: Pick<DirectoryPerson, 'issuer' | 'subject' | 'name'>, by: Actor): Promise<void>;
  /** From now on only this link sets the user's password. Errors: HymioError `unknown-user`, `directory-user`. */
  addLink(name: string, link: PasswordLink, by: Actor): Promise<User>;
  /** The user of a link, spent or run out or not existing: undefined. `now`: UTC ms. */
  userOfLink(hash: string, now: number): Promise<User | undefined>;
  /**
   * Sets the password and ends every session of the user; with a link it is spent, all or nothing, and the second factor is
   * switched off. Errors: HymioError `link-spent`, `unknown-user`, `directory-user`, `login-overtaken`.
   */
  setPassword(wanted: NewPassword, by: Actor): Promise<User>;
  /** Errors: HymioError `unknown-user`, `directory-user`. */
  setSecondFactor(user: number, factor: SecondFactor | undefined, by: Actor): Promise<User>;
  /** Takes a code of this period; false where one of it, or of a later one, was taken before. */
  usePeriod(user: number, period: number): Promise<boolean>;
  /** Spends a recovery code; false where it is none, or spent. */
  useRecovery(user: number, hash: string, by: Actor): Promise<boolean>;
  /** Users, and sessions that have not been ended, those that ran out among them; both as of the same moment. */
  everybody(): Promise<{ users: User[]; sessions: Session[] }>;
  /** `rests`: what must still hold. Errors: HymioError `login-overtaken`, `unknown-user`. */
  addSession(session: Session, rests: LoginBasis, by: Actor): Promise<void>;
  noteUse(hash: string, at: number): Promise<void>;
  /** Ends one session, or all of a user: somebody logs out. */
  endSessions(which: { hash: string } | { user: number }, by: Actor): Promise<void>;
  /** Takes away sessions that are over. */
  forgetSessions(hashes: readonly string[]): Promise<void>;
}
