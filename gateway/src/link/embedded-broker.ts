import { createServer, type Server, type Socket } from 'node:net';
import { HymioError, parseTopic, terminalTopic, topicFilter } from '@hymio/protocol';
import { Aedes, type AedesPublishPacket } from 'aedes';
import type { Log } from '../log/log.js';
import { type GatewayLink, type GatewayLinkListener, HEARD_TOPICS, RETAINED_TOPICS } from './gateway-link.js';

/** A subscriber that reads nothing for so long is cut off, before it can stall the others. */
const DRAIN_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * An MQTT 3.1.1 broker in this process, with the gateway listening inside it. Sessions and retained messages are in
 * memory only: the wire format relies on neither.
 */
export class EmbeddedBroker implements GatewayLink {
  readonly #address: { host: string; port: number };
  readonly #log: Log;
  readonly #sockets = new Set<Socket>();
  #running: { broker: Aedes; server: Server; port: number } | undefined;

  /** Port 0 takes a free one: see `port`. */
  constructor(address: { host: string; port: number }, log: Log) {
    this.#address = address;
    this.#log = log;
  }

  /** The port that is listened on; undefined while stopped. */
  get port(): number | undefined {
    return this.#running?.port;
  }

  /** Errors: HymioError `port-busy`, `address-unusable`. */
  async start(listener: GatewayLinkListener): Promise<void> {
    const broker = await Aedes.createBroker({ drainTimeout: DRAIN_TIMEOUT_MS, connectTimeout: CONNECT_TIMEOUT_MS });
    broker.on('clientError', (client, error) => {
      this.#log.warn('connection of a client failed', {
        code: 'connection-failed',
        client: client.id,
        error: error.message,
      });
    });
    broker.on('connectionError', (_client, error) => {
      this.#log.warn('connection refused', { code: 'connection-refused', error: error.message });
    });
    for (const kind of HEARD_TOPICS) await subscribe(broker, kind, listener);
    const server = createServer((socket) => this.#accept(broker, socket));
    try {
      await listen(server, this.#address);
    } catch (error) {
      await new Promise<void>((resolve) => broker.close(resolve));
      throw error;
    }
    const bound = server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : this.#address.port;
    this.#running = { broker, server, port };
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

  connected(): boolean {
    return this.#running !== undefined;
  }

  clients(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    const closed = new Promise<void>((resolve) => running.server.close(() => resolve()));
    const broker = new Promise<void>((resolve) => running.broker.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([closed, broker]);
  }

  #accept(broker: Aedes, socket: Socket): void {
    // Without it each ack waits for the terminal's delayed TCP acknowledgement.
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    broker.handle(socket);
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

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new HymioError(
              'port-busy',
              `Port ${port} on ${host}, wanted for MQTT, is in use by another program.`,
              'Stop that program, or choose another port with mqtt.listen in the configuration.',
              { cause: error },
            )
          : new HymioError(
              'address-unusable',
              `Cannot listen on ${host}:${port}: ${error.message}.`,
              'Correct mqtt.listen.',
              {
                cause: error,
              },
            ),
      );
    });
    server.listen(port, host, () => resolve());
  });
}
