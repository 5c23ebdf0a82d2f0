/** MQTT 3.1.1 as far as a terminal needs it, by hand: the load must cost less than what it loads. */

export interface Packet {
  type: number;
  flags: number;
  body: Buffer;
}

export const CONNACK = 2;
export const PUBLISH = 3;
export const PUBACK = 4;
export const SUBACK = 9;

export function connectFrame(clientId: string, keepAliveSeconds: number): Buffer {
  const head = Buffer.from([0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, keepAliveSeconds >> 8, keepAliveSeconds & 255]);
  return frame(0x10, Buffer.concat([head, text(clientId)]));
}

/** Subscribes with QoS 1. */
export function subscribeFrame(packetId: number, topic: string): Buffer {
  return frame(0x82, Buffer.concat([uint16(packetId), text(topic), Buffer.from([1])]));
}

/** Publishes with QoS 1. */
export function publishFrame(packetId: number, topic: string, payload: string): Buffer {
  return frame(0x32, Buffer.concat([text(topic), uint16(packetId), Buffer.from(payload)]));
}

/** Packet id of a publication, where its QoS has one, and its payload. */
export function readPublication({ flags, body }: Packet): { packetId: number | undefined; payload: Buffer } {
  const topicEnd = 2 + body.readUInt16BE(0);
  const qos = (flags >> 1) & 3;
  return qos === 0
    ? { packetId: undefined, payload: body.subarray(topicEnd) }
    : { packetId: body.readUInt16BE(topicEnd), payload: body.subarray(topicEnd + 2) };
}

export function pubackFrame(packetId: number): Buffer {
  return frame(0x40, uint16(packetId));
}

/** Cuts a stream of bytes into packets. */
export class PacketReader {
  #held: Buffer = Buffer.alloc(0);

  /** The packets that are complete with these bytes. */
  add(bytes: Buffer): Packet[] {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const packets: Packet[] = [];
    for (let packet = this.#take(); packet !== undefined; packet = this.#take()) packets.push(packet);
    return packets;
  }

  #take(): Packet | undefined {
    const held = this.#held;
    let length = 0;
    for (let index = 1; index < held.length && index <= 4; index += 1) {
      const byte = held[index] ?? 0;
      length += (byte & 127) * 128 ** (index - 1);
      if (byte >= 128) continue;
      const end = index + 1 + length;
      if (held.length < end) return undefined;
      const first = held[0] ?? 0;
      this.#held = held.subarray(end);
      return { type: first >> 4, flags: first & 15, body: held.subarray(index + 1, end) };
    }
    return undefined;
  }
}

function frame(first: number, body: Buffer): Buffer {
  const length: number[] = [];
  let rest = body.length;
  do {
    length.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}
