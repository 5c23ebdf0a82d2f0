import { randomBytes, timingSafeEqual } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { explainError, HymioError } from '@hymio/protocol';
import { isOperation, type OperationTarget, runOperation } from './operations.js';

/** Where the serving process says how to reach it; readable by its user only. */
export const CONTROL_FILE = 'control.json';
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** An operation under way, a backup say, has this long to end before the gateway stops without it. */
const STOP_PATIENCE_MS = 1_000;

/** Lets the command line work on the store while this process holds it: loopback, a free port, a secret per start. */
export class ControlServer {
  readonly #target: OperationTarget;
  readonly #file: string;
  readonly #token = randomBytes(32).toString('hex');
  #server: Server | undefined;

  constructor(target: OperationTarget, folder: string) {
    this.#target = target;
    this.#file = join(folder, CONTROL_FILE);
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve());
    });
    this.#server = server;
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    rmSync(this.#file, { force: true });
    writeFileSync(this.#file, JSON.stringify({ port, token: this.#token }), { mode: 0o600 });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    rmSync(this.#file, { force: true });
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const impatience = setTimeout(() => server.closeAllConnections(), STOP_PATIENCE_MS);
    await closed;
    clearTimeout(impatience);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const name = request.url?.slice(1) ?? '';
      if (request.method !== 'POST' || !this.#allowed(request) || !isOperation(name)) {
        reply(response, 404, { code: 'not-found', message: 'No such operation.', next: 'Use the command line.' });
        return;
      }
      reply(response, 200, await runOperation(this.#target, name, JSON.parse(await readBody(request))));
    } catch (error) {
      const { code, message, next } =
        error instanceof HymioError ? error : { code: 'internal', message: explainError(error), next: 'See the log.' };
      reply(response, 500, { code, message, next });
    }
  }

  #allowed(request: IncomingMessage): boolean {
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.#token}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new HymioError('too-large', 'The request is too large.', 'Import it in parts.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
