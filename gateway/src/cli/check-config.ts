import { readClientSecret } from '../config/client-secret.js';
import { readGatewayConfig } from '../config/gateway-config.js';

/** Prints `ok` and what would run; throws `config-invalid` with every fault, a missing secret of the directory among them. */
export function checkConfig({ config: file }: { config: string }): void {
  const { data, timezone, mqtt, http, people } = readGatewayConfig(file);
  if (people.oidc !== undefined) readClientSecret(people.oidc, process.env);
  const broker = 'listen' in mqtt ? `embedded broker on ${mqtt.listen.host}:${mqtt.listen.port}` : `broker ${mqtt.url}`;
  process.stdout.write(
    `ok: store in ${data}, ${timezone}, ${broker}, pages on http://${http.listen.host}:${http.listen.port}\n`,
  );
}
