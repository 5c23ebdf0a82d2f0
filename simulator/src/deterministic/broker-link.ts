import { type GatewayLink, type GatewayLinkListener, HEARD_TOPICS, RETAINED_TOPICS } from '@hymio/gateway';
import { type Clock, parseTopic, type Random, terminalTopic, topicFilter } from '@hymio/protocol';
import { drawBetween } from '../random/draw.js';
import type { Broker } from './broker.js';
import type { Connection, Route } from './connection.js';
import type { SimulatedProcess } from './simulated-process.js';

type Heard = (typeof HEARD_TOPICS)[number];

export interface BrokerLinkParts {
  broker: Broker;
  /** Absent: the broker runs within the gateway's process. */
  route: Route | undefined;
  clock: Clock;
  random: Random;
  process: SimulatedProcess;
  /** Hears every ack before it goes. */
  onAck: (terminal: string, payload: string) => void;
}

/** The gateway's way to the simulated broker, embedded or external. */
export class BrokerLink implements GatewayLink {
  readonly #parts: BrokerLinkParts;
  #listener: GatewayLinkListener | undefined;
  #connection: Connection | undefined;
  #stopped = false;

  constructor(parts: BrokerLinkParts) {
    this.#parts = parts;
  }

  async start(listener: GatewayLinkListener): Promise<void> {
    this.#listener = listener;
    const { broker, route, process } = this.#parts;
    if (route !== undefined) this.#open(route);
    else broker.setInner((topic, payload) => process.run(() => this.#hear(topic, payload, false)));
  }

  ack(terminal: string, payload: string): void {
    const { process, broker, route, onAck } = this.#parts;
    if (this.#stopped || !process.survives()) return;
    onAck(terminal, payload);
    const topic = terminalTopic(terminal, 'ack');
    if (route === undefined) broker.publishInner(topic, payload);
    else if (this.#connection?.session) broker.publish(this.#connection, topic, payload, false);
    process.survives();
  }

  tell(terminal: string, kind: 'config' | 'command', payload: string): boolean {
    const { broker, process, route } = this.#parts;
    if (this.#stopped || !process.survives()) return false;
    const topic = terminalTopic(terminal, kind);
    if (route === undefined) broker.inject(topic, payload, kind === 'config');
    else if (this.#connection?.session) broker.publish(this.#connection, topic, payload, kind === 'config');
    else return false;
    return true;
  }

  forget(terminal: string): boolean {
    const { broker, process, route } = this.#parts;
    if (this.#stopped || !process.survives()) return false;
    for (const kind of RETAINED_TOPICS) {
      const topic = terminalTopic(terminal, kind);
      if (route === undefined) broker.inject(topic, '', true);
      else if (this.#connection?.session) broker.publish(this.#connection, topic, '', true);
      else return false;
    }
    return true;
  }

  connected(): boolean {
    return this.#parts.route === undefined || this.#connection?.session === true;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#parts.broker.setInner(undefined);
    if (this.#parts.route === undefined) this.#parts.broker.stop(false);
    if (this.#connection) this.#parts.broker.disconnect(this.#connection);
    this.#connection = undefined;
  }

  /** The process died. */
  die(noticeMs: number): void {
    this.#stopped = true;
    this.#parts.broker.setInner(undefined);
    if (this.#connection) this.#parts.broker.vanish(this.#connection, noticeMs);
    this.#connection = undefined;
  }

  #open(route: Route): void {
    const { broker, process, clock, random } = this.#parts;
    const connection = broker.connect(
      { clientId: 'hymio-gateway', subscriptions: HEARD_TOPICS.map((kind) => topicFilter(kind)), route },
      {
        accepted: () => undefined,
        message: (topic, payload, retained) => process.run(() => this.#hear(topic, payload, retained)),
        closed: () =>
          process.run(() => {
            if (this.#stopped || this.#connection !== connection) return;
            clock.after(drawBetween(random, 500, 5_000), () => this.#open(route));
          }),
      },
    );
    this.#connection = connection;
  }

  #hear(topic: string, payload: string, retained: boolean): void {
    const parsed = parseTopic(topic);
    if (parsed === undefined || !isHeard(parsed.kind)) return;
    this.#listener?.message(parsed.terminal, parsed.kind, Buffer.from(payload), retained);
  }
}

function isHeard(kind: string): kind is Heard {
  return HEARD_TOPICS.some((heard) => heard === kind);
}
