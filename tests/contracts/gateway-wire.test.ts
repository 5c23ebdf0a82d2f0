import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { type GatewayWire, HTTPS_WIRE, makeCsr } from '@hymio/device';
import {
  answerEnrolment,
  type Identity,
  openIdentity,
  openSqliteStore,
  readCsr,
  type SqliteStore,
} from '@hymio/gateway';
import { IdentityWire, KnownCertificates, RealWork, Scheduler, seededRandom } from '@hymio/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, TestBench } from '../support/test-bench.js';

const bench = new TestBench('gateway-wire');
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const NAMES = ['localhost'];
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const pemOf = (key: ReturnType<typeof newKey>) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

let store: SqliteStore;
let identity: Identity;
let port = 0;

beforeAll(async () => {
  store = await openSqliteStore({ folder: bench.path('data'), reads: 'in-thread' });
  identity = await openOne('data');
  port = (await identity.server?.start()) ?? 0;
});
afterAll(async () => {
  await identity.server?.stop();
  await store.close();
  await bench.clear();
});

/** A gateway's identity part with an authority of its own. */
function openOne(folder: string): Promise<Identity> {
  const clock = { now: Date.now, monotonic: () => performance.now(), after: () => silent };
  const config = { names: NAMES, listen: { host: '127.0.0.1', port: 0 }, graceDays: 30 };
  return openIdentity({ config, data: bench.path(folder), store: store.identity, clock, log });
}

/** Virtual time goes on while something is awaited. */
async function simulated(
  gone: boolean,
): Promise<{ wire: GatewayWire; letTimePass: <T>(result: Promise<T>) => Promise<T> }> {
  const work = new RealWork();
  const scheduler = new Scheduler(Date.now(), () => work.idle);
  const certificates = new KnownCertificates();
  const pair = await identity.authority.serverCertificate(NAMES, Date.now());
  const shown = { own: new X509Certificate(pair.certificate), authority: new X509Certificate(identity.authority.pem) };
  const wire = new IdentityWire({
    ...{ scheduler, certificates, random: seededRandom(1), delayMs: 100, from: 'terminal-1' },
    ...{ wall: () => scheduler.now(), plugged: () => true, answersArrive: () => true },
    end: {
      shown: () => (gone ? undefined : shown),
      receive: (request, answered) => {
        void work.during(() => answerEnrolment(request, { identities: identity.identities, log })).then(answered);
        scheduler.promisesWait();
      },
    },
  });
  return {
    wire,
    letTimePass: async (result) => {
      let over = false;
      const ended = result.finally(() => {
        over = true;
      });
      // What it ends with is for whoever awaits it.
      ended.catch(silent);
      while (!over) {
        scheduler.promisesWait();
        await scheduler.runUntil(scheduler.now() + 100, () => over);
      }
      return ended;
    },
  };
}

describe.each(['over HTTPS', 'in the simulation'] as const)('the way to the gateway %s', (kind) => {
  const url = (route = '') => `https://localhost:${port}${route}`;

  async function open(
    gone = false,
  ): Promise<{ wire: GatewayWire; letTimePass: <T>(result: Promise<T>) => Promise<T> }> {
    return kind === 'over HTTPS' ? { wire: HTTPS_WIRE, letTimePass: (result) => result } : simulated(gone);
  }

  it('shows what the gateway shows, its authority last', async () => {
    const { wire, letTimePass } = await open();
    const chain = await letTimePass(wire.chain(url()));
    expect(chain.map((raw) => new X509Certificate(raw).subject)[0]).toBe('CN=hymio_server');
    expect(Buffer.from(chain.at(-1) ?? []).equals(Buffer.from(identity.authority.raw))).toBe(true);
  });

  it('brings a question there and the answer back, whatever it says', async () => {
    const { wire, letTimePass } = await open();
    const asked = (body: string) =>
      letTimePass(wire.post(url('/api/v1/enrolments'), body, { ca: identity.authority.pem }));
    expect(JSON.parse(await asked('nonsense'))).toMatchObject({ code: 'bad-request' });
    const body = JSON.stringify({ code: 'no code', csr: makeCsr('terminal-1', newKey()) });
    expect(JSON.parse(await asked(body))).toMatchObject({ code: 'enrolment-refused' });
  });

  it('shows the certificate whose key it has, and no other', async () => {
    const { wire, letTimePass } = await open();
    const [held, other] = [newKey(), newKey()];
    const csr = await readCsr(makeCsr('terminal-1', held));
    const { pem: cert } = await identity.authority.issue(csr, Date.now());
    const ask = (key: typeof held) =>
      letTimePass(
        wire.post(url('/api/v1/renewals'), JSON.stringify({ csr: makeCsr('terminal-1', other) }), {
          ...{ ca: identity.authority.pem, cert, key: pemOf(key) },
        }),
      );
    expect(JSON.parse(await ask(held))).toMatchObject({ certificate: expect.stringContaining('BEGIN CERTIFICATE') });
    await expect(ask(other)).rejects.toMatchObject({ code: expect.stringContaining('KEY_VALUES_MISMATCH') });
    const none = wire.post(url('/api/v1/renewals'), '{}', { ca: identity.authority.pem });
    expect(JSON.parse(await letTimePass(none))).toMatchObject({ code: 'certificate-needed' });
  });

  it('says nothing to a gateway of another authority', async () => {
    const { wire, letTimePass } = await open();
    const { authority } = await openOne('another');
    const asked = wire.post(url('/api/v1/enrolments'), '{}', { ca: authority.pem });
    await expect(letTimePass(asked)).rejects.toMatchObject({ code: 'SELF_SIGNED_CERT_IN_CHAIN' });
  });

  it('fails where nobody answers', async () => {
    const { wire, letTimePass } = await open(true);
    const nowhere = `https://localhost:${await freePort()}`;
    await expect(letTimePass(wire.chain(nowhere))).rejects.toThrow('ECONNREFUSED');
    const asked = wire.post(`${nowhere}/api/v1/enrolments`, '{}', { ca: identity.authority.pem });
    await expect(letTimePass(asked)).rejects.toThrow('ECONNREFUSED');
  });
});
