import { readClientSecret } from '../config/client-secret.js';
import { isExposed, requireLogins } from '../config/exposure.js';
import { type GatewayConfig, readGatewayConfig } from '../config/gateway-config.js';
import { operate } from './operate.js';

/**
 * Prints `ok` and what would run; throws `config-invalid` with every fault, a missing secret of the directory among them,
 * and `login-missing` as the start would.
 */
export async function checkConfig({ config: file }: { config: string }): Promise<void> {
  const config = readGatewayConfig(file);
  const { data, timezone, mqtt, people } = config;
  if (people.oidc !== undefined) readClientSecret(people.oidc, process.env);
  else if (isExposed(config)) requireLogins(config, (await operate(file, 'list-users', {})).length > 0);
  const broker = 'listen' in mqtt ? `embedded broker on ${mqtt.listen.host}:${mqtt.listen.port}` : `broker ${mqtt.url}`;
  process.stdout.write(`ok: store in ${data}, ${timezone}, ${broker}, pages on ${pagesOf(config)}\n`);
}

function pagesOf({ http: { listen, tls } }: GatewayConfig): string {
  return `${tls === undefined ? 'http' : 'https'}://${listen.host}:${listen.port}`;
}
