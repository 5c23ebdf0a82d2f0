import type { ServerResponse } from 'node:http';
import type { Clock } from '@hymio/protocol';
import type { LiveEvents } from '../live/live-events.js';
import type { TerminalWatch } from '../live/terminal-watch.js';
import type { AlertView } from './schemas/alert-schema.js';
import { viewPress } from './schemas/press-schema.js';
import { SseConnections } from './sse-connections.js';

/** The event stream for other programs: every press, every terminal whose state has changed, every alert. */
export class EventStreams {
  readonly #connections: SseConnections;
  readonly #events: LiveEvents;
  readonly #watch: TerminalWatch;
  readonly #showAlert: (id: number) => void;
  #stopWatching: (() => void)[] = [];

  /** `readAlert`: an alert as it is now; what cannot be read is not told. */
  constructor(
    clock: Clock,
    events: LiveEvents,
    watch: TerminalWatch,
    readAlert: (id: number) => Promise<AlertView | undefined>,
  ) {
    this.#connections = new SseConnections(clock);
    this.#events = events;
    this.#watch = watch;
    this.#showAlert = (id) => {
      void readAlert(id).then((alert) => {
        if (alert !== undefined) this.#connections.sendAll('alert', alert);
      });
    };
  }

  /** Streams open now. */
  get count(): number {
    return this.#connections.count;
  }

  get isFull(): boolean {
    return this.#connections.isFull;
  }

  /** Begins to write events to a response that has nothing in it yet. */
  add(response: ServerResponse, headers: Record<string, string>): void {
    this.#connections.add(response, headers, () => this.#ended());
    if (this.#connections.count === 1) this.#begin();
  }

  /** Ends every stream. */
  stop(): void {
    this.#connections.stop();
  }

  #begin(): void {
    const presses = this.#events.subscribe((event) => {
      if (event.kind === 'press') this.#connections.sendAll('press', viewPress(event.press));
      else if (event.kind === 'alert') this.#showAlert(event.alert);
    });
    const terminals = this.#watch.subscribe((terminal) => this.#connections.sendAll('terminal', terminal));
    this.#stopWatching = [presses, terminals];
  }

  #ended(): void {
    if (this.#connections.count > 0) return;
    for (const stop of this.#stopWatching) stop();
    this.#stopWatching = [];
  }
}
