import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import fc from 'fast-check';
import { connect, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectBytes, numberBytes, PACKET_TYPES, packetBytes, textBytes } from '../../support/mqtt-bytes.js';
import { type HeldIdentity, SecureBrokerRig } from '../../support/secure-broker-rig.js';

const silent = () => undefined;
/** As many conversations, half of them with a client that introduced itself. */
const RUNS = 200;
const ATTACKER = 'malmi-1';

const messageId = fc.integer({ min: 1, max: 65_535 });
const qos = fc.constantFrom(0 as const, 1 as const, 2 as const);
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc.json().map((text) => new TextEncoder().encode(text)),
);
const topic = fc.oneof(
  fc.constantFrom(
    ...['presses', 'status', 'availability', 'answer', 'ack', 'command'].map((kind) => `hymio/v1/${ATTACKER}/${kind}`),
    ...['hymio/v1/kallio-1/presses', 'hymio/v1/claim', '#', '+', '$SYS/#', 'hymio/v1/+/ack', ''],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const clientId = fc.oneof(fc.constantFrom(`hymio-${ATTACKER}`, 'hymio-kallio-1', ''), fc.string({ maxLength: 80 }));

const { publish, subscribe, unsubscribe, puback, pubrec, pubrel, pubcomp, pingreq, disconnect } = PACKET_TYPES;
const id = messageId.map(numberBytes);
const name = topic.map(textBytes);

/** Well-formed packets of every kind, in any order; of CONNECT also what announces more than follows. */
const packet: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .tuple(clientId, fc.constantFrom(3, 4, 5), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 65_535 }))
    .map(([client, level, flags, keepalive]) => connectBytes(client, { level, flags, keepalive })),
  fc
    .tuple(qos, fc.boolean(), fc.boolean(), name, id, payload)
    .map(([level, dup, retain, ...[to, number, said]]) =>
      packetBytes(
        publish,
        (dup ? 8 : 0) | (level << 1) | (retain ? 1 : 0),
        ...(level === 0 ? [to, said] : [to, number, said]),
      ),
    ),
  fc
    .tuple(id, fc.array(fc.tuple(name, qos), { minLength: 1, maxLength: 5 }))
    .map(([number, wanted]) =>
      packetBytes(subscribe, 2, number, ...wanted.flatMap(([to, level]) => [to, Buffer.from([level])])),
    ),
  fc
    .tuple(id, fc.array(name, { minLength: 1, maxLength: 5 }))
    .map(([number, names]) => packetBytes(unsubscribe, 2, number, ...names)),
  fc
    .tuple(fc.constantFrom(puback, pubrec, pubrel, pubcomp), id)
    .map(([type, number]) => packetBytes(type, type === pubrel ? 2 : 0, number)),
  fc.constantFrom(pingreq, disconnect).map((type) => packetBytes(type, 0)),
);

/** What is done to the bytes of a packet. Places are shares of its length. */
const mutation = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'none' as const }) },
  fc.record({ kind: fc.constant('set' as const), at: place(), byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('flip' as const), at: place(), byte: fc.nat(7).map((bit) => 1 << bit) }),
  fc.record({ kind: fc.constant('cut' as const), at: place() }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: place(),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  // The announced length is where parsers go wrong.
  fc.record({ kind: fc.constant('length' as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 5 }) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

const conversation = fc.array(fc.tuple(packet, fc.array(mutation, { minLength: 1, maxLength: 3 })), {
  minLength: 1,
  maxLength: 6,
});

describe('malformed packets', () => {
  let rig: SecureBrokerRig;
  let rightful: MqttClient;
  let attacker: HeldIdentity;
  const heard: string[] = [];

  beforeAll(async () => {
    rig = await SecureBrokerRig.make({ connectTimeoutMs: 1_000, handshakeTimeoutMs: 5_000 });
    await rig.start({ message: (terminal, kind) => void heard.push(`${terminal}/${kind}`) });
    attacker = await rig.enrolled(ATTACKER);
    rightful = connect(`mqtts://127.0.0.1:${rig.broker.securePort}`, {
      ...(await rig.enrolled('kallio-1')),
      ...{ clientId: 'hymio-kallio-1', reconnectPeriod: 0, protocolVersion: 4 },
    });
    await new Promise((resolve) => rightful.once('connect', resolve));
  });
  afterAll(async () => {
    rightful.end(true);
    await rig.stop();
  });

  /** Another terminal is served as before, on the connection that it had. */
  async function expectServed(): Promise<void> {
    heard.length = 0;
    await rightful.publishAsync('hymio/v1/kallio-1/status', '{}', { qos: 1 });
    expect(heard.filter((one) => one.startsWith('kallio-1/'))).toEqual(['kallio-1/status']);
  }

  it.each([
    ['with a certificate', true],
    ['without, where that is still possible', false],
  ])('%s harm nobody else, whatever they are and in whatever order they come', async (_who, secure) => {
    let answered = 0;
    const converse = async (introduced: boolean, said: readonly (readonly [Buffer, Mutation[]])[]) => {
      const socket = secure ? await openSecure() : await openPlain();
      const ended = new Promise((resolve) => socket.once('close', resolve));
      const answer = new Promise<boolean>((resolve) => {
        socket.once('data', () => resolve(true)).once('close', () => resolve(false));
      });
      // What comes in the same breath as the introduction is read, and ends the connection, before that is answered.
      if (introduced) {
        socket.write(connectBytes(`hymio-${ATTACKER}`));
        if (await answer) answered += 1;
      }
      for (const [one, mutations] of said) socket.write(mutations.reduce(mutate, one));
      socket.end();
      await ended;
      await expectServed();
      if (secure) expect(heard.every((one) => /^(kallio-1\/status|malmi-1\/)/.test(one))).toBe(true);
    };
    await fc.assert(fc.asyncProperty(fc.boolean(), conversation, converse), { numRuns: RUNS });
    expect(answered).toBeGreaterThan(RUNS / 4);
    expect(rightful.connected).toBe(true);
  });

  async function openSecure(): Promise<Socket> {
    const socket = connectTls({ host: '127.0.0.1', port: rig.broker.securePort ?? 0, ...attacker });
    socket.on('error', silent).resume();
    await once(socket, 'secureConnect');
    return socket;
  }
  async function openPlain(): Promise<Socket> {
    const socket = connectTcp(rig.broker.port ?? 0, '127.0.0.1');
    socket.on('error', silent).resume();
    await once(socket, 'connect');
    return socket;
  }
});

function place(): fc.Arbitrary<number> {
  return fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
}

function mutate(bytes: Buffer, how: Mutation): Buffer {
  const at = 'at' in how ? Math.floor(how.at * bytes.length) : 0;
  switch (how.kind) {
    case 'none':
      return bytes;
    case 'set':
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([how.byte]), bytes.subarray(at + 1)]);
    case 'flip':
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([(bytes[at] ?? 0) ^ how.byte]), bytes.subarray(at + 1)]);
    case 'cut':
      return bytes.subarray(0, at);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(how.bytes), bytes.subarray(at)]);
    case 'length':
      return Buffer.concat([bytes.subarray(0, 1), Buffer.from(how.bytes), bytes.subarray(2)]);
  }
}
