import { HymioError } from '@hymio/protocol/plain';

/** What an account is to be. */
export interface MqttAccountRequest {
  /** What it is called; no two have the same name. */
  name: string;
  /** Only what happens below this group; absent: everything. */
  group?: string;
}

/** With it a program of somebody else's listens to the gateway's events, and does nothing else. Times are UTC ms. */
export interface MqttAccount extends MqttAccountRequest {
  createdAt: number;
  createdBy: string;
}

/** As brokers know it: with the password's hash, in Mosquitto's own form. */
export interface HeldMqttAccount extends MqttAccount {
  password: string;
}

/** The user name of an account at a broker; no terminal can have it, which has a letter or a digit for `_`. */
export function accountUserName(name: string): string {
  return `events_${name}`;
}

/** Throws where an account cannot be made. Codes: `account-name-taken`, `unknown-group`. */
export function checkAccountRequest(
  { name, group }: MqttAccountRequest,
  { accounts, groups }: { accounts: readonly MqttAccount[]; groups: readonly { id: string }[] },
): void {
  if (group !== undefined && !groups.some(({ id }) => id === group)) {
    throw new HymioError('unknown-group', `There is no group ${JSON.stringify(group)}.`, 'Name one that exists.');
  }
  if (accounts.some((account) => account.name === name)) {
    throw new HymioError(
      'account-name-taken',
      `There is an MQTT account named ${name} already.`,
      'Choose another name, or remove that one first with `hymio-gateway mqtt-account remove`.',
    );
  }
}

export function unknownAccount(name: string): HymioError {
  return new HymioError(
    'unknown-account',
    `There is no MQTT account named ${name}.`,
    '`hymio-gateway mqtt-account list` shows them.',
  );
}
