import { X509Certificate } from 'node:crypto';
import { type DeviceClock, enrolTerminal, IdentityFile, MqttTransport, TerminalIdentity } from '@hymio/device';
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
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const DAY_MS = 24 * 3_600_000;
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

describe('a terminal with a certificate', () => {
  const bench = new TestBench('certificate-faults');
  /** How far the gateway's clock is back, for certificates that were issued long ago. */
  let ago = 0;
  let count = 0;
  let store: SqliteStore;
  let identity: Identity;
  let gateway = '';
  beforeAll(async () => {
    store = await openSqliteStore({ folder: bench.path('data'), reads: 'in-thread' });
    identity = await openIdentity({
      config: { names: ['localhost'], listen: { host: '127.0.0.1', port: 0 }, graceDays: 30 },
      data: bench.path('data'),
      store: store.identity,
      clock: { now: () => Date.now() - ago, monotonic: () => 0, after: () => silent },
      log,
    });
    gateway = `https://localhost:${await identity.server?.start()}`;
  });
  afterAll(async () => {
    await identity.server?.stop();
    await store.close();
    await bench.clear();
  });

  /** A terminal that enrolled so many days ago. */
  async function enrolled(days: number): Promise<{ terminal: string; file: IdentityFile }> {
    count += 1;
    const terminal = `terminal-${count}`;
    const file = new IdentityFile(bench.path(terminal));
    const secret = makeCodeSecret((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
    const hash = hashCodeSecret(secret);
    ago = days * DAY_MS;
    const expiresAt = Date.now() - ago + DAY_MS;
    await identity.identities.addCode({ terminal, hash, expiresAt }, { who: 'Aino', at: Date.now() - ago });
    const code = codeText({ secret, fingerprint: authorityFingerprint(identity.authority.raw) });
    await enrolTerminal(terminal, file, { gateway, code });
    ago = 0;
    return { terminal, file };
  }

  /** A broker with a certificate for these names, made so many days ahead of now. */
  async function brokerOf(names: string[], daysAhead = 0): Promise<string> {
    const { certificate, key } = await identity.authority.serverCertificate(names, Date.now() + daysAhead * DAY_MS);
    const { authority, identities } = identity;
    const broker = new EmbeddedBroker({
      log,
      maxConnections: 100,
      secure: {
        address: { host: '127.0.0.1', port: 0 },
        ...{ certificate, key, authority: authority.pem },
        isRevoked: (certificate) => identities.isRevoked(certificate),
        onRevoked: (listener) => identities.onRevoked(listener),
        monotonic: () => performance.now(),
      },
    });
    await broker.start({ message: silent });
    onTestFinished(() => broker.stop());
    return `mqtts://localhost:${broker.securePort}`;
  }

  /** The firmware's connection, whose clock can be asked to pass the time until the next look at the certificate. */
  function connectionOf({ terminal, file }: { terminal: string; file: IdentityFile }, url: string) {
    const faults = new Map<string, string>();
    let connected = false;
    const looks: (() => void)[] = [];
    const clock = (after: DeviceClock['after']): DeviceClock => ({
      ...{ now: Date.now, monotonic: () => performance.now(), bootId: 'boot', synced: () => true, after },
    });
    const look = clock((_delayMs, run) => {
      looks.push(run);
      return silent;
    });
    const reconnect = clock((delayMs, run) => {
      const timer = setTimeout(run, Math.min(delayMs, 50));
      return () => clearTimeout(timer);
    });
    const own = new TerminalIdentity({ terminal, file, clock: look, random: () => 0.5, log });
    const transport = new MqttTransport({ terminal, url, clock: reconnect, random: () => 0, log, identity: own });
    transport.start({
      connected: () => {
        connected = true;
      },
      disconnected: silent,
      message: silent,
      fault: (code, detail) => void (detail === undefined ? faults.delete(code) : faults.set(code, detail)),
    });
    onTestFinished(() => transport.stop());
    const reach = (what: string, right: () => boolean) => until(what, async () => [...faults], right);
    return { faults, reach, isConnected: () => connected, lookNow: () => looks.shift()?.() };
  }

  it('renews it with a new key once two thirds of its time have passed, and not before', async () => {
    const [young, old] = [await enrolled(263), await enrolled(265)];
    const url = await brokerOf(['localhost']);
    const [before, kept] = [old.file.read(), young.file.read()];
    const connections = [connectionOf(young, url), connectionOf(old, url)];
    for (const { lookNow } of connections) lookNow();
    await until(
      'the new certificate',
      async () => old.file.read()?.certificate,
      (now) => now !== before?.certificate,
    );
    const renewed = old.file.read();
    expect(renewed?.key).not.toBe(before?.key);
    expect(Date.parse(new X509Certificate(renewed?.certificate ?? '').validTo) - Date.now()).toBeGreaterThan(
      395 * DAY_MS,
    );
    expect(young.file.read()).toEqual(kept);
  });

  it('is let in by nobody once it ran out, says so, and renews it within the days of grace', async () => {
    const late = await enrolled(420);
    const { faults, reach, isConnected, lookNow } = connectionOf(late, await brokerOf(['localhost']));
    await reach('the fault', () => faults.has('certificate-expired'));
    expect(isConnected()).toBe(false);
    lookNow();
    await reach('the connection', isConnected);
    await reach('no fault', () => faults.size === 0);
  });

  it('says that it cannot renew where the days of grace are over', async () => {
    const { faults, reach, lookNow } = connectionOf(await enrolled(430), await brokerOf(['localhost']));
    lookNow();
    await reach('the fault', () => faults.has('certificate-not-renewed'));
    expect(faults.get('certificate-not-renewed')).toMatch('ran out too long ago');
    await reach('the other fault', () => faults.has('certificate-expired'));
  });

  it.each([
    ['clock-not-set', ['localhost'], 10],
    ['broker-not-trusted', ['hymio.example.org'], 0],
  ])('says %s of a broker with a certificate for %j that holds in %i days', async (fault, names, days) => {
    const { faults, reach, isConnected } = connectionOf(await enrolled(0), await brokerOf(names, days));
    await reach('the fault', () => faults.has(fault));
    expect(isConnected()).toBe(false);
  });
});
