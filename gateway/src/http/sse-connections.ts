import type { ServerResponse } from 'node:http';
import type { Cancel, Clock } from '@hymio/protocol';

/** A comment this often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000;
/** A client that is so far behind is disconnected; it may come back and read how things stand. */
const MAX_BUFFERED_BYTES = 512 * 1024;
/** Streams open at once. */
export const MAX_STREAMS = 1_000;
/** After a restart the clients come back spread over this, ms. */
const RETRY_MS = { least: 2_000, most: 5_000 } as const;

/** Open streams of server-sent events: begun, kept alive, ended. */
export class SseConnections {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #open = new Map<ServerResponse, () => void>();
  #heartbeat: Cancel | undefined;

  constructor(clock: Clock, random: () => number = Math.random) {
    this.#clock = clock;
    this.#random = random;
  }

  get count(): number {
    return this.#open.size;
  }

  get isFull(): boolean {
    return this.#open.size >= MAX_STREAMS;
  }

  /** Begins a stream in a response that has nothing in it yet; `onEnd` is called once, whoever ends it. */
  add(response: ServerResponse, headers: Record<string, string>, onEnd: () => void): void {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    const retryMs = Math.round(RETRY_MS.least + this.#random() * (RETRY_MS.most - RETRY_MS.least));
    response.write(`retry: ${retryMs}\n: only what happens from now on\n\n`);
    const forget = () => this.#forget(response, onEnd);
    response.on('close', forget);
    response.on('error', forget);
    this.#open.set(response, forget);
    if (this.#open.size === 1) this.#beat();
  }

  /** Writes one event; `data` becomes JSON. */
  send(response: ServerResponse, event: string, data: unknown): void {
    this.#write(response, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Writes one event to all. */
  sendAll(event: string, data: unknown): void {
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const response of this.#open.keys()) this.#write(response, text);
  }

  /** Ends every stream. */
  stop(): void {
    for (const [response, forget] of [...this.#open]) {
      response.end();
      response.destroy();
      forget();
    }
  }

  #beat(): void {
    this.#heartbeat = this.#clock.after(HEARTBEAT_MS, () => {
      for (const response of this.#open.keys()) this.#write(response, ': alive\n\n');
      this.#beat();
    });
  }

  #write(response: ServerResponse, text: string): void {
    if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
    else response.write(text);
  }

  #forget(response: ServerResponse, onEnd: () => void): void {
    if (!this.#open.delete(response)) return;
    if (this.#open.size === 0) this.#heartbeat?.();
    onEnd();
  }
}
