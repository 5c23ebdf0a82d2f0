import type { Clock } from '@hymio/protocol';
import type { MqttAccounts } from '../accounts/mqtt-accounts.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { readSecret } from '../config/read-secret.js';
import type { Identity } from '../identity/open-identity.js';
import type { Log } from '../log/log.js';
import type { EmbeddedBroker, SecureListener } from './embedded-broker.js';
import type { EventLink, GatewayLink } from './gateway-link.js';

type MqttConfig = GatewayConfig['mqtt'];
type EmbeddedConfig = Extract<MqttConfig, { listen: unknown }>;

export interface LinkBasis {
  clock: Clock;
  log: Log;
  /** There wherever the configuration has `tls`. */
  identity: Identity | undefined;
  /** Under which terminals reach the broker. */
  names: readonly string[];
  /** Who may listen to events without a certificate. */
  accounts: MqttAccounts;
}

/** The way to a broker, and on which ports that one listens where it is the gateway's own. */
export type ConfiguredLink = GatewayLink & EventLink & Partial<Pick<EmbeddedBroker, 'port' | 'securePort'>>;

/**
 * The gateway's way to the broker of its configuration; of the libraries for a broker and for a client only the one is
 * loaded. Error: HymioError `config-invalid` where a file cannot be read.
 */
export async function linkOf(mqtt: MqttConfig, basis: LinkBasis): Promise<ConfiguredLink> {
  const { clock, log, identity } = basis;
  if ('listen' in mqtt) {
    const secure = await secureListener(mqtt, basis);
    const { events, maxConnections } = mqtt;
    const plain = secure === undefined ? mqtt.listen : mqtt.plain;
    const { EmbeddedBroker } = await import('./embedded-broker.js');
    return new EmbeddedBroker({ plain, secure, events, maxConnections, log });
  }
  const { url, username, passwordFile, tls } = mqtt;
  const own = tls === undefined ? undefined : await identity?.authority.gatewayCertificate(clock.now());
  const { ExternalBroker } = await import('./external-broker.js');
  return new ExternalBroker({
    url,
    clock,
    random: Math.random,
    log,
    ...(own &&
      identity && {
        tls: { cert: own.certificate, key: own.key, ca: identity.authority.pem },
        isShutOut: (terminal: string) => identity.identities.isShutOut(terminal),
      }),
    ...(username === undefined ? {} : { username }),
    ...(passwordFile === undefined ? {} : { password: readSecret(passwordFile, 'mqtt.passwordFile') }),
  });
}

/** Where terminals reach it: `mqtts://…` where there is TLS. */
export function addressOf(mqtt: MqttConfig, link: ConfiguredLink): string {
  if (!('listen' in mqtt)) return mqtt.url;
  const { host, port } = mqtt.listen;
  if (mqtt.tls === undefined) return `mqtt://${host}:${link.port ?? port}`;
  return `mqtts://${host}:${link.securePort ?? port}`;
}

async function secureListener(
  { listen, tls, events }: EmbeddedConfig,
  { clock, identity, names, accounts }: LinkBasis,
): Promise<SecureListener | undefined> {
  if (tls === undefined || identity === undefined) return undefined;
  const { authority, identities } = identity;
  const pair =
    tls === 'own'
      ? await authority.serverCertificate(names, clock.now())
      : {
          certificate: readSecret(tls.certificateFile, 'mqtt.tls.certificateFile'),
          key: readSecret(tls.keyFile, 'mqtt.tls.keyFile'),
        };
  return {
    address: listen,
    ...pair,
    authority: authority.pem,
    isRevoked: (certificate) => identities.isRevoked(certificate),
    onRevoked: (listener) => identities.onRevoked(listener),
    monotonic: () => clock.monotonic(),
    ...(events && { accounts }),
  };
}
