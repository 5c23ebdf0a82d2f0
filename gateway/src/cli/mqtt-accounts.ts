import { randomBytes } from 'node:crypto';
import { hashAccountPassword, makeAccountPassword } from '../accounts/account-password.js';
import { accountUserName } from '../accounts/mqtt-account.js';
import { operate } from './operate.js';
import { whoAsks } from './who-asks.js';

/** Makes an account and prints its password alone. Errors: HymioError `account-name-taken`, `unknown-group`. */
export async function addMqttAccount(
  name: string,
  { config, group }: { config: string; group?: string },
): Promise<void> {
  const password = makeAccountPassword(randomBytes);
  const hash = hashAccountPassword(password, randomBytes);
  const request = { name, ...(group === undefined ? {} : { group }), password: hash, by: whoAsks() };
  await operate(config, 'create-mqtt-account', request);
  process.stderr.write(
    `User name ${accountUserName(name)}. Keep this password safe: it is not shown again.\n` +
      'A Mosquitto knows the account after the next `hymio-gateway mosquitto-config`.\n',
  );
  process.stdout.write(`${password}\n`);
}

/** Prints a line for each account. */
export async function listMqttAccounts({ config }: { config: string }): Promise<void> {
  const accounts = await operate(config, 'list-mqtt-accounts', {});
  process.stdout.write('NAME\tUSER NAME\tGROUP\tMADE\tBY\n');
  for (const { name, group, createdAt, createdBy } of accounts) {
    const made = `${new Date(createdAt).toISOString().slice(0, 16)}Z`;
    process.stdout.write(`${[name, accountUserName(name), group ?? '(all)', made, createdBy].join('\t')}\n`);
  }
}

/** Ends its connections at once. Error: HymioError `unknown-account`. */
export async function removeMqttAccount(name: string, { config }: { config: string }): Promise<void> {
  await operate(config, 'remove-mqtt-account', { name, by: whoAsks() });
  process.stdout.write(`MQTT account ${name} removed\n`);
}
