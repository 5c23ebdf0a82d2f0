import type { TopicKind } from '@hymio/protocol';

/** The topics that a gateway listens to. */
export const HEARD_TOPICS = ['presses', 'status', 'availability', 'answer'] as const satisfies readonly TopicKind[];
/** What is ingested; an answer is for who asked. */
export type IngestTopic = Exclude<HeardTopic, 'answer'>;
/** What a broker keeps of a terminal. */
export const RETAINED_TOPICS = ['status', 'availability', 'config'] as const satisfies readonly TopicKind[];
export type HeardTopic = (typeof HEARD_TOPICS)[number];

export interface GatewayLinkListener {
  /** `retained`: kept by the broker from earlier, not sent just now. */
  message(terminal: string, kind: HeardTopic, payload: Uint8Array, retained: boolean): void;
  /** Messages flow from now on; again after each time without a connection. */
  arrived?(): void;
  /** The broker keeps an event on this topic from before. */
  keeps?(topic: string): void;
}

/** The way of the gateway's own topics. */
export interface EventLink {
  /**
   * Publishes with QoS 0. False, and nothing done, where there is no connection, or where the broker takes it too slowly
   * now.
   */
  announce(topic: string, payload: string, retained: boolean): boolean;
  connected(): boolean;
}

/** The gateway's way to the broker: every terminal's messages in, acks out. Reconnects by itself. */
export interface GatewayLink {
  /** Resolves once messages flow (embedded broker) or once the first attempt is under way (external broker). */
  start(listener: GatewayLinkListener): Promise<void>;
  /** Publishes with QoS 1, not retained. Dropped where there is no connection: the terminal sends again. */
  ack(terminal: string, payload: string): void;
  /**
   * Publishes with QoS 1; `config` retained, `command` not. False, and nothing done, where there is no connection.
   */
  tell(terminal: string, kind: 'config' | 'command', payload: string): boolean;
  /**
   * Clears what the broker keeps of a terminal: status, availability and config. False, and nothing done, where there is
   * no connection.
   */
  forget(terminal: string): boolean;
  /** True where the broker is up and our subscriptions stand. */
  connected(): boolean;
  /** Programs connected to our broker; with a broker elsewhere only that one knows. */
  clients?(): number;
  /** Connections to our broker that were refused since the start, since there were too many. */
  refusedClients?(): number;
  stop(): Promise<void>;
}
