import { createServer, type Server, type Socket } from 'node:net';
import { PACKET_TYPES, packetBytes } from './mqtt-bytes.js';

const CONNACK = 2;
const SUBACK = 9;

/**
 * Something that takes connections on a port and never says a word; with `letsIn`, it lets clients in and grants what they
 * ask for, as a broker does, and then falls silent.
 */
export class MuteBroker {
  /** Connections so far. */
  connections = 0;
  /** Messages that were published to it. */
  published = 0;
  readonly #letsIn: boolean;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(letsIn: boolean) {
    this.#letsIn = letsIn;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async start(port: number, { letsIn }: { letsIn: boolean }): Promise<MuteBroker> {
    const broker = new MuteBroker(letsIn);
    await new Promise<void>((resolve, reject) => {
      broker.#server.once('error', reject);
      broker.#server.listen(port, '127.0.0.1', resolve);
    });
    return broker;
  }

  /** Ends every connection, without a goodbye. */
  drop(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.drop();
    await closed;
  }

  #accept(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Who gives up on it may reset the connection.
    socket.on('error', () => undefined);
    let heard = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      heard = Buffer.concat([heard, bytes]);
      for (let packet = firstPacket(heard); packet !== undefined; packet = firstPacket(heard)) {
        heard = heard.subarray(packet.bytes);
        this.#answer(socket, packet);
      }
    });
  }

  #answer(socket: Socket, { type, body }: Packet): void {
    if (type === PACKET_TYPES.publish) this.published += 1;
    if (!this.#letsIn) return;
    if (type === PACKET_TYPES.connect) socket.write(packetBytes(CONNACK, 0, Buffer.from([0, 0])));
    if (type !== PACKET_TYPES.subscribe) return;
    const topics = topicsOf(body);
    socket.write(packetBytes(SUBACK, 0, body.subarray(0, 2), Buffer.alloc(topics, 1)));
  }
}

interface Packet {
  type: number;
  body: Buffer;
  /** With its head. */
  bytes: number;
}

function firstPacket(bytes: Buffer): Packet | undefined {
  let length = 0;
  for (let at = 1; at < Math.min(bytes.length, 5); at += 1) {
    const byte = bytes[at] ?? 0;
    length += (byte & 127) * 128 ** (at - 1);
    if (byte >= 128) continue;
    const end = at + 1 + length;
    return end > bytes.length
      ? undefined
      : { type: (bytes[0] ?? 0) >> 4, body: bytes.subarray(at + 1, end), bytes: end };
  }
  return undefined;
}

/** How many a SUBSCRIBE asks for: after the packet's id, each with its length, its text and a byte. */
function topicsOf(body: Buffer): number {
  let topics = 0;
  for (let at = 2; at + 2 <= body.length; at += 3 + body.readUInt16BE(at)) topics += 1;
  return topics;
}
