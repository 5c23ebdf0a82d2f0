import { createRequire } from 'node:module';
import { connect, isIP, type Socket } from 'node:net';
import type * as tls from 'node:tls';
import type { ClientTls } from '../identity/gateway-wire.js';

const require = createRequire(import.meta.url);

/**
 * A connection to `mqtt://host:port` or `mqtts://host:port` (defaults 1883 and 8883). TLS is loaded only where it is
 * used: it takes megabytes of a small computer's memory. `identity`: what is shown and trusted there; left out, nothing
 * is shown, and the authorities that Node trusts are trusted.
 */
export function openBrokerStream(url: string, identity?: ClientTls): Socket {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol === 'mqtt:') {
    // Presses are small and wait for their acks: never hold one back to fill a packet.
    return connect({ host, port: Number(port || 1883), noDelay: true });
  }
  // An address is no server name (RFC 6066, 3); it is checked all the same.
  const named = isIP(host) === 0 ? { servername: host } : {};
  const { connect: connectTls }: typeof tls = require('node:tls');
  return connectTls({ host, port: Number(port || 8883), ...named, minVersion: 'TLSv1.2', ...identity }).setNoDelay(
    true,
  );
}
