import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { makeCsr } from '@hymio/device';
import {
  authorityFingerprint,
  EmbeddedBroker,
  hashCodeSecret,
  type Identity,
  openIdentity,
  openSqliteStore,
  type SqliteStore,
} from '@hymio/gateway';
import { codeText, makeCodeSecret } from '@hymio/protocol';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onThisMachine } from '../support/on-this-machine.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const DAY_MS = 24 * 3_600_000;
const silent = () => undefined;
const KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

interface Held {
  key: string;
  cert: string;
  ca: string;
}

describe('the embedded broker with certificates', () => {
  const bench = new TestBench('secure-broker');
  const heard: string[] = [];
  const warned: string[] = [];
  const log = { debug: silent, info: silent, error: silent, warn: (text: string) => void warned.push(text) };
  const clients: MqttClient[] = [];
  const sockets: Socket[] = [];
  let now = Date.now();
  let store: SqliteStore;
  let identity: Identity;
  let broker: EmbeddedBroker;
  let kallio: Held;
  let malmi: Held;

  beforeAll(async () => {
    store = await openSqliteStore({ folder: bench.path('data'), reads: 'in-thread' });
    identity = await identityIn('data');
    const { certificate, key } = await identity.authority.serverCertificate(['127.0.0.1'], Date.now());
    broker = new EmbeddedBroker({
      log,
      connectTimeoutMs: 300,
      maxConnections: 20_000,
      plain: { host: '127.0.0.1', port: 0 },
      secure: {
        address: { host: '127.0.0.1', port: 0 },
        ...{ certificate, key, authority: identity.authority.pem },
        isRevoked: (certificate) => identity.identities.isRevoked(certificate),
        onRevoked: (listener) => identity.identities.onRevoked(listener),
        monotonic: () => performance.now(),
      },
    });
    await broker.start({ message: (terminal, kind) => void heard.push(`${terminal}/${kind}`) });
    [kallio, malmi] = [await enrolled(identity, 'kallio-1'), await enrolled(identity, 'malmi-1')];
  });
  afterAll(async () => {
    await broker.stop();
    await store.close();
    await bench.clear();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.end(true);
    for (const socket of sockets.splice(0)) socket.destroy();
    heard.length = 0;
    warned.length = 0;
  });

  function identityIn(data: string): Promise<Identity> {
    const clock = { now: () => now, monotonic: () => 0, after: () => silent };
    const config = { names: ['127.0.0.1'], graceDays: 90 };
    return openIdentity({ config, data: bench.path(data), store: store.identity, clock, log });
  }
  async function enrolled({ identities, authority }: Identity, terminal: string): Promise<Held> {
    const secret = makeCodeSecret((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
    const hash = hashCodeSecret(secret);
    await identities.addCode({ terminal, hash, expiresAt: now + DAY_MS }, { who: 'Aino', at: now });
    const code = codeText({ secret, fingerprint: authorityFingerprint(authority.raw) });
    const { certificate } = await identities.enrol(code, makeCsr(terminal, KEY), '');
    return { key: pemOf(KEY), cert: certificate, ca: identity.authority.pem };
  }
  function open(held: Partial<Held>, clientId: string, more: IClientOptions = {}): MqttClient {
    const options: IClientOptions = { ca: identity.authority.pem, reconnectPeriod: 0, protocolVersion: 4, ...held };
    const client = connect(`mqtts://127.0.0.1:${broker.securePort}`, { ...options, clientId, ...more });
    clients.push(client);
    client.on('error', silent);
    return client;
  }
  /** How it ends: connected, refused by the broker, or not even a TLS connection. */
  function outcome(client: MqttClient): Promise<string> {
    return new Promise((resolve) => {
      client.once('connect', () => resolve('connected'));
      client.once('error', (error) => resolve('code' in error ? `refused ${error.code}` : error.message));
      client.once('close', () => resolve('closed'));
    });
  }
  async function connected(held: Held, terminal: string): Promise<MqttClient> {
    const client = open(held, `hymio-${terminal}`);
    expect(await outcome(client)).toBe('connected');
    return client;
  }

  it('takes a terminal in with its certificate, and hears its messages', async () => {
    const client = await connected(kallio, 'kallio-1');
    await client.subscribeAsync(['hymio/v1/kallio-1/ack', 'hymio/v1/kallio-1/config'], { qos: 1 });
    for (const kind of ['presses', 'answer', 'status', 'availability']) {
      const retain = kind === 'status' || kind === 'availability';
      await client.publishAsync(`hymio/v1/kallio-1/${kind}`, '{}', { qos: 1, retain });
    }
    expect(heard).toEqual(['kallio-1/presses', 'kallio-1/answer', 'kallio-1/status', 'kallio-1/availability']);
    const message = new Promise((resolve) => client.once('message', resolve));
    broker.ack('kallio-1', '{"upTo":1}');
    const topic = await message;
    expect(topic).toBe('hymio/v1/kallio-1/ack');
  });

  it('takes nobody in without a certificate, with one of another authority, or with one that ran out', async () => {
    const foreign = await identityIn('foreign');
    const before = Date.now();
    now = before - 400 * DAY_MS;
    const expired = await enrolled(identity, 'oulu-1');
    now = before;
    const stranger = await enrolled(foreign, 'oulu-2');
    for (const held of [{}, stranger, expired]) {
      expect(await outcome(open(held, 'hymio-kallio-1'))).not.toBe('connected');
    }
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connectTls({ host: '127.0.0.1', port: broker.securePort ?? 0, ...kallio, ...old });
    expect(await once(socket, 'error')).toMatchObject([{ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }]);
    expect(warned).toContain('TLS connection refused');
    expect(await outcome(open(kallio, 'hymio-kallio-1'))).toBe('connected');
  });

  it.each([
    ["another's client id", 'hymio-malmi-1', {}],
    ['any other client id', 'kallio-1', {}],
    ['a session that stays', 'hymio-kallio-1', { clean: false }],
    ["a will on another's topic", 'hymio-kallio-1', { will: will('hymio/v1/malmi-1/availability') }],
    ['a will on a topic of the gateway', 'hymio-kallio-1', { will: will('hymio/v1/kallio-1/ack') }],
    ['a will on a wildcard', 'hymio-kallio-1', { will: will('hymio/v1/+/availability') }],
  ])('refuses the right certificate with %s', async (_what, clientId, more) => {
    const rightful = await connected(malmi, 'malmi-1');
    expect(await outcome(open(kallio, clientId, more))).toMatch(/^refused 5$|closed/);
    expect(rightful.connected).toBe(true);
    expect(heard).toEqual([]);
  });

  it.each([
    ["another's presses", 'hymio/v1/malmi-1/presses', false],
    ["another's status", 'hymio/v1/malmi-1/status', true],
    ['its own ack', 'hymio/v1/kallio-1/ack', false],
    ['its own config', 'hymio/v1/kallio-1/config', true],
    ['its own command', 'hymio/v1/kallio-1/command', false],
    ['presses that stay', 'hymio/v1/kallio-1/presses', true],
    ['an answer that stays', 'hymio/v1/kallio-1/answer', true],
    ['the claim of gateways', 'hymio/v1/claim', true],
    ['something else', 'home/lights', false],
  ])('closes the connection of a terminal that publishes %s', async (_what, topic, retain) => {
    const client = await connected(kallio, 'kallio-1');
    const closed = closing(client);
    client.publish(topic, '{}', { qos: 1, retain });
    await closed;
    expect(heard).toEqual([]);
    expect(warned).toContain('connection of a client failed');
  });

  it.each([
    '#',
    '+/v1/kallio-1/ack',
    'hymio/#',
    'hymio/v1/+/ack',
    'hymio/v1/malmi-1/ack',
    'hymio/v1/kallio-1',
    '$SYS/#',
  ])('refuses the subscription %s', async (filter) => {
    const client = await connected(kallio, 'kallio-1');
    const granted = await new Promise<number[]>((resolve) => {
      client.once('packetreceive', (packet) => packet.cmd === 'suback' && resolve(packet.granted as number[]));
      client.subscribe(filter, { qos: 1 }, silent);
    });
    expect(granted).toEqual([128]);
  });

  it('ends the connection of a terminal that is shut out at once, says so of it, and lets it in no more', async () => {
    const held = await enrolled(identity, 'pasila-1');
    const client = open(held, 'hymio-pasila-1', { will: will('hymio/v1/pasila-1/availability') });
    expect(await outcome(client)).toBe('connected');
    const other = await connected(kallio, 'kallio-1');
    const closed = closing(client);
    const start = performance.now();
    await identity.identities.revoke('pasila-1', { who: 'Otso', at: now });
    await closed;
    const tookMs = performance.now() - start;
    expect(tookMs).toBeLessThan(await onThisMachine(2_000));
    await until(
      'the will',
      async () => heard,
      (all) => all.includes('pasila-1/availability'),
    );
    expect(await outcome(open(held, 'hymio-pasila-1'))).toBe('refused 5');
    expect(other.connected).toBe(true);
  });

  it('lets nobody without a certificate speak for a terminal that has one, on a plain listener beside it', async () => {
    const rightful = await connected(kallio, 'kallio-1');
    const plain = (clientId: string, more: IClientOptions = {}): MqttClient => {
      const client = connect(`mqtt://127.0.0.1:${broker.port}`, {
        reconnectPeriod: 0,
        protocolVersion: 4,
        clientId,
        ...more,
      });
      clients.push(client);
      client.on('error', silent);
      return client;
    };
    expect(await outcome(plain('hymio-kallio-1'))).toBe('refused 5');
    const ghost = will('hymio/v1/kallio-1/availability');
    expect(await outcome(plain('somebody', { will: ghost }))).toBe('refused 5');
    const forger = plain('somebody');
    expect(await outcome(forger)).toBe('connected');
    const closed = closing(forger);
    forger.publish('hymio/v1/kallio-1/presses', '{}', { qos: 1 });
    await closed;
    const unmoved = plain('hymio-oulu-9');
    expect(await outcome(unmoved)).toBe('connected');
    await unmoved.publishAsync('hymio/v1/oulu-9/presses', '{}', { qos: 1 });
    expect(heard).toEqual(['oulu-9/presses']);
    expect(rightful.connected).toBe(true);
  });

  it('closes connections that send packets too long, or none at all, while others go on', async () => {
    const client = await connected(kallio, 'kallio-1');
    const talkers = [Buffer.from('30ffffff7f', 'hex'), Buffer.from('10ffffffffff', 'hex'), Buffer.from('0000', 'hex')];
    for (const bytes of talkers) {
      const socket = await secureSocket(malmi);
      const closed = once(socket, 'close');
      socket.write(bytes);
      await closed;
    }
    const long = await connected(malmi, 'malmi-1');
    const closed = closing(long);
    long.publish('hymio/v1/malmi-1/presses', 'x'.repeat(300_000), { qos: 1 });
    await closed;
    await client.publishAsync('hymio/v1/kallio-1/presses', 'x'.repeat(200_000), { qos: 1 });
    expect(heard).toEqual(['kallio-1/presses']);
    expect(warned).toContain('a packet that is too long');
  });

  it('drops connections that never speak, within TLS and without, while a terminal is served', async () => {
    const silentOnes = await Promise.all(Array.from({ length: 20 }, () => secureSocket(malmi)));
    for (let each = 0; each < 200; each += 1) {
      const socket = connectTcp(broker.securePort ?? 0, '127.0.0.1');
      socket.on('error', silent);
      sockets.push(socket);
    }
    const closed = Promise.all(silentOnes.map((socket) => socket.closed || once(socket, 'close')));
    const client = await connected(kallio, 'kallio-1');
    await client.publishAsync('hymio/v1/kallio-1/presses', '{}', { qos: 1 });
    await closed;
    expect(heard).toEqual(['kallio-1/presses']);
  });

  it('sends a terminal away that floods it', async () => {
    const client = await connected(kallio, 'kallio-1');
    const closed = closing(client);
    for (let each = 0; each < 3_000; each += 1) client.publish('hymio/v1/kallio-1/status', '{}', { qos: 0 });
    await closed;
    expect(heard.length).toBeGreaterThanOrEqual(2_000);
    expect(heard.length).toBeLessThan(3_000);
    expect(warned).toContain('connection of a client failed');
  });

  async function secureSocket({ key, cert, ca }: Held): Promise<TLSSocket> {
    const socket = connectTls({ host: '127.0.0.1', port: broker.securePort ?? 0, key, cert, ca });
    socket.on('error', silent);
    sockets.push(socket);
    await once(socket, 'secureConnect');
    // TLS 1.3 tells of a refusal only to who reads.
    socket.resume();
    return socket;
  }
});

function closing(client: MqttClient): Promise<void> {
  return new Promise((resolve) => void client.once('close', () => resolve()));
}

function will(topic: string): NonNullable<IClientOptions['will']> {
  return { topic, payload: Buffer.from('offline'), qos: 1, retain: true };
}
