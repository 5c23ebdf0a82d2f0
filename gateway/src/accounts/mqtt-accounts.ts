import { EVENTS_FILTER, eventsFilterOf } from '@hymio/protocol';
import { groupPath } from '../aggregates/group-tree.js';
import type { Actor } from '../exclusions/exclusion.js';
import type { Registry } from '../registry/registry.js';
import type { AccountStore } from '../store/account-store.js';
import { isAccountPassword } from './account-password.js';
import { accountUserName, type HeldMqttAccount, type MqttAccount, type MqttAccountRequest } from './mqtt-account.js';

/** Compared with where there is no such account, so that both take as long. */
const NOBODY = `$7$101$${'A'.repeat(16)}$${'A'.repeat(86)}==`;

export interface MqttAccountsParts {
  store: AccountStore;
  registry: () => Promise<Registry>;
}

/** The accounts of a serving gateway: who may come in, what each may hear, and who has to go. */
export class MqttAccounts implements AccountStore {
  readonly #parts: MqttAccountsParts;
  readonly #listeners = new Set<() => void>();
  #accounts = new Map<string, HeldMqttAccount>();
  #registry: Registry | undefined;
  #reading: Promise<void> = Promise.resolve();
  #removals = 0;

  constructor(parts: MqttAccountsParts) {
    this.#parts = parts;
  }

  /** Reads accounts and groups; again when either may have changed. Errors: the store's. */
  refresh(): Promise<void> {
    // One after the other: what was read first is never taken for the newest.
    const read = this.#reading.then(() => this.#read());
    this.#reading = read.catch(() => undefined);
    return read;
  }

  async #read(): Promise<void> {
    const removals = this.#removals;
    const [accounts, registry] = await Promise.all([this.#parts.store.list(), this.#parts.registry()]);
    // What was read may know one that has been removed since.
    if (removals !== this.#removals) return this.#read();
    this.#registry = registry;
    this.#accounts = new Map(accounts.map((account) => [accountUserName(account.name), account]));
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Calls whenever accounts may have changed. */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether this is still the account of the user name. */
  holds(user: string, createdAt: number): boolean {
    return this.#accounts.get(user)?.createdAt === createdAt;
  }

  /** The account that a user name and a password are of. */
  async check(user: string, password: Uint8Array): Promise<HeldMqttAccount | undefined> {
    const account = this.#accounts.get(user);
    const right = await isAccountPassword(password, account?.password ?? NOBODY);
    // One that was removed meanwhile does not come in behind those whose connections were ended.
    return right && account !== undefined && this.holds(user, account.createdAt) ? account : undefined;
  }

  /** What an account may hear, as a filter without its `#`; `+` stands for the kind. Undefined: nothing. */
  filterOf(user: string): string | undefined {
    const account = this.#accounts.get(user);
    return account && this.#registry && accountFilter(account, this.#registry);
  }

  async create(request: MqttAccountRequest & { password: string }, by: Actor): Promise<MqttAccount> {
    const made = await this.#parts.store.create(request, by);
    await this.refresh();
    return made;
  }

  /** Whoever is connected with it has to go when this resolves, whether or not the store can be read then. */
  async remove(name: string, by: Actor): Promise<MqttAccount> {
    const gone = await this.#parts.store.remove(name, by);
    this.#removals += 1;
    this.#accounts.delete(accountUserName(name));
    this.#tell();
    return gone;
  }

  list(): Promise<HeldMqttAccount[]> {
    return this.#parts.store.list();
  }
}

/** What an account may hear; undefined where its group is gone: nothing. */
export function accountFilter({ group }: MqttAccountRequest, { groups }: Pick<Registry, 'groups'>): string | undefined {
  if (group === undefined) return EVENTS_FILTER;
  const path = groupPath(new Map(groups.map((one) => [one.id, one])), group);
  return path.length === 0 ? undefined : eventsFilterOf(path.toReversed());
}

/** Whether the topic of an event is among those of an account's filter. */
export function isHeardBy(filter: string, topic: string): boolean {
  const wanted = filter.split('/').slice(0, -1);
  const levels = topic.split('/');
  return levels.length > wanted.length && wanted.every((level, index) => level === '+' || level === levels[index]);
}
