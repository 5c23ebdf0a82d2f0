import { backoffMs, type Publication, type Transport, type TransportListener } from '@hymio/device';
import { type Cancel, type Clock, parseTopic, type Random, terminalClientId, terminalTopic } from '@hymio/protocol';
import type { Broker } from './broker.js';
import type { Connection, Route } from './connection.js';
import type { SimulatedProcess } from './simulated-process.js';

/** As the MQTT transport: first and longest pause between two attempts. */
const RECONNECT_BASE_MS = 500;
const RECONNECT_CAP_MS = 30_000;
const STABLE_MS = 20_000;

type Link =
  | { kind: 'stopped' }
  | { kind: 'waiting'; cancel: Cancel }
  | { kind: 'connecting'; connection: Connection }
  | { kind: 'online'; connection: Connection; since: number };

export interface BrokerTransportParts {
  terminal: string;
  broker: Broker;
  route: Route;
  clock: Clock;
  random: Random;
  process: SimulatedProcess;
  /** Hears every publication before it goes; may change it. */
  onPublish: (publication: Publication) => Publication;
}

/** The firmware's way to the simulated broker: the promises of the real transport, without a network. */
export class BrokerTransport implements Transport {
  readonly #parts: BrokerTransportParts;
  #listener: TransportListener | undefined;
  #link: Link = { kind: 'stopped' };
  #attempt = 0;

  constructor(parts: BrokerTransportParts) {
    this.#parts = parts;
  }

  start(listener: TransportListener): void {
    this.#listener = listener;
    this.#open();
  }

  publish(publication: Publication): void {
    const { process, terminal, onPublish } = this.#parts;
    process.point();
    if (this.#link.kind !== 'online') return;
    const { kind, payload } = onPublish(publication);
    this.#parts.broker.publish(this.#link.connection, terminalTopic(terminal, kind), payload, kind === 'status');
    process.point();
  }

  async stop(): Promise<void> {
    const link = this.#link;
    this.#link = { kind: 'stopped' };
    const { broker, terminal } = this.#parts;
    if (link.kind === 'waiting') link.cancel();
    if (link.kind === 'connecting') broker.vanish(link.connection, 0);
    if (link.kind !== 'online') return;
    broker.publish(link.connection, terminalTopic(terminal, 'availability'), 'offline', true);
    broker.disconnect(link.connection);
  }

  /** The process died: the broker finds out after `noticeMs`. */
  die(noticeMs: number): void {
    if (this.#link.kind === 'connecting' || this.#link.kind === 'online') {
      this.#parts.broker.vanish(this.#link.connection, noticeMs);
    }
    this.#link = { kind: 'stopped' };
  }

  /** The connection in use, if any. */
  connection(): Connection | undefined {
    return this.#link.kind === 'connecting' || this.#link.kind === 'online' ? this.#link.connection : undefined;
  }

  #open(): void {
    const { terminal, broker, route, process } = this.#parts;
    if (route.unplugged) {
      this.#retry('no network');
      return;
    }
    const connection = broker.connect(
      {
        clientId: terminalClientId(terminal),
        subscriptions: [terminalTopic(terminal, 'ack'), terminalTopic(terminal, 'config')],
        will: { topic: terminalTopic(terminal, 'availability'), payload: 'offline' },
        route,
      },
      {
        accepted: () => process.run(() => this.#accepted(connection)),
        message: (topic, payload, retained) => process.run(() => this.#receive(connection, topic, payload, retained)),
        closed: (reason) => process.run(() => this.#lost(connection, reason)),
      },
    );
    this.#link = { kind: 'connecting', connection };
  }

  #accepted(connection: Connection): void {
    if (!this.#isCurrent(connection)) return;
    const { broker, terminal, clock } = this.#parts;
    broker.publish(connection, terminalTopic(terminal, 'availability'), 'online', true);
    this.#link = { kind: 'online', connection, since: clock.monotonic() };
    this.#listener?.fault('broker-unreachable', undefined);
    this.#listener?.connected();
  }

  #receive(connection: Connection, topic: string, payload: string, retained: boolean): void {
    if (!this.#isCurrent(connection)) return;
    const kind = parseTopic(topic)?.kind;
    if (kind === 'ack' && retained) return;
    if (kind === 'ack' || kind === 'config') this.#listener?.message(kind, Buffer.from(payload));
  }

  #lost(connection: Connection, reason: string): void {
    if (!this.#isCurrent(connection)) return;
    const link = this.#link;
    if (link.kind === 'online') {
      if (this.#parts.clock.monotonic() - link.since >= STABLE_MS) this.#attempt = 0;
      this.#listener?.disconnected();
    }
    this.#retry(reason);
  }

  #retry(reason: string): void {
    const { clock, random } = this.#parts;
    const delayMs = backoffMs(this.#attempt, RECONNECT_BASE_MS, RECONNECT_CAP_MS, random);
    this.#attempt += 1;
    this.#listener?.fault('broker-unreachable', reason);
    this.#link = { kind: 'waiting', cancel: clock.after(delayMs, () => this.#open()) };
  }

  #isCurrent(connection: Connection): boolean {
    return (this.#link.kind === 'connecting' || this.#link.kind === 'online') && this.#link.connection === connection;
  }
}
