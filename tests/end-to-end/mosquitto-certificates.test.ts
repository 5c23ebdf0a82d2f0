import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { enrolTerminal, IdentityFile, makeCsr } from '@hymio/device';
import { authorityFingerprint, hashCodeSecret, openIdentity, openSqliteStore } from '@hymio/gateway';
import { codeText, makeCodeSecret } from '@hymio/protocol';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ChildProgram } from '../support/child-program.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { describeWith, program } from '../support/requirements.js';
import { runCommand } from '../support/run-command.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, GATEWAY_PROGRAM, TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const DAY_MS = 24 * 3_600_000;
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const EPOCHS = {
  'espoo-1': '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b',
  'malmi-1': '6fa459ea-ee8a-4ca4-894e-db77e160355e',
};
const KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

interface Held {
  cert: string;
  key: string;
}

describeWith(['mosquitto'], "Debian's mosquitto, set up by mosquitto-config", () => {
  const bench = new TestBench('mosquitto-certificates');
  const clients: MqttClient[] = [];
  let gatewayConfig = '';
  let gateway: GatewayProgram;
  let mosquitto: ChildProgram;
  let port = 0;
  let enrolment = 0;
  let ca = '';
  const held: Record<string, Held> = {};

  const command = (...words: string[]) => runCommand(GATEWAY_PROGRAM, ...words, '--config', gatewayConfig);
  const writeBroker = () => command('mosquitto-config', '--out', bench.path('broker'), '--port', String(port));

  beforeAll(async () => {
    [port, enrolment] = [await freePort(), await freePort()];
    gatewayConfig = writeGatewayConfig(bench, 'gateway', {
      more: {
        identity: { names: ['localhost'], listen: `127.0.0.1:${enrolment}` },
        mqtt: { url: `mqtts://localhost:${port}`, tls: 'own' },
      },
    });
    expect(await writeBroker()).toMatchObject({ code: 0, stdout: expect.stringContaining('certificates: 0') });
    expect(statSync(bench.path('broker', 'hymio-server.key')).mode & 0o777).toBe(0o600);
    // As Debian's own file does; as root it would give up root, and with it the folder of this test.
    const user = process.getuid?.() === 0 ? 'user root\n' : '';
    const main = bench.write('mosquitto.conf', `${user}include_dir ${bench.path('broker')}\n`);
    mosquitto = bench.spawn('mosquitto', program('mosquitto'), ['-c', main]);
    await mosquitto.line(/mosquitto version \S+ running/);
    gateway = await GatewayProgram.start(bench, gatewayConfig);
    for (const terminal of ['kallio-1', 'malmi-1', 'pasila-1']) held[terminal] = await enrolled(terminal);
  });
  afterAll(() => bench.clear());
  afterEach(() => {
    for (const client of clients.splice(0)) client.end(true);
  });

  async function enrolled(terminal: string): Promise<Held> {
    const code = (await command('enrol-code', terminal)).stdout.trim();
    const file = new IdentityFile(bench.path(`${terminal}-data`));
    await enrolTerminal(terminal, file, { gateway: `https://localhost:${enrolment}`, code });
    const identity = file.read();
    ca = identity?.authority ?? '';
    return { cert: identity?.certificate ?? '', key: identity?.key ?? '' };
  }
  /** A certificate of an authority, issued so many days ago. */
  async function issued(data: string, daysAgo: number): Promise<Held> {
    const store = await openSqliteStore({ folder: bench.path(data), reads: 'in-thread' });
    const now = Date.now() - daysAgo * DAY_MS;
    const clock = { now: () => now, monotonic: () => 0, after: () => silent };
    const config = { names: ['localhost'], graceDays: 0 };
    const { identities, authority } = await openIdentity({
      config,
      data: bench.path(data),
      store: store.identity,
      clock,
      log,
    });
    const secret = makeCodeSecret((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
    const by = { who: 'Aino', at: now };
    await identities.addCode({ terminal: 'kallio-1', hash: hashCodeSecret(secret), expiresAt: now + DAY_MS }, by);
    const code = codeText({ secret, fingerprint: authorityFingerprint(authority.raw) });
    const { certificate } = await identities.enrol(code, makeCsr('kallio-1', KEY), '');
    await store.close();
    return { cert: certificate, key: KEY.export({ type: 'pkcs8', format: 'pem' }).toString() };
  }
  function open(
    certificate: Partial<Held> | undefined,
    clientId: string,
    more: IClientOptions = {},
  ): Promise<MqttClient> {
    const options: IClientOptions = { ca, reconnectPeriod: 0, protocolVersion: 4, clientId, ...certificate, ...more };
    const client = connect(`mqtts://localhost:${port}`, options);
    clients.push(client);
    return new Promise((resolve, reject) => {
      client.once('connect', () => resolve(client));
      client.once('error', reject);
      client.once('close', () => reject(new Error('closed')));
    });
  }
  /** What malmi-1 is told, or heard of it by the gateway, shows that what came before it would have arrived as well. */
  const knownTo = async (terminal: string) =>
    (await gateway.json<{ terminals: { id: string }[] }>('/api/v1/terminals')).terminals.some(
      ({ id }) => id === terminal,
    );

  it('carries the presses of an enrolled terminal to the gateway, and its acks back', async () => {
    const config = writeTerminalConfig(bench, 'oulu-1', 0, { broker: { url: `mqtts://localhost:${port}` } });
    await enrolled('oulu-1');
    const terminal = new TerminalProgram(bench, 'oulu-1', config);
    await terminal.press(3);
    await terminal.press(0);
    const presses = await until(
      'presses',
      () => gateway.presses('oulu-1'),
      ({ length }) => length === 2,
    );
    expect(presses.map(({ rating }) => rating)).toEqual([3, 0]);
    // That an ack came is written down with the next press.
    await until(
      'acks',
      async () => {
        await terminal.press(1);
        const { stdout } = await runCommand(TERMINAL_PROGRAM, 'status', '--json', '--config', config);
        return (JSON.parse(stdout) as { epochs: { ackedSeq: number }[] }).epochs;
      },
      (epochs) => epochs.some(({ ackedSeq }) => ackedSeq >= 2),
    );
    const asked = await command('command', 'oulu-1', 'send-diagnostics');
    expect(JSON.parse(asked.stdout)).toMatchObject({ firmware: expect.anything() });
    await terminal.stop();
  });

  it('lets nobody in without a certificate, with one of another authority, or with one that ran out', async () => {
    mkdirSync(bench.path('past', 'identity'), { recursive: true });
    copyFileSync(
      bench.path('gateway-data', 'identity', 'authority.pem'),
      bench.path('past', 'identity', 'authority.pem'),
    );
    for (const certificate of [undefined, await issued('foreign', 0), await issued('past', 400)]) {
      await expect(open(certificate, 'hymio-kallio-1')).rejects.toThrow();
    }
    await expect(open(await issued('past', 1), 'hymio-kallio-1')).resolves.toBeDefined();
  });

  it('lets a terminal say nothing on topics of others, by message or will, and hear nothing of them', async () => {
    const malmi = await open(held['malmi-1'], 'hymio-malmi-1');
    const topic = 'hymio/v1/ghost-1/availability';
    const will = { topic, payload: Buffer.from('online'), qos: 1 as const, retain: true };
    const kallio = await open(held['kallio-1'], 'hymio-kallio-1', { will }).catch(() => undefined);
    if (kallio !== undefined) {
      const gone = new Promise<void>((resolve) => void kallio.once('close', () => resolve()));
      kallio.stream.destroy();
      await gone;
    }
    const other = await open(held['kallio-1'], 'hymio-malmi-1');
    const heard: string[] = [];
    other.on('message', (about) => void heard.push(about));
    await other.subscribeAsync(['#', 'hymio/v1/+/ack', 'hymio/v1/+/status'], { qos: 1 }).catch(silent);
    await other.publishAsync('hymio/v1/ghost-2/availability', 'online', { qos: 1, retain: true });
    await other.publishAsync('hymio/v1/malmi-1/ack', '{}', { qos: 1 });
    await malmi.publishAsync('hymio/v1/malmi-1/availability', 'online', { qos: 1, retain: true });
    await other.publishAsync('hymio/v1/kallio-1/availability', 'online', { qos: 1, retain: true });
    await until('malmi-1', () => knownTo('malmi-1'), Boolean);
    await until('kallio-1', () => knownTo('kallio-1'), Boolean);
    expect([await knownTo('ghost-1'), await knownTo('ghost-2')]).toEqual([false, false]);
    expect(heard.filter((about) => !about.startsWith('hymio/v1/kallio-1/'))).toEqual([]);
    // With another's client id it was still itself, and threw nobody off.
    expect([malmi.connected, other.connected]).toEqual([true, true]);
  });

  it('lets a revoked terminal in no more once the list was written anew and read', async () => {
    await expect(open(held['pasila-1'], 'hymio-pasila-1')).resolves.toBeDefined();
    expect((await command('revoke', 'pasila-1')).code).toBe(0);
    expect(await writeBroker()).toMatchObject({ code: 0, stdout: expect.stringContaining('certificates: 1') });
    const since = mosquitto.lines.length;
    process.kill(mosquitto.pid, 'SIGHUP');
    await mosquitto.line(/Reloading config/, since);
    await expect(open(held['pasila-1'], 'hymio-pasila-1')).rejects.toThrow();
    await expect(open(held['malmi-1'], 'hymio-malmi-1')).resolves.toBeDefined();
  });

  it('keeps nothing of a terminal that was shut out, though its connection stays', async () => {
    const espoo = await open(await enrolled('espoo-1'), 'hymio-espoo-1');
    const says = (terminal: keyof typeof EPOCHS, client: MqttClient, seq: number) =>
      client.publishAsync(
        `hymio/v1/${terminal}/presses`,
        JSON.stringify({
          epoch: EPOCHS[terminal],
          firstSeq: seq,
          oldestSeq: 1,
          presses: [{ at: Date.now(), rating: 3, clock: 'synced' }],
        }),
        { qos: 1 },
      );
    const kept = (terminal: string, count: number) =>
      until(
        `${count} of ${terminal}`,
        () => gateway.presses(terminal),
        ({ length }) => length === count,
      );
    await says('espoo-1', espoo, 1);
    await kept('espoo-1', 1);
    expect((await command('revoke', 'espoo-1')).code).toBe(0);
    await says('espoo-1', espoo, 2);
    await gateway.child.line(/shut out still speaks/);
    // What comes after it shows that it would have been there.
    await says('malmi-1', await open(held['malmi-1'], 'hymio-malmi-1'), 1);
    await kept('malmi-1', 1);
    expect([espoo.connected, (await gateway.presses('espoo-1')).length]).toEqual([true, 1]);
    // Enrolled anew it is heard again, and so is what it had not been acknowledged.
    const anew = await open(await enrolled('espoo-1'), 'hymio-espoo-1');
    await says('espoo-1', anew, 2);
    await kept('espoo-1', 2);
  });
});
