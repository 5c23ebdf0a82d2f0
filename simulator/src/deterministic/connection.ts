import { Pipe } from './pipe.js';
import type { Scheduler } from './scheduler.js';

/** What a client hears of its connection. */
export interface ClientSide {
  accepted(): void;
  message(topic: string, payload: string, retained: boolean): void;
  closed(reason: string): void;
}

/** The way between one client's machine and the broker, as its cables and access points are now. */
export interface Route {
  delayMs: () => number;
  /** Nothing gets through, not even a refusal. */
  unplugged: boolean;
  upBlocked: boolean;
  downBlocked: boolean;
}

export interface Will {
  topic: string;
  payload: string;
}
export interface ConnectOptions {
  clientId: string;
  subscriptions: readonly string[];
  will?: Will;
  route: Route;
}

/** Both ends of a TCP connection: each may know of its end before the other does. */
export class Connection {
  readonly options: ConnectOptions;
  readonly up: Pipe;
  readonly down: Pipe;
  readonly client: ClientSide;
  #clientOpen = true;
  #brokerOpen = true;
  /** The broker has answered the connect: it knows the session. */
  session = false;
  /** For every topic that came by: whether this client wants it. */
  readonly #wanted = new Map<string, boolean>();

  constructor(scheduler: Scheduler, options: ConnectOptions, client: ClientSide) {
    const { route } = options;
    this.options = options;
    this.client = client;
    this.up = new Pipe(scheduler, route.delayMs, () => route.unplugged || route.upBlocked);
    this.down = new Pipe(scheduler, route.delayMs, () => route.unplugged || route.downBlocked);
  }

  get clientOpen(): boolean {
    return this.#clientOpen;
  }

  get brokerOpen(): boolean {
    return this.#brokerOpen;
  }

  /** The client's end is gone; what the broker sends from now on reaches no one. */
  endClient(reason: string): void {
    if (!this.#clientOpen) return;
    this.#clientOpen = false;
    this.down.drop();
    this.client.closed(reason);
  }

  /** The client's process died: it hears nothing of it. */
  loseClient(): void {
    this.#clientOpen = false;
    this.down.drop();
  }

  /** The broker's end is gone; what is still under way to it is dropped. Returns false where it was already. */
  endBroker(): boolean {
    if (!this.#brokerOpen) return false;
    this.#brokerOpen = false;
    this.up.drop();
    return true;
  }

  wants(topic: string): boolean {
    let wanted = this.#wanted.get(topic);
    if (wanted === undefined) {
      wanted = this.options.subscriptions.some((filter) => matches(filter, topic));
      this.#wanted.set(topic, wanted);
    }
    return wanted;
  }

  deliver(topic: string, payload: string, retained: boolean): void {
    this.down.send(() => {
      if (this.#clientOpen) this.client.message(topic, payload, retained);
    });
  }
}

/** Our filters have one wildcard: a `+` for the terminal. */
function matches(filter: string, topic: string): boolean {
  if (filter === topic) return true;
  const [start = '', end] = filter.split('+');
  return end !== undefined && topic.startsWith(start) && topic.endsWith(end);
}
