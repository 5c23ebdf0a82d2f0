import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import type * as tls from 'node:tls';

const require = createRequire(import.meta.url);

/**
 * A connection to `mqtt://host:port` or `mqtts://host:port` (defaults 1883 and 8883). TLS is loaded only where it is
 * used: it takes megabytes of a small computer's memory.
 */
export function openBrokerStream(url: string): Socket {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol === 'mqtt:') {
    // Presses are small and wait for their acks: never hold one back to fill a packet.
    return connect({ host, port: Number(port || 1883), noDelay: true });
  }
  const { connect: connectTls }: typeof tls = require('node:tls');
  return connectTls({ host, port: Number(port || 8883), servername: host }).setNoDelay(true);
}
