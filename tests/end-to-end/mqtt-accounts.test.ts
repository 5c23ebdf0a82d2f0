import { readFileSync } from 'node:fs';
import { enrolTerminal, IdentityFile } from '@hymio/device';
import { openAuthority, openSqliteStore, registryFileSchema } from '@hymio/gateway';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChildProgram } from '../support/child-program.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { describeWith, program } from '../support/requirements.js';
import { runCommand } from '../support/run-command.js';
import { freePort, GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const point = (id: string, group: string) => ({ id, group, name: { fi: id }, repeatWindowMs: 5_000 });
const stands = (terminal: string, servicePoint: string) => ({ terminal, servicePoint, from: '2026-01-01T00:00:00Z' });
const REGISTRY = registryFileSchema.parse({
  groups: [
    { id: 'city', name: { fi: 'Kaupunki' } },
    { id: 'health', parent: 'city', name: { fi: 'Terveys' } },
    { id: 'library', parent: 'city', name: { fi: 'Kirjasto' } },
  ],
  servicePoints: [point('kallio', 'health'), point('oodi', 'library')],
  terminals: [{ id: 'kallio-1' }, { id: 'oodi-1' }],
  assignments: [stands('kallio-1', 'kallio'), stands('oodi-1', 'oodi')],
});
const HEALTH = 'hymio/v1/events/terminals/city/health/kallio/kallio-1';
const LIBRARY = 'hymio/v1/events/terminals/city/library/oodi/oodi-1';

/** What accounts may do at a broker of a real gateway. */
class Scene {
  readonly bench: TestBench;
  readonly clients: MqttClient[] = [];
  gateway!: GatewayProgram;
  config = '';
  port = 0;
  readonly passwords: Record<string, string> = {};

  constructor(name: string) {
    this.bench = new TestBench(name);
  }

  async prepare(mqtt: Record<string, unknown>, identity: Record<string, unknown> = {}): Promise<void> {
    const more = { identity: { names: ['localhost'], ...identity }, mqtt: { ...mqtt, events: true } };
    this.config = writeGatewayConfig(this.bench, 'gateway', { more });
    const store = await openSqliteStore({ folder: this.bench.path('gateway-data'), reads: 'in-thread' });
    await store.importRegistry(REGISTRY);
    await store.close();
  }

  command(...words: string[]) {
    return runCommand(GATEWAY_PROGRAM, ...words, '--config', this.config);
  }

  async add(name: string, ...more: string[]): Promise<void> {
    const { code, stdout, stderr } = await this.command('mqtt-account', 'add', name, ...more);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`events_${name}`)]);
    expect(stdout).toMatch(/^[\w-]{43}\n$/);
    this.passwords[name] = stdout.trim();
  }

  /** Resolves when the broker takes the connection. */
  open(username: string | undefined, password: string | undefined, more: IClientOptions = {}): Promise<MqttClient> {
    const ca = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(
      readFileSync(this.bench.path('gateway-data', 'identity', 'authority.pem'), 'utf8'),
    )?.[0];
    const account = { ...(username !== undefined && { username }), ...(password !== undefined && { password }) };
    const client = connect(`mqtts://localhost:${this.port}`, {
      ...{ ca, reconnectPeriod: 0, protocolVersion: 4 },
      ...account,
      ...more,
    } as IClientOptions);
    this.clients.push(client);
    return new Promise((resolve, reject) => {
      client.once('connect', () => resolve(client));
      client.once('error', reject);
      client.once('close', () => reject(new Error('closed')));
    });
  }

  as(name: string, more: IClientOptions = {}): Promise<MqttClient> {
    return this.open(`events_${name}`, this.passwords[name], more);
  }
}

async function heardBy(client: MqttClient, filters: string | string[]): Promise<string[]> {
  const heard: string[] = [];
  client.on('message', (topic) => void heard.push(topic));
  await client.subscribeAsync(filters).catch(() => undefined);
  return heard;
}

function whatAccountsMay(scene: Scene): void {
  afterEach(() => {
    for (const client of scene.clients.splice(0)) client.end(true);
  });
  const gone = (client: MqttClient) => new Promise<void>((resolve) => void client.once('close', () => resolve()));

  it('hears all events, or those of its group alone', async () => {
    const all = await heardBy(await scene.as('dashboard'), 'hymio/v1/events/#');
    const some = await heardBy(await scene.as('clinics'), ['hymio/v1/events/#', LIBRARY]);
    await until(
      'all of them',
      async () => [...all].sort(),
      (topics) => topics.length >= 2,
    );
    await until(
      'its own',
      async () => some,
      (topics) => topics.includes(HEALTH),
    );
    expect([...all].sort()).toEqual([HEALTH, LIBRARY]);
    expect(new Set(some)).toEqual(new Set([HEALTH]));
  });

  it('does not come in with a wrong password, with none, or as another', async () => {
    const { dashboard = '', clinics = '' } = scene.passwords;
    const tries: [string | undefined, string | undefined][] = [
      ['events_dashboard', clinics],
      ['events_dashboard', `${dashboard}x`],
      ['events_dashboard', undefined],
      ['dashboard', dashboard],
      ['events_nobody', dashboard],
      [undefined, undefined],
    ];
    for (const [user, password] of tries) await expect(scene.open(user, password)).rejects.toThrow();
  });

  it('hears nothing of terminals and says nothing, by message or will', async () => {
    const listener = await scene.as('dashboard');
    const heard = await heardBy(listener, [
      '#',
      '+/#',
      'hymio/#',
      'hymio/v1/+/presses',
      'hymio/v1/claim',
      '$SYS/#',
      '$share/a/hymio/v1/#',
    ]);
    const reader = await heardBy(await scene.as('clinics'), 'hymio/v1/events/#');
    const will = { topic: HEALTH, payload: Buffer.from('{}'), qos: 1 as const, retain: true };
    const willing = await scene.as('outsider', { will }).catch(() => undefined);
    if (willing !== undefined) {
      const closed = gone(willing);
      willing.stream.destroy();
      await closed;
    }
    for (const topic of [HEALTH, 'hymio/v1/ghost-1/availability']) {
      const liar = await scene.as('outsider');
      liar.on('error', () => undefined);
      // A Mosquitto answers as if it had taken it, the embedded broker ends the connection.
      await Promise.race([liar.publishAsync(topic, 'online', { qos: 1, retain: true }), gone(liar)]);
    }
    const again = await heardBy(await scene.as('dashboard'), 'hymio/v1/events/#');
    await until(
      'the state as it is',
      async () => again,
      (topics) => topics.includes(HEALTH),
    );
    const { terminals } = await scene.gateway.json<{ terminals: { id: string }[] }>('/api/v1/terminals');
    expect(terminals.map(({ id }) => id)).not.toContain('ghost-1');
    expect(heard.filter((topic) => !topic.startsWith('hymio/v1/events/'))).toEqual([]);
    expect(reader.filter((topic) => topic !== HEALTH)).toEqual([]);
  });

  it('throws nobody off by a client id', async () => {
    const first = await scene.as('clinics', { clientId: 'reader' });
    await scene.as('dashboard', { clientId: 'reader' });
    await scene.as('dashboard', { clientId: 'hymio-kallio-1' });
    await scene.as('outsider', { clientId: 'events_clinics' });
    await heardBy(first, 'hymio/v1/events/#');
    expect(first.connected).toBe(true);
  });
}

describe('an account at the embedded broker', () => {
  const scene = new Scene('accounts-embedded');
  const held = { cert: '', key: '' };
  beforeAll(async () => {
    const enrolment = await freePort();
    await scene.prepare({ listen: '127.0.0.1:0', tls: 'own' }, { listen: `127.0.0.1:${enrolment}` });
    await scene.add('dashboard');
    scene.gateway = await GatewayProgram.start(scene.bench, scene.config);
    scene.port = scene.gateway.mqttPort;
    await scene.add('clinics', '--group', 'health');
    await scene.add('outsider', '--group', 'library');
    const file = new IdentityFile(scene.bench.path('kallio-data'));
    const code = (await scene.command('enrol-code', 'kallio-1')).stdout.trim();
    await enrolTerminal('kallio-1', file, { gateway: `https://localhost:${enrolment}`, code });
    const { certificate = '', key = '' } = file.read() ?? {};
    Object.assign(held, { cert: certificate, key });
  });
  afterAll(() => scene.bench.clear());

  whatAccountsMay(scene);

  it('does not come in beside a certificate of another authority, or one of a terminal', async () => {
    const foreign = await (await openAuthority(scene.bench.path('foreign'), Date.now())).gatewayCertificate(Date.now());
    await expect(scene.as('dashboard', { cert: foreign.certificate, key: foreign.key })).rejects.toThrow();
    await expect(scene.as('dashboard', { ...held, clientId: 'dashboard' })).rejects.toThrow();
  });

  it('takes nothing from terminals beside it, and gives them nothing that they may not', async () => {
    const terminal = await scene.open(undefined, undefined, { ...held, clientId: 'hymio-kallio-1' });
    await terminal.publishAsync('hymio/v1/kallio-1/availability', 'online', { qos: 1, retain: true });
    expect(await heardBy(terminal, ['hymio/v1/events/#'])).toEqual([]);
    expect(terminal.connected).toBe(true);
    await expect(scene.open(undefined, undefined, { ...held, clientId: 'hymio-oodi-1' })).rejects.toThrow();
    const ended = new Promise<void>((resolve) => void terminal.once('close', () => resolve()));
    terminal.on('error', () => undefined);
    terminal.publish('hymio/v1/oodi-1/availability', 'offline', { qos: 0, retain: true });
    await ended;
    expect((await scene.command('revoke', 'kallio-1')).code).toBe(0);
    await expect(scene.open(undefined, undefined, { ...held, clientId: 'hymio-kallio-1' })).rejects.toThrow();
  });

  it('loses its connection when it is removed, and is written down with neither password nor hash', async () => {
    await scene.add('passing');
    const client = await scene.as('passing');
    let isClosed = false;
    client.once('close', () => {
      isClosed = true;
    });
    expect((await scene.command('mqtt-account', 'remove', 'passing')).code).toBe(0);
    await expect(scene.as('passing')).rejects.toThrow();
    // At once: before the broker has let anybody else in, or not.
    expect(isClosed).toBe(true);
    const out = scene.bench.path('audit.ndjson');
    expect((await scene.command('audit', 'export', '--out', out)).code).toBe(0);
    const written = readFileSync(out, 'utf8');
    expect(written).toContain('create-mqtt-account');
    expect(written).toContain('remove-mqtt-account');
    expect(written).not.toMatch(/\$7\$/);
    for (const password of Object.values(scene.passwords)) expect(written).not.toContain(password);
    expect((await scene.command('mqtt-account', 'list')).stdout).toMatch(/clinics\tevents_clinics\thealth/);
  });

  it.each([
    [['add', 'clinics'], 'There is an MQTT account named clinics already'],
    [['add', 'new', '--group', 'nowhere'], 'There is no group "nowhere"'],
    [['remove', 'nobody'], 'There is no MQTT account named nobody'],
  ])('says what is wrong with mqtt-account %j', async (words, message) => {
    const { code, stderr } = await scene.command('mqtt-account', ...words);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});

describeWith(['mosquitto'], "an account at Debian's mosquitto, set up by mosquitto-config", () => {
  const scene = new Scene('accounts-mosquitto');
  let mosquitto: ChildProgram;
  let terminals = 0;
  const writeBroker = () =>
    scene.command(
      'mosquitto-config',
      '--out',
      scene.bench.path('broker'),
      '--port',
      String(terminals),
      '--events-port',
      String(scene.port),
    );

  beforeAll(async () => {
    [terminals, scene.port] = [await freePort(), await freePort()];
    await scene.prepare({ url: `mqtts://localhost:${terminals}`, tls: 'own' });
    await scene.add('dashboard');
    await scene.add('clinics', '--group', 'health');
    await scene.add('outsider', '--group', 'library');
    expect((await writeBroker()).code).toBe(0);
    const user = process.getuid?.() === 0 ? 'user root\n' : '';
    const main = scene.bench.write('mosquitto.conf', `${user}include_dir ${scene.bench.path('broker')}\n`);
    mosquitto = scene.bench.spawn('mosquitto', program('mosquitto'), ['-c', main]);
    await mosquitto.line(/mosquitto version \S+ running/);
    scene.gateway = await GatewayProgram.start(scene.bench, scene.config);
  });
  afterAll(() => scene.bench.clear());

  whatAccountsMay(scene);

  it('is gone once it was removed, and the files were written anew and read', async () => {
    const client = await scene.as('outsider');
    const closed = new Promise<void>((resolve) => void client.once('close', () => resolve()));
    expect((await scene.command('mqtt-account', 'remove', 'outsider')).code).toBe(0);
    expect((await writeBroker()).code).toBe(0);
    process.kill(mosquitto.pid, 'SIGHUP');
    await closed;
    await expect(scene.as('outsider')).rejects.toThrow();
    await expect(scene.as('clinics')).resolves.toBeDefined();
  });
});
