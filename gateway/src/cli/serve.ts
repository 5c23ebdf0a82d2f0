import { readGatewayConfig } from '../config/gateway-config.js';
import { Gateway } from '../gateway.js';
import { keepNoNumbers } from '../link/lean-packets.js';
import { errorFields } from '../log/error-fields.js';
import { pinoLog } from '../log/pino-log.js';
import { keepHeapFrugal } from './frugal-heap.js';

/** Serves until SIGINT or SIGTERM; says on standard output where, and calls `up`, once everything is up. */
export async function serve({ config: file }: { config: string }, up: () => void): Promise<void> {
  keepNoNumbers();
  const config = readGatewayConfig(file);
  const log = pinoLog(config.log.level);
  const gateway = new Gateway(config, log);
  const signal = new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
  });
  const { firstAdmin, ...addresses } = await gateway.start();
  up();
  keepHeapFrugal();
  process.stdout.write(`ready http=${addresses.http} mqtt=${addresses.mqtt}\n`);
  if (firstAdmin !== undefined) {
    // Not through the log: whoever has the link becomes administrator.
    process.stdout.write(`nobody has to log in yet; the first administrator begins at ${firstAdmin}\n`);
  }
  log.info('ready', { ...addresses });
  log.info('stopping', { signal: await signal });
  try {
    await gateway.stop();
  } catch (error) {
    log.error('stopped uncleanly', errorFields(error));
    process.exitCode = 1;
  }
  process.exit();
}
