import {
  checkAccountRequest,
  type HeldMqttAccount,
  type MqttAccount,
  type MqttAccountRequest,
  unknownAccount,
} from '../../accounts/mqtt-account.js';
import type { Actor } from '../../exclusions/exclusion.js';
import type { Registry } from '../../registry/registry.js';
import { logChanges } from './change-log-rows.js';
import type { Db } from './database.js';

interface Row {
  name: string;
  group: string | null;
  password: string;
  createdAt: number;
  createdBy: string;
}

/** By name. */
export function readAccounts(db: Db): HeldMqttAccount[] {
  return db
    .prepare<[], Row>(
      'SELECT name, "group", password, created_at AS createdAt, created_by AS createdBy FROM mqtt_accounts ORDER BY name',
    )
    .all()
    .map(({ group, ...account }) => ({ ...account, ...(group !== null && { group }) }));
}

/** Writes of MQTT accounts, within a transaction. */
export class AccountWriter {
  private readonly db: Db;
  private readonly registry: Registry;

  constructor(db: Db, registry: Registry) {
    this.db = db;
    this.registry = registry;
  }

  create({ name, group, password }: MqttAccountRequest & { password: string }, { who, at }: Actor): MqttAccount {
    const request = { name, ...(group !== undefined && { group }) };
    checkAccountRequest(request, { accounts: readAccounts(this.db), groups: this.registry.groups });
    this.db
      .prepare('INSERT INTO mqtt_accounts (name, "group", password, created_at, created_by) VALUES (?, ?, ?, ?, ?)')
      .run(name, group ?? null, password, at, who);
    const after: MqttAccount = { ...request, createdAt: at, createdBy: who };
    this.log('create-mqtt-account', name, { after }, { who, at });
    return after;
  }

  remove(name: string, by: Actor): MqttAccount {
    const held = readAccounts(this.db).find((account) => account.name === name);
    if (held === undefined) throw unknownAccount(name);
    this.db.prepare('DELETE FROM mqtt_accounts WHERE name = ?').run(name);
    const { password: _, ...before } = held;
    this.log('remove-mqtt-account', name, { before }, by);
    return before;
  }

  private log(what: string, name: string, change: { before?: MqttAccount; after?: MqttAccount }, by: Actor): void {
    logChanges(this.db, [{ subject: { kind: 'mqtt-account', id: name }, ...change }], by, { what });
  }
}
