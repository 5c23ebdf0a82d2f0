import { BlockList, isIP } from 'node:net';
import { HymioError } from '@hymio/protocol';
import type { GatewayConfig } from './gateway-config.js';
import { isLoopback } from './is-loopback.js';

/** Where something is reached from other machines without being protected: key of the configuration, and what to do. */
export interface ExposureFault {
  path: string[];
  error: string;
}

/** What the configuration opens to the network without protection that it says nothing of. */
export function exposureFaults({ http, mqtt }: Pick<GatewayConfig, 'http' | 'mqtt'>): ExposureFault[] {
  const faults = pageFaults(http);
  if ('listen' in mqtt && mqtt.allowPlain !== true) {
    const plain = mqtt.tls === undefined ? mqtt.listen : mqtt.plain;
    if (plain !== undefined && !isLoopback(plain.host)) {
      faults.push({
        path: ['mqtt', mqtt.tls === undefined ? 'listen' : 'plain'],
        error:
          'anybody in the network could speak for the terminals: set mqtt.tls, or say mqtt.allowPlain: true for a network of ' +
          'your own or while a fleet moves to TLS',
      });
    }
  }
  return faults;
}

function pageFaults({ listen, tls, publicUrl, trustedProxies }: GatewayConfig['http']): ExposureFault[] {
  const isEncrypted = publicUrl?.startsWith('https:') === true;
  if (!isLoopback(listen.host)) {
    if (tls !== undefined || (isEncrypted && trustedProxies.length > 0)) return [];
    const error =
      'passwords would go over the network unencrypted: listen on 127.0.0.1, or set http.tls, or name a proxy that does TLS by ' +
      'http.publicUrl: https://… and http.trustedProxies';
    return [{ path: ['http', 'listen'], error }];
  }
  if (!isElsewhere(publicUrl)) return [];
  // Whoever connects to a loopback address does so from one, whatever other machines stand before.
  const isNamed = trustedProxies.some((network) => isLoopback(network.split('/', 1)[0] ?? ''));
  const unencrypted =
    'passwords would go over the network unencrypted: have the proxy before the gateway do TLS, and write https://…';
  const unnamed =
    'needs the address by which the proxy of http.publicUrl comes, [127.0.0.1] where http.listen is such: else everybody ' +
    'seems to come from there, and who guesses passwords makes all others wait';
  return [
    ...(isEncrypted ? [] : [{ path: ['http', 'publicUrl'], error: unencrypted }]),
    ...(isNamed ? [] : [{ path: ['http', 'trustedProxies'], error: unnamed }]),
  ];
}

function isElsewhere(publicUrl: string | undefined): boolean {
  return publicUrl !== undefined && URL.canParse(publicUrl) && !isLoopback(new URL(publicUrl).hostname);
}

/** Are the pages reached from other machines, by themselves or through a proxy? */
export function isExposed({ http: { listen, publicUrl } }: Pick<GatewayConfig, 'http'>): boolean {
  return !isLoopback(listen.host) || isElsewhere(publicUrl);
}

/** Throws where pages are reached from other machines and nobody could log in. Error: HymioError `login-missing`. */
export function requireLogins(config: Pick<GatewayConfig, 'http' | 'people'>, hasUsers: boolean): void {
  if (hasUsers || config.people.oidc !== undefined || !isExposed(config)) return;
  const { listen, publicUrl } = config.http;
  throw new HymioError(
    'login-missing',
    `The pages are reached at ${publicUrl ?? listen.host} from other machines, and there is no user.`,
    'Make one first with `hymio-gateway user add <name> --role admin`, and follow the link that it prints once the gateway serves.',
  );
}

/** `10.0.0.5` or `10.0.0.0/8`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

/** Whether an address is in one of these networks, or of this machine. */
export function networksHold(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of ['127.0.0.0/8', '::1', ...networks]) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = address.replace(/^::ffff:/, '');
    return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  };
}
