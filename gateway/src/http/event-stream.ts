import type { ServerResponse } from 'node:http';
import type { Cancel, Clock } from '@hymio/protocol';
import type { LiveEvents } from '../live/live-events.js';
import type { TerminalWatch } from '../live/terminal-watch.js';
import { viewPress } from './schemas/press-schema.js';

/** A comment this often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000;
/** A client that is so far behind is disconnected; it may come back and read how things stand. */
const MAX_BUFFERED_BYTES = 512 * 1024;
/** Streams open at once. */
export const MAX_STREAMS = 1_000;

/** The open server-sent event streams. */
export class EventStreams {
  readonly #clock: Clock;
  readonly #events: LiveEvents;
  readonly #watch: TerminalWatch;
  readonly #open = new Map<ServerResponse, () => void>();
  #heartbeat: Cancel | undefined;
  #stopWatching: (() => void)[] = [];

  constructor(clock: Clock, events: LiveEvents, watch: TerminalWatch) {
    this.#clock = clock;
    this.#events = events;
    this.#watch = watch;
  }

  get isFull(): boolean {
    return this.#open.size >= MAX_STREAMS;
  }

  /** Begins to write events to a response that has nothing in it yet. */
  add(response: ServerResponse, headers: Record<string, string>): void {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.write('retry: 3000\n: only what happens from now on\n\n');
    const forget = () => this.#forget(response);
    response.on('close', forget);
    response.on('error', forget);
    this.#open.set(response, forget);
    if (this.#open.size === 1) this.#begin();
  }

  /** Ends every stream. */
  stop(): void {
    for (const response of [...this.#open.keys()]) {
      response.end();
      response.destroy();
      this.#forget(response);
    }
  }

  #begin(): void {
    const presses = this.#events.subscribe((event) => {
      if (event.kind === 'press') this.#send('press', viewPress(event.press));
    });
    const terminals = this.#watch.subscribe((terminal) => this.#send('terminal', terminal));
    this.#stopWatching = [presses, terminals];
    this.#beat();
  }

  #beat(): void {
    this.#heartbeat = this.#clock.after(HEARTBEAT_MS, () => {
      this.#write(': alive\n\n');
      this.#beat();
    });
  }

  #send(event: 'press' | 'terminal', data: unknown): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #write(text: string): void {
    for (const response of this.#open.keys()) {
      if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
      else response.write(text);
    }
  }

  #forget(response: ServerResponse): void {
    if (!this.#open.delete(response) || this.#open.size > 0) return;
    this.#heartbeat?.();
    this.#heartbeat = undefined;
    for (const stop of this.#stopWatching) stop();
    this.#stopWatching = [];
  }
}
