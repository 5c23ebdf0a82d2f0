import type { HeldMqttAccount, MqttAccount, MqttAccountRequest } from '../../accounts/mqtt-account.js';
import type { Actor } from '../../exclusions/exclusion.js';
import type { AccountStore } from '../account-store.js';
import type { AccountWriter } from './account-rows.js';
import type { ReadSide } from './read-side.js';

/** MQTT accounts in the file of a `SqliteStore`. */
export class SqliteAccountStore implements AccountStore {
  private readonly access: { write<T>(work: (writer: AccountWriter) => T): T; reads: Pick<ReadSide, 'call'> };

  constructor(access: { write<T>(work: (writer: AccountWriter) => T): T; reads: Pick<ReadSide, 'call'> }) {
    this.access = access;
  }

  async create(request: MqttAccountRequest & { password: string }, by: Actor): Promise<MqttAccount> {
    return this.access.write((writer) => writer.create(request, by));
  }

  async remove(name: string, by: Actor): Promise<MqttAccount> {
    return this.access.write((writer) => writer.remove(name, by));
  }

  list(): Promise<HeldMqttAccount[]> {
    return this.access.reads.call('accounts');
  }
}
