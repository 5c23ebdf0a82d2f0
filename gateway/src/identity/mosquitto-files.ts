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
  /** Programs that listen to events, and the port of theirs; absent: there is no listener for them. */
  events?: { port: number; accounts: readonly BrokerAccount[] };
}

export interface BrokerAccount {
  user: string;
  /** Hash, in Mosquitto's own form. */
  password: string;
  /** What it may hear; undefined: nothing. */
  filter: string | undefined;
}

/** A file by its name; `secret`: only its user may read it. */
export interface BrokerFile {
  name: string;
  content: string;
  secret?: boolean;
}

/** What a Mosquitto (2.0 or later) needs to let in whom the gateway's authority certified, each to its own topics. */
export function mosquittoFiles({
  folder,
  port,
  authority,
  certificate,
  key,
  revoked,
  events,
}: MosquittoFacts): BrokerFile[] {
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
    { name: 'hymio.conf', content: lines([...config, ...(events ? eventsListener(events.port, path) : [])]) },
    { name: 'hymio-acl', content: lines(acl) },
    { name: 'hymio-authority.pem', content: authority },
    { name: 'hymio-server.pem', content: certificate },
    { name: 'hymio-server.key', content: key, secret: true },
    { name: 'hymio-revoked.pem', content: revoked },
    ...(events ? accountFiles(events.accounts) : []),
  ];
}

/** Programs come with user name and password. The user name is the client id too: nobody can throw a terminal off. */
function eventsListener(port: number, path: (name: string) => string): string[] {
  return [
    `listener ${port}`,
    `certfile ${path('hymio-server.pem')}`,
    `keyfile ${path('hymio-server.key')}`,
    'tls_version tlsv1.2',
    'allow_anonymous false',
    'use_username_as_clientid true',
    `password_file ${path('hymio-passwords')}`,
    `acl_file ${path('hymio-events-acl')}`,
    'set_tcp_nodelay true',
  ];
}

function accountFiles(accounts: readonly BrokerAccount[]): BrokerFile[] {
  const acl = accounts.flatMap(({ user, filter }) => [`user ${user}`, ...(filter ? [`topic read ${filter}`] : []), '']);
  return [
    {
      name: 'hymio-passwords',
      content: accounts.map(({ user, password }) => `${user}:${password}\n`).join(''),
      secret: true,
    },
    { name: 'hymio-events-acl', content: lines(['# Programs that listen to events.', ...acl]) },
  ];
}

function lines(text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
