import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { TLSSocket } from 'node:tls';
import { HymioError } from '@hymio/protocol';
import type { Log } from '../log/log.js';
import { answerEnrolment } from './answer-enrolment.js';
import type { CertificateAuthority } from './certificate-authority.js';
import type { TerminalIdentities } from './terminal-identities.js';

const MAX_BODY_BYTES = 8_192;
const PATIENCE_MS = 10_000;
const MAX_CONNECTIONS = 500;

export interface EnrolmentServerParts {
  identities: TerminalIdentities;
  authority: CertificateAuthority;
  listen: { host: string; port: number };
  /** Names and addresses under which terminals reach it. */
  names: readonly string[];
  log: Log;
  /** Wall time, UTC ms. */
  now: () => number;
}

/**
 * Where terminals enrol and renew, over TLS, on addresses that others reach: it has these two answers and no page.
 * `POST /api/v1/enrolments` {code, csr} and, with the older certificate, `POST /api/v1/renewals` {csr}.
 */
export class EnrolmentServer {
  readonly #parts: EnrolmentServerParts;
  #server: Server | undefined;

  constructor(parts: EnrolmentServerParts) {
    this.#parts = parts;
  }

  /** Listens; gives the port. Errors: HymioError `port-busy`, `address-unusable`. */
  async start(): Promise<number> {
    const { authority, names, listen, now } = this.#parts;
    const { certificate, key } = await authority.serverCertificate(names, now());
    const server = createServer(
      {
        cert: certificate,
        key,
        ca: authority.pem,
        minVersion: 'TLSv1.2',
        requestCert: true,
        // One that has run out may still be exchanged: whose it is, is judged where it is used.
        rejectUnauthorized: false,
        handshakeTimeout: PATIENCE_MS,
        headersTimeout: PATIENCE_MS,
        requestTimeout: PATIENCE_MS,
      },
      (request, response) => void this.#answer(request, response),
    );
    server.maxConnections = MAX_CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(listenError(error, listen)));
      server.listen(listen.port, listen.host, () => resolve());
    });
    this.#server = server;
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : listen.port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { identities, log } = this.#parts;
    const { socket, method, url } = request;
    const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.raw : undefined;
    const { status, body } = await answerEnrolment(
      {
        route: `${method} ${url}`,
        from: socket.remoteAddress ?? '',
        body: () => bodyOf(request),
        ...(certificate !== undefined && { certificate }),
      },
      { identities, log },
    );
    reply(response, status, body);
  }
}

/** Not by iterating: to stop in the middle would close the connection before anything is answered. */
function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= MAX_BODY_BYTES) parts.push(part);
      else reject(new HymioError('too-large', 'The request is too large.', 'Send a P-256 request.'));
    });
    request.once('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.once('error', () => reject(new HymioError('bad-request', 'The request broke off.', 'Try again.')));
  });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': status < 300 ? 'application/json' : 'application/problem+json',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(JSON.stringify(body));
}

function listenError(error: Error, { host, port }: { host: string; port: number }): HymioError {
  const busy = 'code' in error && error.code === 'EADDRINUSE';
  return new HymioError(
    busy ? 'port-busy' : 'address-unusable',
    `Cannot listen on ${host}:${port} for enrolments: ${error.message}.`,
    busy ? 'Stop the program that uses it, or choose another with identity.listen.' : 'Correct identity.listen.',
    { cause: error },
  );
}
