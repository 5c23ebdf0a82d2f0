import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

export interface ReceivedHook {
  headers: IncomingHttpHeaders;
  body: string;
  /** By the receiver's own computation, as docs/operations.md describes it. */
  genuine: boolean;
}

/** What a receiver answers; `hang`: nothing. */
export type HookAnswer = { status: number; headers?: Record<string, string> } | 'hang';

/** A real HTTP receiver that checks signatures. */
export class WebhookReceiver {
  readonly received: ReceivedHook[] = [];
  answer: (hook: ReceivedHook) => HookAnswer | Promise<HookAnswer> = () => ({ status: 204 });
  readonly url: string;
  readonly #server: Server;
  #heard: (() => void)[] = [];

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(secret: string, port = 0): Promise<WebhookReceiver> {
    let receiver: WebhookReceiver | undefined;
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', async () => {
        const body = Buffer.concat(parts).toString();
        const hook = { headers: request.headers, body, genuine: isGenuine(request.headers, body, secret) };
        const answer = (await receiver?.answer(hook)) ?? 'hang';
        receiver?.keep(hook);
        if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    const actual = typeof address === 'object' && address !== null ? address.port : port;
    receiver = new WebhookReceiver(server, `http://127.0.0.1:${actual}/hymio`);
    return receiver;
  }

  keep(hook: ReceivedHook): void {
    this.received.push(hook);
    for (const tell of this.#heard.splice(0)) tell();
  }

  /** Waits until so many requests came. */
  async count(n: number): Promise<ReceivedHook[]> {
    while (this.received.length < n) await new Promise<void>((resolve) => this.#heard.push(resolve));
    return this.received;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

function isGenuine(headers: IncomingHttpHeaders, body: string, secret: string): boolean {
  const [, seconds = '', given = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-hymio-signature'])) ?? [];
  const expected = createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
  const fresh = Math.abs(Date.now() / 1_000 - Number(seconds)) < 300;
  const bytes = Buffer.from(given, 'hex');
  return fresh && bytes.length === expected.length && timingSafeEqual(bytes, expected);
}
