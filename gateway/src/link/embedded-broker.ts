import type { Server, Socket } from 'node:net';
import { parseTopic, terminalTopic, topicFilter } from '@hymio/protocol';
import { Aedes, type AedesOptions, type AedesPublishPacket, type Client } from 'aedes';
import type { ShownCertificate } from '../identity/issued-certificate.js';
import type { Log } from '../log/log.js';
import { AccountPeers, type AccountPeersParts } from './account-peers.js';
import { type ListenAddress, type ListenerTls, listenPlain, listenSecure, portOf } from './broker-listener.js';
import { ConnectionLimit } from './connection-limit.js';
import { guardEvents } from './event-guard.js';
import {
  type EventLink,
  type GatewayLink,
  type GatewayLinkListener,
  HEARD_TOPICS,
  RETAINED_TOPICS,
} from './gateway-link.js';
import { keepRetained } from './keep-retained.js';
import { LogLimit } from './log-limit.js';
import { PacketSizes } from './packet-sizes.js';
import { SecurePeers } from './secure-peers.js';
import { TopicListeners } from './topic-listeners.js';

/** A subscriber that reads nothing for so long is cut off, before it can stall the others. */
const DRAIN_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 30_000;
/** Connections of one address that fail are logged so many times in an interval, ms. */
const LOGGED_OF_ADDRESS = 60;
const LOG_INTERVAL_MS = 60_000;
/** 500 presses take 40 kB, the longest status 70. */
const MAX_PACKET_BYTES = 256 * 1024;

export interface EmbeddedBrokerOptions {
  /** Where it listens without TLS. Port 0 takes a free one: see `port`. */
  plain?: ListenAddress | undefined;
  secure?: SecureListener | undefined;
  /** Whether the gateway tells events here. */
  events?: boolean | undefined;
  log: Log;
  /** A connection that has not introduced itself by then is closed, ms; default 30 s. */
  connectTimeoutMs?: number;
  /** Connections at once. */
  maxConnections: number;
}

/** Where terminals with certificates connect. */
export interface SecureListener extends ListenerTls {
  address: ListenAddress;
  /** Whether a certificate was revoked, and who wants to know when one is. */
  isRevoked(certificate: ShownCertificate): boolean;
  onRevoked(listener: () => void): () => void;
  /** Monotonic, ms. */
  monotonic(): number;
  /** Who may listen to events without a certificate; absent: nobody comes without one. */
  accounts?: AccountPeersParts['accounts'] | undefined;
  /** How long such a program may take to show an account, ms; default 10 s. */
  patienceMs?: number;
}

interface Running {
  broker: Aedes;
  plain?: Server;
  secure?: Server;
  undo: ((() => void) | undefined)[];
}

/**
 * An MQTT 3.1.1 broker in this process, with the gateway listening inside it. Sessions and retained messages are in
 * memory only: the wire format relies on neither.
 */
export class EmbeddedBroker implements GatewayLink, EventLink {
  readonly #options: EmbeddedBrokerOptions;
  readonly #log: Log;
  readonly #connections: ConnectionLimit;
  #running: Running | undefined;

  constructor(options: EmbeddedBrokerOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#connections = new ConnectionLimit(options.maxConnections, options.log);
  }

  /** The port that is listened on without TLS; undefined while stopped. */
  get port(): number | undefined {
    return this.#running?.plain && portOf(this.#running.plain);
  }

  /** The port that is listened on with TLS; undefined while stopped. */
  get securePort(): number | undefined {
    return this.#running?.secure && portOf(this.#running.secure);
  }

  /** Errors: HymioError `port-busy`, `address-unusable`. */
  async start(listener: GatewayLinkListener): Promise<void> {
    const { secure, connectTimeoutMs: connectTimeout = CONNECT_TIMEOUT_MS } = this.#options;
    const peers =
      secure && new SecurePeers({ isRevoked: secure.isRevoked, monotonic: secure.monotonic, log: this.#log });
    const accounts = secure?.accounts && new AccountPeers({ ...secure, accounts: secure.accounts, log: this.#log });
    const hooks = this.#hooks(peers, accounts);
    const mq = new TopicListeners<AedesPublishPacket>();
    const broker = await Aedes.createBroker({ mq, drainTimeout: DRAIN_TIMEOUT_MS, connectTimeout, ...hooks });
    keepRetained(broker);
    this.#logFailures(broker);
    for (const kind of HEARD_TOPICS) await subscribe(broker, kind, listener);
    const running: Running = { broker, undo: [secure?.onRevoked(() => peers?.endRevoked()), accounts?.watch()] };
    this.#running = running;
    try {
      await this.#listen(running, peers, accounts);
    } catch (error) {
      await this.stop();
      throw error;
    }
    listener.arrived?.();
  }

  /** A connection is logged once: one that breaks off fails again for each message that was on its way to it. */
  #logFailures(broker: Aedes): void {
    const logged = new WeakSet<Client>();
    const limits = {
      client: new LogLimit(LOG_INTERVAL_MS, LOGGED_OF_ADDRESS),
      stranger: new LogLimit(LOG_INTERVAL_MS, LOGGED_OF_ADDRESS),
    };
    const allows = (kind: keyof typeof limits, client: Client, from: string | undefined): boolean => {
      if (logged.has(client)) return false;
      logged.add(client);
      return limits[kind].allows(from ?? '', performance.now());
    };
    broker.on('clientError', (client, { message: error }) => {
      const from = (client.conn as Socket).remoteAddress;
      if (!allows('client', client, from)) return;
      this.#log.warn('connection of a client failed', { code: 'connection-failed', client: client.id, from, error });
    });
    broker.on('connectionError', (client, { message: error }) => {
      const from = (client.conn as Socket).remoteAddress;
      if (!allows('stranger', client, from)) return;
      this.#log.warn('connection refused', { code: 'connection-refused', from, error });
    });
  }

  ack(terminal: string, payload: string): void {
    const packet = {
      cmd: 'publish' as const,
      topic: terminalTopic(terminal, 'ack'),
      payload: Buffer.from(payload),
      qos: 1 as const,
      retain: false,
      dup: false,
    };
    this.#running?.broker.publish(packet, (error) => {
      if (error) this.#log.warn('ack not delivered', { code: 'ack-not-delivered', terminal, error: error.message });
    });
  }

  tell(terminal: string, kind: 'config' | 'command', payload: string): boolean {
    const topic = terminalTopic(terminal, kind);
    const flags = { cmd: 'publish' as const, qos: 1 as const, retain: kind === 'config', dup: false };
    this.#running?.broker.publish({ ...flags, topic, payload: Buffer.from(payload) }, (error) => {
      if (error) this.#log.warn('not delivered', { code: 'not-delivered', terminal, kind, error: error.message });
    });
    return this.#running !== undefined;
  }

  forget(terminal: string): boolean {
    const running = this.#running;
    if (running === undefined) return false;
    for (const kind of RETAINED_TOPICS) {
      const topic = terminalTopic(terminal, kind);
      const packet = {
        cmd: 'publish' as const,
        topic,
        payload: Buffer.alloc(0),
        qos: 1 as const,
        retain: true,
        dup: false,
      };
      running.broker.publish(packet, (error) => {
        if (error)
          this.#log.warn('a retained message was not cleared', { code: 'not-cleared', terminal, error: error.message });
      });
    }
    return true;
  }

  announce(topic: string, payload: string, retain: boolean): boolean {
    const packet = {
      cmd: 'publish' as const,
      topic,
      payload: Buffer.from(payload),
      qos: 0 as const,
      retain,
      dup: false,
    };
    this.#running?.broker.publish(packet, (error) => {
      if (error) this.#log.warn('event not told', { code: 'not-delivered', topic, error: error.message });
    });
    return this.#running !== undefined;
  }

  connected(): boolean {
    return this.#running !== undefined;
  }

  clients(): number {
    return this.#connections.count;
  }

  refusedClients(): number {
    return this.#connections.refused;
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    for (const undo of running.undo) undo?.();
    const servers = [running.plain, running.secure].filter((server) => server !== undefined);
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    const broker = new Promise<void>((resolve) => running.broker.close(resolve));
    this.#connections.endAll();
    await Promise.all([...closed, broker]);
  }

  /** What the broker asks; nothing where everybody may do everything. */
  #hooks(peers: SecurePeers | undefined, accounts: AccountPeers | undefined): AedesOptions | undefined {
    const guard = { log: this.#log, monotonic: () => performance.now() };
    if (peers === undefined) return this.#options.events === true ? guardEvents(guard) : undefined;
    if (accounts !== undefined) return accounts.hooks(guardEvents(guard, peers.hooks()));
    return this.#options.events === true ? guardEvents(guard, peers.hooks()) : peers.hooks();
  }

  async #listen(running: Running, peers: SecurePeers | undefined, accounts: AccountPeers | undefined): Promise<void> {
    const { plain, secure } = this.#options;
    const { broker } = running;
    if (plain !== undefined) {
      running.plain = await listenPlain(plain, (socket) => {
        if (this.#connections.take(socket)) this.#accept(broker, socket);
      });
      this.#connections.watch(running.plain);
    }
    if (secure === undefined) return;
    running.secure = await listenSecure(
      secure.address,
      { ...secure, certificateOptional: accounts !== undefined },
      this.#log,
      (socket) => {
        if (!this.#connections.take(socket)) return;
        const certified = accounts === undefined || socket.getPeerX509Certificate() !== undefined;
        if (certified ? peers?.greet(socket) : accounts.greet(socket)) this.#accept(broker, socket);
        else socket.destroy();
      },
    );
    this.#connections.watch(running.secure);
  }

  #accept(broker: Aedes, socket: Socket): void {
    // Without it each ack waits for the terminal's delayed TCP acknowledgement.
    socket.setNoDelay(true);
    // Asked for now it is known also when the connection is gone.
    this.#limitPackets(socket, socket.remoteAddress);
    broker.handle(socket);
  }

  /** The broker's parser collects a packet whole, however long: what it reads is watched on its way there. */
  #limitPackets(socket: Socket, from: string | undefined): void {
    const sizes = new PacketSizes(MAX_PACKET_BYTES);
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      const chunk: Buffer | null = read(size);
      if (chunk === null || sizes.take(chunk)) return chunk;
      this.#log.warn('a packet that is too long', { code: 'packet-too-long', from, maxBytes: MAX_PACKET_BYTES });
      socket.destroy();
      return null;
    };
  }
}

async function subscribe(
  broker: Aedes,
  kind: (typeof HEARD_TOPICS)[number],
  listener: GatewayLinkListener,
): Promise<void> {
  const deliver = (packet: AedesPublishPacket, done: () => void): void => {
    const terminal = parseTopic(packet.topic)?.terminal;
    if (terminal !== undefined) {
      const { payload } = packet;
      // Inside the broker a message with the retain flag is heard when it is sent: it is news, not memory.
      listener.message(terminal, kind, typeof payload === 'string' ? Buffer.from(payload) : payload, false);
    }
    done();
  };
  await new Promise<void>((resolve) => broker.subscribe(topicFilter(kind), deliver, resolve));
}
