import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { makeCsr } from '@hymio/device';
import {
  accountUserName,
  authorityFingerprint,
  EmbeddedBroker,
  type GatewayLinkListener,
  hashAccountPassword,
  hashCodeSecret,
  type Identity,
  MqttAccounts,
  makeAccountPassword,
  openIdentity,
  openSqliteStore,
  type SqliteStore,
} from '@hymio/gateway';
import { codeText, makeCodeSecret } from '@hymio/protocol';
import { memoryFolder } from './memory-folder.js';

const DAY_MS = 24 * 3_600_000;
const BY = { who: 'Aino', at: 0 };
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
  /** Those beyond are refused. */
  maxConnections?: number;
  /** How long who has no certificate may take to show an account; absent: nobody comes without one. */
  accountPatienceMs?: number;
}

/** The embedded broker with and without TLS in this process, and the authority that makes terminals known to it. */
export class SecureBrokerRig {
  readonly store: SqliteStore;
  readonly broker: EmbeddedBroker;
  readonly warned: string[];
  readonly accounts: MqttAccounts;
  readonly #identity: Identity;

  private constructor(
    { store, broker, warned, accounts }: Pick<SecureBrokerRig, 'store' | 'broker' | 'warned' | 'accounts'>,
    identity: Identity,
  ) {
    this.store = store;
    this.broker = broker;
    this.accounts = accounts;
    this.warned = warned;
    this.#identity = identity;
  }

  /** Not listening yet. */
  static async make({
    connectTimeoutMs,
    handshakeTimeoutMs,
    maxConnections = 20_000,
    accountPatienceMs,
  }: BrokerPatience): Promise<SecureBrokerRig> {
    const folder = memoryFolder('hymio-secure-broker-');
    const warned: string[] = [];
    const log = { debug: silent, info: silent, error: silent, warn: (text: string) => void warned.push(text) };
    const store = await openSqliteStore({ folder, reads: 'in-thread' });
    const clock = { now: Date.now, monotonic: () => 0, after: () => silent };
    const config = { names: ['127.0.0.1'], graceDays: 90 };
    const identity = await openIdentity({ config, data: folder, store: store.identity, clock, log });
    const { certificate, key } = await identity.authority.serverCertificate(['127.0.0.1'], Date.now());
    const accounts = new MqttAccounts({ store: store.accounts, registry: () => store.registry() });
    await accounts.refresh();
    const broker = new EmbeddedBroker({
      ...{ log, connectTimeoutMs, maxConnections },
      events: accountPatienceMs !== undefined,
      plain: { host: '127.0.0.1', port: 0 },
      secure: {
        address: { host: '127.0.0.1', port: 0 },
        ...{ certificate, key, authority: identity.authority.pem, handshakeTimeoutMs },
        isRevoked: (certificate) => identity.identities.isRevoked(certificate),
        onRevoked: (listener) => identity.identities.onRevoked(listener),
        monotonic: () => performance.now(),
        ...(accountPatienceMs !== undefined && { accounts, patienceMs: accountPatienceMs }),
      },
    });
    return new SecureBrokerRig({ store, broker, warned, accounts }, identity);
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

  /** The authority that the broker's certificate is of, PEM. */
  get authority(): string {
    return this.#identity.authority.pem;
  }

  /** A new account, and its password. */
  async account(name: string): Promise<{ username: string; password: string }> {
    const password = makeAccountPassword(randomBytes);
    await this.accounts.create({ name, password: hashAccountPassword(password, randomBytes) }, BY);
    return { username: accountUserName(name), password };
  }

  async stop(): Promise<void> {
    await this.broker.stop();
    await this.store.close();
  }
}
