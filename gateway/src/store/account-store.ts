import type { HeldMqttAccount, MqttAccount, MqttAccountRequest } from '../accounts/mqtt-account.js';
import type { Actor } from '../exclusions/exclusion.js';

/** What a store keeps of MQTT accounts: of passwords the hash. Every change leaves a line in the log of changes. */
export interface AccountStore {
  /** Errors: HymioError `account-name-taken`, `unknown-group`. */
  create(request: MqttAccountRequest & { password: string }, by: Actor): Promise<MqttAccount>;
  /** Error: HymioError `unknown-account`. */
  remove(name: string, by: Actor): Promise<MqttAccount>;
  /** By name. */
  list(): Promise<HeldMqttAccount[]>;
}
