import type { Random } from '@hymio/protocol';
import { drawBetween, drawChance } from '../random/draw.js';
import { type ClientSide, Connection, type ConnectOptions, type Will } from './connection.js';
import type { Scheduler } from './scheduler.js';

/** A broker closes a connection that has been silent for one and a half times the keep-alive of 30 s. */
export const KEEP_ALIVE_MS = 45_000;
const CONNECT_TIMEOUT_MS = 10_000;

type BrokerState = { kind: 'down' } | { kind: 'up' } | { kind: 'mute'; inbox: (() => void)[] };

export interface BrokerOptions {
  scheduler: Scheduler;
  random: Random;
  /** Chance that a message is delivered once more, later. */
  duplicateChance: number;
  /** Chance that a will goes out only after the next connection of that client. */
  lateWillChance: number;
}

/** A subscriber within the broker's own process. */
export type InnerSubscriber = (topic: string, payload: string) => void;

/** An MQTT broker with clean sessions: order within a connection, QoS 1 duplicates, wills, retained messages. */
export class Broker {
  readonly #parts: BrokerOptions;
  readonly #connections = new Set<Connection>();
  readonly #retained = new Map<string, string>();
  #state: BrokerState = { kind: 'up' };
  #inner: InnerSubscriber | undefined;

  constructor(parts: BrokerOptions) {
    this.#parts = parts;
  }

  /** Opens a connection; the client hears `accepted` or `closed`. */
  connect(options: ConnectOptions, client: ClientSide): Connection {
    const connection = new Connection(this.#parts.scheduler, options, client);
    this.#connections.add(connection);
    connection.up.send(() => this.#receive(() => this.#accept(connection)));
    this.#parts.scheduler.after(CONNECT_TIMEOUT_MS, () => {
      if (!connection.session) this.break(connection, 'no answer to the connect');
    });
    return connection;
  }

  publish(connection: Connection, topic: string, payload: string, retain: boolean): void {
    if (!connection.clientOpen) return;
    connection.up.send(() =>
      this.#receive(() => {
        if (connection.brokerOpen) this.#take(topic, payload, retain);
      }),
    );
  }

  /** From within the broker's process. */
  publishInner(topic: string, payload: string): void {
    if (this.#state.kind !== 'down') this.#take(topic, payload, false);
  }

  /** From a client that no one knows. */
  inject(topic: string, payload: string, retain: boolean): void {
    this.#receive(() => this.#take(topic, payload, retain));
  }

  setInner(subscriber: InnerSubscriber | undefined): void {
    this.#inner = subscriber;
  }

  /** A goodbye with the last messages: no will. */
  disconnect(connection: Connection): void {
    connection.up.send(() => this.#receive(() => this.#forget(connection)));
    connection.loseClient();
  }

  /** The connection breaks: the client notices at once, the broker after `noticeMs`. `deliver`: what is sent arrives. */
  break(connection: Connection, reason: string, { deliver = false, noticeMs = 0 } = {}): void {
    if (deliver) {
      connection.up.flush();
      connection.down.flush();
    } else connection.up.drop();
    connection.endClient(reason);
    this.#noticeLater(connection, noticeMs);
  }

  /** The client's machine or process is gone without a goodbye. */
  vanish(connection: Connection, noticeMs: number): void {
    connection.loseClient();
    this.#noticeLater(connection, noticeMs);
  }

  /** Ends every connection; a restart begins with what was retained only where `keepRetained`. */
  stop(keepRetained: boolean): void {
    this.#state = { kind: 'down' };
    if (!keepRetained) this.#retained.clear();
    for (const connection of [...this.#connections]) {
      this.#connections.delete(connection);
      connection.endBroker();
      connection.endClient('broker went away');
    }
  }

  /** Accepts, and answers nothing; what it is told waits. */
  mute(): void {
    if (this.#state.kind === 'up') this.#state = { kind: 'mute', inbox: [] };
  }

  /** Starts after `stop`, or goes on after `mute`. */
  start(): void {
    const inbox = this.#state.kind === 'mute' ? this.#state.inbox : [];
    this.#state = { kind: 'up' };
    for (const run of inbox) run();
  }

  get muted(): boolean {
    return this.#state.kind === 'mute';
  }

  /** Connections of a client; of all where none is named. */
  connectionsOf(clientId?: string): Connection[] {
    return [...this.#connections].filter(
      (connection) => clientId === undefined || connection.options.clientId === clientId,
    );
  }

  #receive(act: () => void): void {
    if (this.#state.kind === 'up') act();
    if (this.#state.kind === 'mute') this.#state.inbox.push(act);
  }

  #accept(connection: Connection): void {
    if (!connection.brokerOpen) return;
    const { clientId } = connection.options;
    for (const other of this.connectionsOf(clientId)) {
      if (other !== connection && other.session) this.#takeOver(other);
    }
    connection.session = true;
    connection.down.send(() => {
      if (connection.clientOpen) connection.client.accepted();
    });
    for (const [topic, payload] of this.#retained) {
      if (connection.wants(topic)) connection.deliver(topic, payload, true);
    }
  }

  #takeOver(old: Connection): void {
    const { random, scheduler, lateWillChance } = this.#parts;
    const { will } = old.options;
    this.#forget(old);
    scheduler.after(1, () => old.endClient('taken over by another connection of this client'));
    const late = drawChance(random, lateWillChance) ? drawBetween(random, 100, 5_000) : 0;
    this.#sayWill(will, late);
  }

  #noticeLater(connection: Connection, noticeMs: number): void {
    this.#parts.scheduler.after(noticeMs, () => {
      if (!connection.brokerOpen) return;
      this.#forget(connection);
      if (connection.session) this.#sayWill(connection.options.will, 0);
    });
  }

  #sayWill(will: Will | undefined, delayMs: number): void {
    if (will === undefined) return;
    const say = (): void => this.#receive(() => this.#take(will.topic, will.payload, true));
    if (delayMs === 0) say();
    else this.#parts.scheduler.after(delayMs, say);
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    connection.endBroker();
  }

  #take(topic: string, payload: string, retain: boolean): void {
    const { random, scheduler, duplicateChance } = this.#parts;
    if (retain) this.#retained.set(topic, payload);
    this.#route(topic, payload);
    if (!drawChance(random, duplicateChance)) return;
    scheduler.after(drawBetween(random, 0, 20_000), () => this.#receive(() => this.#route(topic, payload)));
  }

  #route(topic: string, payload: string): void {
    this.#inner?.(topic, payload);
    for (const connection of this.#connections) {
      if (connection.session && connection.wants(topic)) connection.deliver(topic, payload, false);
    }
  }
}
