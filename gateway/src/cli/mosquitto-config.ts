import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HymioError } from '@hymio/protocol';
import { accountUserName } from '../accounts/mqtt-account.js';
import { accountFilter } from '../accounts/mqtt-accounts.js';
import { readGatewayConfig } from '../config/gateway-config.js';
import { syncPath } from '../files/sync-path.js';
import { type BrokerAccount, type BrokerFile, mosquittoFiles } from '../identity/mosquitto-files.js';
import { openAuthority } from '../identity/open-identity.js';
import { operate } from './operate.js';

/**
 * Writes what a Mosquitto needs into a folder; what an earlier call wrote there is replaced. Errors: HymioError
 * `identity-needed`, `output-unwritable`, `bad-arguments`.
 */
export async function mosquittoConfig(options: {
  config: string;
  out: string;
  at?: string;
  port: string;
  eventsPort?: string;
}): Promise<void> {
  const { identity, data } = readGatewayConfig(options.config);
  const port = portOf(options.port);
  const eventsPort = options.eventsPort === undefined ? undefined : portOf(options.eventsPort);
  if (identity === undefined) {
    throw new HymioError(
      'identity-needed',
      'The configuration says no names under which terminals reach the broker.',
      'Add `identity: { names: [hymio.example.org] }` to gateway.yaml.',
    );
  }
  const certificates = await operate(options.config, 'list-certificates', {});
  const now = Date.now();
  const authority = await openAuthority(data, now);
  const { certificate, key } = await authority.serverCertificate(identity.names, now);
  const gone = certificates.filter(({ revokedAt }) => revokedAt !== undefined);
  const revoked = await authority.revocationList(gone, now);
  const out = resolve(options.out);
  const folder = options.at ?? out;
  const facts = { folder, port, authority: authority.pem, certificate, key, revoked };
  const events =
    eventsPort === undefined ? {} : { events: { port: eventsPort, accounts: await accountsOf(options.config) } };
  writeAll(out, mosquittoFiles({ ...facts, ...events }));
  process.stdout.write(`written to ${out}; revoked certificates: ${gone.length}\n`);
}

async function accountsOf(config: string): Promise<BrokerAccount[]> {
  const accounts = await operate(config, 'list-mqtt-accounts', {});
  const { groups } = await operate(config, 'list-groups', {});
  return accounts.map((account) => ({
    user: accountUserName(account.name),
    password: account.password,
    filter: accountFilter(account, { groups }),
  }));
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new HymioError('bad-arguments', `${text} is not a port.`, 'Give one from 1 to 65535.');
}

function writeAll(folder: string, files: readonly BrokerFile[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, content, secret } of files) {
      const fresh = join(folder, `.${name}.new`);
      rmSync(fresh, { force: true });
      writeFileSync(fresh, content, { mode: secret === true ? 0o600 : 0o644 });
      if (secret !== true) chmodSync(fresh, 0o644);
      syncPath(fresh);
      renameSync(fresh, join(folder, name));
    }
    // A broker that starts after a power cut must not find a list of revoked certificates without content.
    syncPath(folder);
  } catch (error) {
    throw new HymioError(
      'output-unwritable',
      `${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      'Choose another --out.',
      { cause: error },
    );
  }
}
