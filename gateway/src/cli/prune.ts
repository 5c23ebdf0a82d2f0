import { HymioError } from '@hymio/protocol';
import { readGatewayConfig } from '../config/gateway-config.js';
import { operate } from './operate.js';
import { whoAsks } from './who-asks.js';

const DAY_MS = 24 * 3_600_000;

/** Removes raw presses older than the retention. */
export async function prune({ config, days }: { config: string; days?: string }): Promise<void> {
  const kept = days === undefined ? readGatewayConfig(config).retentionDays : Number(days);
  if (!Number.isInteger(kept) || kept < 1) {
    throw new HymioError('bad-arguments', `--days ${days} is not a whole number of days.`, 'Give a number from 1.');
  }
  const { pruned, rawFrom } = await operate(config, 'prune', {
    before: Date.now() - kept * DAY_MS,
    by: whoAsks(),
  });
  process.stdout.write(`${pruned} raw presses removed; raw presses remain from ${new Date(rawFrom).toISOString()}\n`);
}
