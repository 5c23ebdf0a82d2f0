import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { makeCsr } from '@hymio/device';
import {
  authorityFingerprint,
  hashCodeSecret,
  type Identity,
  openIdentity,
  openSqliteStore,
  type SqliteStore,
} from '@hymio/gateway';
import { codeText, makeCodeSecret } from '@hymio/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, postJson } from '../support/post-json.js';
import { TestBench } from '../support/test-bench.js';

const DAY_MS = 24 * 3_600_000;
const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

describe('enrolment over HTTPS', () => {
  const bench = new TestBench('enrolment');
  const start = Date.now();
  let now = start;
  let monotonic = 0;
  let store: SqliteStore;
  let identity: Identity;
  let url = '';
  let count = 0;
  const keys = { a: newKey(), b: newKey() };

  beforeAll(async () => {
    store = await openSqliteStore({ folder: bench.path('data'), reads: 'in-thread' });
    const clock = { now: () => now, monotonic: () => monotonic, after: () => silent };
    identity = await openIdentity({
      config: { names: ['127.0.0.1', 'hymio.example.org'], listen: { host: '127.0.0.1', port: 0 }, graceDays: 30 },
      ...{ data: bench.path('data'), store: store.identity, clock, log },
    });
    url = `https://127.0.0.1:${await identity.server?.start()}/api/v1`;
  });
  afterAll(async () => {
    await identity.server?.stop();
    await store.close();
    await bench.clear();
  });
  beforeEach(() => {
    now = start;
    // Tries of the test before are forgotten.
    monotonic += DAY_MS;
    count += 1;
  });

  async function newCode(terminal: string): Promise<string> {
    const secret = makeCodeSecret((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
    const by = { who: 'Aino', at: now };
    await identity.identities.addCode({ terminal, hash: hashCodeSecret(secret), expiresAt: now + DAY_MS }, by);
    return codeText({ secret, fingerprint: authorityFingerprint(identity.authority.raw) });
  }
  const enrol = (code: string, csr: string): Promise<Answer> =>
    postJson(`${url}/enrolments`, { code, csr }, { ca: identity.authority.pem });
  const renew = (csr: string, key?: KeyObject, cert?: unknown): Promise<Answer> =>
    postJson(
      `${url}/renewals`,
      { csr },
      {
        ca: identity.authority.pem,
        ...(key && { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: String(cert) }),
      },
    );
  /** A terminal of this test alone, enrolled. */
  async function enrolled(): Promise<{ terminal: string; key: KeyObject; certificate: string }> {
    const terminal = `terminal-${count}`;
    const { body } = await enrol(await newCode(terminal), makeCsr(terminal, keys.a));
    return { terminal, key: keys.a, certificate: String(body['certificate']) };
  }

  it('gives a certificate of 13 months for a code, to the key that asked, from an authority with a key of its own', async () => {
    const answer = await enrol(await newCode('kallio-1'), makeCsr('kallio-1', keys.a));
    expect(answer.status).toBe(201);
    const certificate = new X509Certificate(String(answer.body['certificate']));
    const authority = new X509Certificate(String(answer.body['authority']));
    expect(certificate.subject).toBe('CN=kallio-1');
    expect(certificate.checkPrivateKey(keys.a)).toBe(true);
    expect(certificate.checkIssued(authority) && certificate.verify(authority.publicKey)).toBe(true);
    expect({ terminal: certificate.ca, authority: authority.ca }).toEqual({ terminal: false, authority: true });
    expect(Math.round((Date.parse(certificate.validTo) - now) / DAY_MS)).toBe(396);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    const file = bench.path('data', 'identity', 'authority.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const lines = await store.registryLog({ limit: 9, subject: { kind: 'terminal-identity', id: 'kallio-1' } });
    expect(lines.map(({ who, what }) => [who, what])).toEqual([
      ['terminal kallio-1', 'enrol-terminal'],
      ['Aino', 'create-enrolment-code'],
    ]);
  });

  it('answers a code that is unknown, used, too old, or replaced by a newer one with the very same words', async () => {
    const replaced = await newCode('malmi-1');
    const used = await newCode('malmi-1');
    await enrol(used, makeCsr('malmi-1', keys.a));
    const old = await newCode('malmi-2');
    now += DAY_MS;
    const unknown = `${'0000-'.repeat(3)}${used.slice(15)}`;
    const foreign = `${used.slice(0, 15)}${'0000-'.repeat(4)}0000`;
    const answers = await Promise.all(
      [replaced, used, unknown, foreign, 'ABCD-EFGH'].map((code) => enrol(code, makeCsr('malmi-1', keys.b))),
    );
    answers.push(await enrol(old, makeCsr('malmi-2', keys.b)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 403, body: { code: 'enrolment-refused' } });
  });

  it('gives the same certificate again where the answer was lost, but only to the same key', async () => {
    const code = await newCode('pasila-1');
    const [first, again] = [
      await enrol(code, makeCsr('pasila-1', keys.a)),
      await enrol(code, makeCsr('pasila-1', keys.a)),
    ];
    expect(again).toEqual(first);
    expect(await store.identity.certificates('pasila-1')).toHaveLength(1);
    expect((await enrol(code, makeCsr('pasila-1', keys.b))).status).toBe(403);
  });

  it('is stopped after ten failures from one address, the right code included', async () => {
    const code = await newCode('kallio-9');
    const wrong = `${'ZZZZ-'.repeat(3)}${code.slice(15)}`;
    const answers = await Promise.all(Array.from({ length: 12 }, () => enrol(wrong, makeCsr('kallio-9', keys.a))));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429]);
    expect(await enrol(code, makeCsr('kallio-9', keys.a))).toMatchObject({ status: 429 });
    monotonic += 15 * 60_000;
    expect(await enrol(code, makeCsr('kallio-9', keys.a))).toMatchObject({ status: 201 });
  });

  it('is stopped after ten failures from any addresses of one network of IPv6, and not from others', async () => {
    const code = await newCode('kallio-8');
    const wrong = `${'ZZZZ-'.repeat(3)}${code.slice(15)}`;
    const from = (typed: string, address: string) =>
      identity.identities.enrol(typed, makeCsr('kallio-8', keys.a), address);
    for (let host = 1; host <= 10; host += 1) {
      await expect(from(wrong, `2001:db8:0:1::${host}`)).rejects.toMatchObject({ code: 'enrolment-refused' });
    }
    await expect(from(code, '2001:db8:0:1:a:b:c:d')).rejects.toMatchObject({ code: 'too-many-tries' });
    await expect(from(code, '2001:db8:0:2::1')).resolves.toMatchObject({ authority: identity.authority.pem });
  });

  it('refuses requests that are none, of another curve, forged, for another terminal, or too large', async () => {
    const code = await newCode('oulu-1');
    const good = makeCsr('oulu-1', keys.a);
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    const body = Buffer.from(good.split('\n').slice(1, -2).join(''), 'base64');
    body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
    const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${body.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
    for (const csr of ['', 'nonsense', makeCsr('oulu-1', other), forged, makeCsr('Not An Id', keys.a)]) {
      expect(await enrol(code, csr)).toMatchObject({ status: 400, body: { code: 'csr-refused' } });
    }
    expect(await enrol(code, makeCsr('oulu-2', keys.a))).toMatchObject({ body: { code: 'enrolment-for-another' } });
    const ca = identity.authority.pem;
    expect(await postJson(`${url}/enrolments`, '{"code":', { ca })).toMatchObject({ status: 400 });
    expect(await postJson(`${url}/enrolments`, { code, csr: 'x'.repeat(9_000) }, { ca })).toMatchObject({
      status: 413,
    });
    expect(await postJson(`${url}/terminals`, {}, { ca })).toMatchObject({ status: 404 });
    expect(await enrol(code, good)).toMatchObject({ status: 201 });
  });

  it('renews with the old certificate, also one that has run out, within the days of grace', async () => {
    const { terminal, key, certificate } = await enrolled();
    const csr = makeCsr(terminal, keys.b);
    now += 300 * DAY_MS;
    const renewed = await renew(csr, key, certificate);
    expect(renewed.status).toBe(201);
    expect(new X509Certificate(String(renewed.body['certificate'])).checkPrivateKey(keys.b)).toBe(true);
    now = start + (396 + 29) * DAY_MS;
    expect(await renew(csr, key, certificate)).toMatchObject({ status: 201 });
    now = start + (396 + 31) * DAY_MS;
    expect(await renew(csr, key, certificate)).toMatchObject({ status: 403, body: { code: 'certificate-refused' } });
  });

  it('renews nothing without a certificate of our own, for another terminal, or after a revocation', async () => {
    const { terminal, key, certificate } = await enrolled();
    const csr = makeCsr(terminal, keys.b);
    expect(await renew(csr)).toMatchObject({ status: 401 });
    const foreign = await openIdentity({
      config: { names: ['127.0.0.1'], graceDays: 0 },
      data: bench.path('foreign'),
      store: store.identity,
      clock: { now: Date.now, monotonic: () => 0, after: () => silent },
      log,
    });
    const server = await foreign.authority.serverCertificate(['127.0.0.1'], now);
    expect(await renew(csr, createPrivateKey(server.key), server.certificate)).toMatchObject({ status: 403 });
    const own = await identity.authority.serverCertificate(['127.0.0.1'], now);
    expect(await renew(csr, createPrivateKey(own.key), own.certificate)).toMatchObject({ status: 403 });
    expect(await renew(makeCsr('kallio-1', keys.b), key, certificate)).toMatchObject({ status: 403 });
    expect(await renew(csr, key, certificate)).toMatchObject({ status: 201 });
    await identity.identities.revoke(terminal, { who: 'Otso', at: now });
    expect(await renew(csr, key, certificate)).toMatchObject({ status: 403, body: { code: 'certificate-refused' } });
    await expect(identity.identities.revoke(terminal, { who: 'Otso', at: now })).rejects.toMatchObject({
      code: 'no-certificate',
    });
  });

  it('says so where an authority is made although there are certificates of another', async () => {
    await enrolled();
    const said: string[] = [];
    await openIdentity({
      config: { names: ['127.0.0.1'], graceDays: 0 },
      data: bench.path('moved'),
      store: store.identity,
      clock: { now: Date.now, monotonic: () => 0, after: () => silent },
      log: { ...log, error: (text, fields) => void said.push(`${text} ${JSON.stringify(fields)}`) },
    });
    expect(said).toEqual([expect.stringContaining('authority-new')]);
  });

  it('ends the earlier certificates of a terminal that enrols anew, and keeps all of it in a backup', async () => {
    const { terminal } = await enrolled();
    await enrol(await newCode(terminal), makeCsr(terminal, keys.b));
    const held = await store.identity.certificates(terminal);
    expect(held.map(({ revokedAt }) => revokedAt !== undefined)).toEqual([true, false]);
    expect(identity.identities.isRevoked(new X509Certificate(held[0]?.pem ?? ''))).toBe(true);
    const copy = bench.path('copy', 'store.sqlite');
    bench.write('copy/.keep', '');
    await store.backup(copy);
    const restored = await openSqliteStore({ folder: bench.path('copy'), reads: 'in-thread' });
    expect(await restored.identity.certificates(terminal)).toEqual(held);
    await restored.close();
  });

  it('takes a terminal in again that enrolled since the copy from which the store was restored, when it renews', async () => {
    const { terminal } = await enrolled();
    await identity.identities.revoke(terminal, { who: 'Otso', at: now });
    const copy = bench.path('copy-of-then', 'store.sqlite');
    bench.write('copy-of-then/.keep', '');
    await store.backup(copy);
    const { body } = await enrol(await newCode(terminal), makeCsr(terminal, keys.b));
    const restored = await openSqliteStore({ folder: bench.path('copy-of-then'), reads: 'in-thread' });
    const clock = { now: () => now, monotonic: () => monotonic, after: () => silent };
    const config = { names: ['127.0.0.1'], graceDays: 30 };
    const { identities } = await openIdentity({
      ...{ config, data: bench.path('data'), store: restored.identity, clock, log },
    });
    expect(identities.isShutOut(terminal)).toBe(true);
    const held = new X509Certificate(String(body['certificate']));
    await identities.renew(held.raw, makeCsr(terminal, keys.a));
    expect(identities.isShutOut(terminal)).toBe(false);
    await restored.close();
  });

  it('shuts a terminal out for good whose certificate is newer than the copy from which the store was restored', async () => {
    const { terminal } = await enrolled();
    const copy = bench.path('copy-before-renewal', 'store.sqlite');
    bench.write('copy-before-renewal/.keep', '');
    await store.backup(copy);
    now += DAY_MS;
    const held = new X509Certificate((await identity.identities.certificates(terminal)).at(-1)?.pem ?? '');
    const { certificate } = await identity.identities.renew(held.raw, makeCsr(terminal, keys.b));
    const renewed = new X509Certificate(certificate);
    const restored = await openSqliteStore({ folder: bench.path('copy-before-renewal'), reads: 'in-thread' });
    const clock = { now: () => now, monotonic: () => monotonic, after: () => silent };
    const { identities } = await openIdentity({
      config: { names: ['127.0.0.1'], graceDays: 30 },
      ...{ data: bench.path('data'), store: restored.identity, clock, log },
    });
    expect(identities.isRevoked(renewed)).toBe(false);
    now += DAY_MS;
    await identities.revoke(terminal, { who: 'Otso', at: now });
    expect(identities.isRevoked(renewed)).toBe(true);
    await expect(identities.renew(renewed.raw, makeCsr(terminal, keys.a))).rejects.toMatchObject({
      code: 'certificate-refused',
    });
    await restored.close();
  });
});
