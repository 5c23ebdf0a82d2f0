import { generateKeyPairSync } from 'node:crypto';
import { makeCsr } from '@hymio/device';
import {
  authorityFingerprint,
  EmbeddedBroker,
  type GatewayLinkListener,
  hashCodeSecret,
  type Identity,
  openIdentity,
  openSqliteStore,
  type SqliteStore,
} from '@hymio/gateway';
import { codeText, makeCodeSecret } from '@hymio/protocol';
import { memoryFolder } from './memory-folder.js';

const DAY_MS = 24 * 3_600_000;
const silent = () => undefined;
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** What a terminal shows and trusts, PEM. */
export interface HeldIdentity {
  key: string;
  cert: string;
  ca: string;
}

export interface BrokerPatience {
  connectTimeoutMs: number;
  handshakeTimeoutMs: number;
}

/** The embedded broker with and without TLS in this process, and the authority that makes terminals known to it. */
export class SecureBrokerRig {
  readonly store: SqliteStore;
  readonly broker: EmbeddedBroker;
  readonly warned: string[];
  readonly #identity: Identity;

  private constructor(
    { store, broker, warned }: Pick<SecureBrokerRig, 'store' | 'broker' | 'warned'>,
    identity: Identity,
  ) {
    this.store = store;
    this.broker = broker;
    this.warned = warned;
    this.#identity = identity;
  }

  /** Not listening yet. */
  static async make({ connectTimeoutMs, handshakeTimeoutMs }: BrokerPatience): Promise<SecureBrokerRig> {
    const folder = memoryFolder('hymio-secure-broker-');
    const warned: string[] = [];
    const log = { debug: silent, info: silent, error: silent, warn: (text: string) => void warned.push(text) };
    const store = await openSqliteStore({ folder, reads: 'in-thread' });
    const clock = { now: Date.now, monotonic: () => 0, after: () => silent };
    const config = { names: ['127.0.0.1'], graceDays: 90 };
    const identity = await openIdentity({ config, data: folder, store: store.identity, clock, log });
    const { certificate, key } = await identity.authority.serverCertificate(['127.0.0.1'], Date.now());
    const broker = new EmbeddedBroker({
      log,
      connectTimeoutMs,
      plain: { host: '127.0.0.1', port: 0 },
      secure: {
        address: { host: '127.0.0.1', port: 0 },
        ...{ certificate, key, authority: identity.authority.pem, handshakeTimeoutMs },
        isRevoked: (serial) => identity.identities.isRevoked(serial),
        onRevoked: (listener) => identity.identities.onRevoked(listener),
        monotonic: () => performance.now(),
      },
    });
    return new SecureBrokerRig({ store, broker, warned }, identity);
  }

  async start(listener: GatewayLinkListener): Promise<void> {
    await this.broker.start(listener);
  }

  /** A terminal that has enrolled. */
  async enrolled(terminal: string): Promise<HeldIdentity> {
    const { identities, authority } = this.#identity;
    const secret = makeCodeSecret((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
    const at = Date.now();
    await identities.addCode({ terminal, hash: hashCodeSecret(secret), expiresAt: at + DAY_MS }, { who: 'Aino', at });
    const code = codeText({ secret, fingerprint: authorityFingerprint(authority.raw) });
    const { certificate } = await identities.enrol(code, makeCsr(terminal, privateKey), '');
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return { key, cert: certificate, ca: authority.pem };
  }

  async stop(): Promise<void> {
    await this.broker.stop();
    await this.store.close();
  }
}
