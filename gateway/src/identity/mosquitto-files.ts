import { posix } from 'node:path';
import { GATEWAY_SAYS, TERMINAL_SAYS } from '../link/terminal-permission.js';
import { GATEWAY_NAME } from './gateway-name.js';

/** As the embedded broker has it, bytes: 500 presses take 40 kB, the longest status 70. */
const MAX_PACKET_BYTES = 256 * 1024;

export interface MosquittoFacts {
  /** Where the files will lie on the broker's machine. */
  folder: string;
  port: number;
  /** All PEM. */
  authority: string;
  certificate: string;
  key: string;
  revoked: string;
}

/** A file by its name; `secret`: only its user may read it. */
export interface BrokerFile {
  name: string;
  content: string;
  secret?: boolean;
}

/** What a Mosquitto (2.0 or later) needs to let in whom the gateway's authority certified, each to its own topics. */
export function mosquittoFiles({ folder, port, authority, certificate, key, revoked }: MosquittoFacts): BrokerFile[] {
  const path = (name: string): string => posix.join(folder, name);
  const config = [
    '# Written by `hymio-gateway mosquitto-config`; written anew by the next one.',
    'per_listener_settings true',
    `listener ${port}`,
    `cafile ${path('hymio-authority.pem')}`,
    `certfile ${path('hymio-server.pem')}`,
    `keyfile ${path('hymio-server.key')}`,
    `crlfile ${path('hymio-revoked.pem')}`,
    'tls_version tlsv1.2',
    'require_certificate true',
    '# Who a client is, is what its certificate says, whatever it says itself.',
    'use_identity_as_username true',
    'use_username_as_clientid true',
    'allow_anonymous false',
    `acl_file ${path('hymio-acl')}`,
    `max_packet_size ${MAX_PACKET_BYTES}`,
    'set_tcp_nodelay true',
  ];
  const acl = [
    '# The user name of a terminal is its id, from its certificate.',
    ...TERMINAL_SAYS.map((kind) => `pattern write hymio/v1/%u/${kind}`),
    ...GATEWAY_SAYS.map((kind) => `pattern read hymio/v1/%u/${kind}`),
    '',
    `user ${GATEWAY_NAME}`,
    'topic readwrite hymio/v1/#',
  ];
  return [
    { name: 'hymio.conf', content: lines(config) },
    { name: 'hymio-acl', content: lines(acl) },
    { name: 'hymio-authority.pem', content: authority },
    { name: 'hymio-server.pem', content: certificate },
    { name: 'hymio-server.key', content: key, secret: true },
    { name: 'hymio-revoked.pem', content: revoked },
  ];
}

function lines(text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
