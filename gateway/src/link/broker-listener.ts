import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { HymioError } from '@hymio/protocol';
import type { Log } from '../log/log.js';
import { LogLimit } from './log-limit.js';

/** Connections that wait to be taken: a fleet that comes back at once; the kernel allows no more (somaxconn). */
const BACKLOG = 4_096;

export interface ListenAddress {
  host: string;
  port: number;
}

/** What a TLS listener shows and trusts, PEM. */
export interface ListenerTls {
  certificate: string;
  key: string;
  /** Whoever connects has a certificate of this authority. */
  authority: string;
  /** Whether one may come without a certificate: who that is, is asked later. */
  certificateOptional?: boolean;
  /** A handshake that takes longer is ended, ms; default 30 s. */
  handshakeTimeoutMs?: number;
}

/** Where a whole fleet comes back at once each waits for the others. */
const HANDSHAKE_TIMEOUT_MS = 30_000;
/** Refusals of one address are logged at most so often, ms. */
const LOG_INTERVAL_MS = 60_000;

/** Listens without TLS. Errors: HymioError `port-busy`, `address-unusable`. */
export async function listenPlain(address: ListenAddress, accept: (socket: Socket) => void): Promise<Server> {
  return listening(createServer(accept), address);
}

/**
 * Listens with TLS 1.2 or newer; who has no certificate of the authority that holds now does not get in. Errors as above.
 */
export async function listenSecure(
  address: ListenAddress,
  { certificate, key, authority, certificateOptional = false, handshakeTimeoutMs = HANDSHAKE_TIMEOUT_MS }: ListenerTls,
  log: Log,
  accept: (socket: TLSSocket) => void,
): Promise<Server> {
  const server = createTlsServer(
    {
      ...{ cert: certificate, key, ca: authority },
      minVersion: 'TLSv1.2',
      requestCert: true,
      // Node then leaves it to us to refuse a certificate that does not hold.
      rejectUnauthorized: !certificateOptional,
      handshakeTimeout: handshakeTimeoutMs,
    },
    (socket) => {
      if (socket.authorized || (certificateOptional && socket.getPeerX509Certificate() === undefined)) accept(socket);
      else refuse(socket, String(socket.authorizationError));
    },
  );
  const refusals = new LogLimit(LOG_INTERVAL_MS);
  const refuse = (socket: TLSSocket, reason: string): void => {
    const from = socket.remoteAddress;
    socket.destroy();
    if (!refusals.allows(from ?? '', performance.now())) return;
    log.warn('TLS connection refused', { code: 'tls-refused', from, reason });
  };
  // One whose handshake took too long is told of here, and ended by nobody else.
  server.on('tlsClientError', (error, socket) => refuse(socket, error.message));
  return listening(server, address);
}

/** The port that a server has. */
export function portOf(server: Server): number {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

function listening(server: Server, { host, port }: ListenAddress): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new HymioError(
              'port-busy',
              `Port ${port} on ${host}, wanted for MQTT, is in use by another program.`,
              'Stop that program, or choose another port with mqtt.listen in the configuration.',
              { cause: error },
            )
          : new HymioError(
              'address-unusable',
              `Cannot listen on ${host}:${port}: ${error.message}.`,
              'Correct mqtt.listen.',
              { cause: error },
            ),
      );
    });
    server.listen({ port, host, backlog: BACKLOG }, () => resolve(server));
  });
}
