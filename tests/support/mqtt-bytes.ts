/** Packets of MQTT 3.1.1 as bytes, written by hand so that they can also be wrong. */
export const PACKET_TYPES = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const;

/** A packet with its length, whatever is in it; `flags` are the lower half of the first byte. */
export function packetBytes(type: number, flags: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  let left = body.length;
  do {
    length.push((left % 128) + (left >= 128 ? 128 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return Buffer.concat([Buffer.from([(type << 4) | flags, ...length]), body]);
}

/** A text with its length in front, cut to what that can say. */
export function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8').subarray(0, 65_535);
  return Buffer.concat([numberBytes(bytes.length), bytes]);
}

/** Two bytes, the larger first. */
export function numberBytes(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

/** CONNECT as a terminal sends it, without will, name and password. */
export function connectBytes(clientId: string, { level = 4, flags = 2, keepalive = 30 } = {}): Buffer {
  const protocol = Buffer.concat([textBytes(level === 3 ? 'MQIsdp' : 'MQTT'), Buffer.from([level, flags])]);
  return packetBytes(PACKET_TYPES.connect, 0, protocol, numberBytes(keepalive), textBytes(clientId));
}
