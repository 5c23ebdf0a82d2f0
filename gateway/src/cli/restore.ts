import { resolve } from 'node:path';
import { readGatewayConfig } from '../config/gateway-config.js';
import { restoreStore } from '../store/sqlite/restore-store.js';
import { whoAsks } from './who-asks.js';

/** Puts a backup in the place of the store. The terminals send again what it lacks, as far as they still hold it. */
export async function restore({ config, from }: { config: string; from: string }): Promise<void> {
  const { data } = readGatewayConfig(config);
  const { who, at } = whoAsks();
  const { aside, returnedAccounts } = await restoreStore({ folder: data, from: resolve(from), now: at, by: who });
  process.stdout.write(`store restored from ${from}\n`);
  if (aside !== undefined) process.stdout.write(`the former store is kept as ${aside}\n`);
  if (returnedAccounts.length > 0) {
    process.stdout.write(
      `MQTT accounts that hold again, as when the copy was made: ${returnedAccounts.join(', ')}. ` +
        'Those that were removed since are to be removed again: hymio-gateway mqtt-account remove NAME\n',
    );
  }
}
