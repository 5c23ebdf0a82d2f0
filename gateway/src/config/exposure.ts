import { BlockList, isIP } from 'node:net';
import { HymioError } from '@hymio/protocol';
import type { Address, GatewayConfig } from './gateway-config.js';

/** Does nobody but this machine reach the address? */
export function isLoopback({ host }: Pick<Address, 'host'>): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Where something is reached from other machines without being protected: key of the configuration, and what to do. */
export interface ExposureFault {
  path: string[];
  error: string;
}

/** What the configuration opens to the network without protection that it says nothing of. */
export function exposureFaults({ http, mqtt }: Pick<GatewayConfig, 'http' | 'mqtt'>): ExposureFault[] {
  const faults: ExposureFault[] = [];
  const behindProxy = http.publicUrl?.startsWith('https:') === true && http.trustedProxies.length > 0;
  if (!isLoopback(http.listen) && http.tls === undefined && !behindProxy) {
    faults.push({
      path: ['http', 'listen'],
      error:
        'passwords would go over the network unencrypted: listen on 127.0.0.1, or set http.tls, or name a proxy that does TLS by ' +
        'http.publicUrl: https://… and http.trustedProxies',
    });
  }
  if ('listen' in mqtt && mqtt.allowPlain !== true) {
    const plain = mqtt.tls === undefined ? mqtt.listen : mqtt.plain;
    if (plain !== undefined && !isLoopback(plain)) {
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

/** Throws where pages are reached from other machines and nobody is asked for a login. Error: HymioError `login-missing`. */
export function requireLogins({ http }: Pick<GatewayConfig, 'http'>, asksForLogin: boolean): void {
  if (asksForLogin || isLoopback(http.listen)) return;
  throw new HymioError(
    'login-missing',
    `The pages would be open to everybody who reaches ${http.listen.host}: there is no user.`,
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
