import { once } from 'node:events';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SecureBrokerRig } from '../support/secure-broker-rig.js';
import { until } from '../support/until.js';

const silent = () => undefined;
const TRIES = 60;

describe('programs with accounts, all from one address', () => {
  let rig: SecureBrokerRig;
  let dashboard: { username: string; password: string };
  const clients: MqttClient[] = [];
  const sockets: TLSSocket[] = [];

  beforeAll(async () => {
    rig = await SecureBrokerRig.make({
      connectTimeoutMs: 30_000,
      handshakeTimeoutMs: 30_000,
      accountPatienceMs: 30_000,
    });
    await rig.start({ message: silent });
    dashboard = await rig.account('dashboard');
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end(true);
    for (const socket of sockets.splice(0)) socket.destroy();
    await until(
      'all to be gone',
      async () => rig.broker.clients(),
      (count) => count === 0,
    );
  });
  afterAll(() => rig.stop());

  function open(more: IClientOptions): Promise<MqttClient> {
    const client = connect(`mqtts://127.0.0.1:${rig.broker.securePort}`, {
      ...{ ca: rig.authority, reconnectPeriod: 0, protocolVersion: 4 },
      ...more,
    });
    clients.push(client);
    return new Promise((resolve, reject) => {
      client.once('connect', () => resolve(client));
      client.once('error', reject);
      client.once('close', () => reject(new Error('closed')));
    });
  }

  it('and without a client id do not throw each other off', async () => {
    const first = await open({ ...dashboard, clientId: '' });
    const second = await open({ ...dashboard, clientId: '' });
    for (const client of [first, second]) await client.subscribeAsync('hymio/v1/events/#');
    expect([first.connected, second.connected]).toEqual([true, true]);
  });

  it('get in, however many others have tried wrong passwords', async () => {
    const tries = Array.from({ length: TRIES }, (_, n) => open({ ...dashboard, password: `wrong-${n}` }));
    for (const { status } of await Promise.allSettled(tries)) expect(status).toBe('rejected');
    expect((await open(dashboard)).connected).toBe(true);
  });

  it('get in, however many others say nothing: those are few at a time', async () => {
    for (let n = 0; n < TRIES; n++) {
      const socket = connectTls({ host: '127.0.0.1', port: rig.broker.securePort ?? 0, ca: rig.authority });
      socket.on('error', silent);
      sockets.push(socket);
      await once(socket, 'secureConnect');
    }
    expect((await open(dashboard)).connected).toBe(true);
    await until(
      'those that waited longest to be gone',
      async () => rig.broker.clients(),
      (count) => count === 50,
    );
  });

  it('lose their connections at once with their account', async () => {
    const passing = await rig.account('passing');
    const client = await open({ ...passing, clientId: 'reader' });
    const gone = new Promise<void>((resolve) => void client.once('close', () => resolve()));
    await rig.accounts.remove('passing', { who: 'Aino', at: 0 });
    await gone;
    await expect(open(passing)).rejects.toThrow();
  });
});

describe('connections beyond those that the broker takes', () => {
  let rig: SecureBrokerRig;
  const clients: MqttClient[] = [];
  beforeAll(async () => {
    rig = await SecureBrokerRig.make({ connectTimeoutMs: 30_000, handshakeTimeoutMs: 30_000, maxConnections: 3 });
    await rig.start({ message: silent });
  });
  afterAll(async () => {
    for (const client of clients) client.end(true);
    await rig.stop();
  });

  function open(url: string, more: IClientOptions = {}): Promise<MqttClient> {
    const client = connect(url, { reconnectPeriod: 0, protocolVersion: 4, ...more });
    clients.push(client);
    return new Promise((resolve, reject) => {
      client.once('connect', () => resolve(client));
      client.once('error', reject);
    });
  }

  it('are told so and counted, on either listener, and those that are there stay', async () => {
    const { broker, warned } = rig;
    const plain = `mqtt://127.0.0.1:${broker.port}`;
    const held = await rig.enrolled('kallio-1');
    const there = [await open(plain), await open(plain), await open(plain)];
    await expect(open(plain)).rejects.toThrow('Server unavailable');
    const secure = `mqtts://127.0.0.1:${broker.securePort}`;
    await expect(open(secure, { ...held, clientId: 'hymio-kallio-1' })).rejects.toThrow('Server unavailable');
    expect([broker.clients(), broker.refusedClients()]).toEqual([3, 2]);
    expect(warned.filter((text) => text === 'too many connections to the broker')).toHaveLength(1);
    for (const client of there) await client.publishAsync('hymio/v1/kallio-2/availability', 'online', { qos: 1 });
    await there[0]?.endAsync();
    await until(
      'room',
      async () => broker.clients(),
      (count) => count === 2,
    );
    expect((await open(secure, { ...held, clientId: 'hymio-kallio-1' })).connected).toBe(true);
    expect(broker.refusedClients()).toBe(2);
  });
});
