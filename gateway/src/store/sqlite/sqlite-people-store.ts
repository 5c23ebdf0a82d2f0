import type { Actor } from '../../exclusions/exclusion.js';
import type { DirectoryPerson } from '../../people/directory/directory-person.js';
import type { Session } from '../../people/session.js';
import type { User, UserRequest } from '../../people/user.js';
import type {
  LoginBasis,
  NewPassword,
  PasswordLink,
  PeopleStore,
  SecondFactor,
  UserChange,
  UserSecrets,
} from '../people-store.js';
import type { PeopleReads } from './people-reader.js';
import type { PeopleWriter } from './people-writer.js';

export interface PeopleStoreSides {
  /** Runs the work in one transaction. */
  write<T>(work: (rows: PeopleWriter) => T): T;
  read<Name extends keyof PeopleReads>(
    name: Name,
    ...args: Parameters<PeopleReads[Name]>
  ): Promise<ReturnType<PeopleReads[Name]>>;
}

/** People in the store's file, in the same transactions and the same backup. */
export class SqlitePeopleStore implements PeopleStore {
  readonly #sides: PeopleStoreSides;

  constructor(sides: PeopleStoreSides) {
    this.#sides = sides;
  }

  users(): Promise<User[]> {
    return this.#sides.read('users');
  }

  secrets(user: number): Promise<UserSecrets> {
    return this.#sides.read('secrets', user);
  }

  async add(request: UserRequest, by: Actor): Promise<User> {
    return this.#sides.write((rows) => rows.add(request, by));
  }

  async addFirst(request: UserRequest, password: string, by: Actor): Promise<User> {
    return this.#sides.write((rows) => rows.addFirst(request, password, by));
  }

  async change(name: string, change: UserChange, by: Actor): Promise<User> {
    return this.#sides.write((rows) => rows.change(name, change, by));
  }

  async remove(name: string, by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.remove(name, by));
  }

  async takeFromDirectory(person: DirectoryPerson, by: Actor): Promise<User> {
    return this.#sides.write((rows) => rows.takeFromDirectory(person, by));
  }

  async refuseFromDirectory(person: Pick<DirectoryPerson, 'issuer' | 'subject' | 'name'>, by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.refuseFromDirectory(person, by));
  }

  async addLink(name: string, link: PasswordLink, by: Actor): Promise<User> {
    return this.#sides.write((rows) => rows.addLink(name, link, by));
  }

  userOfLink(hash: string, now: number): Promise<User | undefined> {
    return this.#sides.read('userOfLink', hash, now);
  }

  async setPassword(wanted: NewPassword, by: Actor): Promise<User> {
    return this.#sides.write((rows) => rows.setPassword(wanted, by));
  }

  async setSecondFactor(user: number, factor: SecondFactor | undefined, by: Actor): Promise<User> {
    return this.#sides.write((rows) => rows.setSecondFactor(user, factor, by));
  }

  async usePeriod(user: number, period: number): Promise<boolean> {
    return this.#sides.write((rows) => rows.usePeriod(user, period));
  }

  async useRecovery(user: number, hash: string, by: Actor): Promise<boolean> {
    return this.#sides.write((rows) => rows.useRecovery(user, hash, by));
  }

  everybody(): Promise<{ users: User[]; sessions: Session[] }> {
    return this.#sides.read('everybody');
  }

  async addSession(session: Session, rests: LoginBasis, by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.addSession(session, rests, by));
  }

  async noteUse(hash: string, at: number): Promise<void> {
    this.#sides.write((rows) => rows.noteUse(hash, at));
  }

  async endSessions(which: { hash: string } | { user: number }, by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.endSessions(which, by));
  }

  async forgetSessions(hashes: readonly string[]): Promise<void> {
    this.#sides.write((rows) => rows.forgetSessions(hashes));
  }
}
