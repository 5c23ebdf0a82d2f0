import type { TlsFault } from '../identity/tls-fault.js';

/** What a terminal publishes: see the wire format. */
export interface Publication {
  kind: 'presses' | 'status' | 'answer';
  payload: string;
}

export type TransportFault =
  | 'broker-unreachable'
  | 'duplicate-terminal-id'
  | 'broker-refused'
  | 'certificate-not-renewed'
  | 'identity-unreadable'
  | TlsFault;

export interface TransportListener {
  /** A connection stands, subscriptions are made and `online` is said. */
  connected(): void;
  disconnected(): void;
  /** A message of the gateway. Retained acks and commands are dropped before. */
  message(kind: 'ack' | 'config' | 'command', payload: Uint8Array): void;
  /** Something is wrong with the way to the broker, or (undefined) is right again. */
  fault(code: TransportFault, detail: string | undefined): void;
}

/** The way to the broker. Connects and reconnects by itself between start and stop. */
export interface Transport {
  start(listener: TransportListener): void;
  /** Sends with QoS 1 (status retained). Dropped where there is no connection: the caller sends again. */
  publish(publication: Publication): void;
  /** Says `offline` and closes. */
  stop(): Promise<void>;
}
