import type { Socket } from 'node:net';
import { isEventTopic } from '@hymio/protocol';
import type { Client } from 'aedes';
import { isHeardBy, type MqttAccounts } from '../accounts/mqtt-accounts.js';
import { TryLimit } from '../identity/try-limit.js';
import type { Log } from '../log/log.js';
import type { BrokerHooks } from './event-guard.js';
import { LogLimit } from './log-limit.js';

/** Connections without a certificate at once, whoever they are. */
const MOST_CONNECTIONS = 500;
/** Who has not shown an account by then has to go, ms. */
const PATIENCE_MS = 10_000;
const TRIES = { perAddress: 50, inAll: 1_000, windowMs: 15 * 60_000 };
const LOG_INTERVAL_MS = 60_000;

interface Peer {
  /** Absent until it has shown that it has an account. */
  account?: { user: string; createdAt: number };
}

export interface AccountPeersParts {
  accounts: Pick<MqttAccounts, 'check' | 'holds' | 'filterOf' | 'onChanged'>;
  /** Monotonic, ms. */
  monotonic(): number;
  log: Log;
  patienceMs?: number;
}

/** Programs that come over TLS with user name and password: they hear the events that are theirs, and say nothing. */
export class AccountPeers {
  readonly #parts: AccountPeersParts;
  readonly #peers = new Map<object, Peer>();
  readonly #tries = new TryLimit(TRIES);
  readonly #complaints = new LogLimit(LOG_INTERVAL_MS);

  constructor(parts: AccountPeersParts) {
    this.#parts = parts;
  }

  /** Takes a connection without a certificate; false where there are too many. */
  greet(socket: Socket): boolean {
    if (this.#peers.size >= MOST_CONNECTIONS) return false;
    this.#peers.set(socket, {});
    const impatience = setTimeout(() => {
      if (this.#peers.get(socket)?.account === undefined) socket.destroy();
    }, this.#parts.patienceMs ?? PATIENCE_MS);
    socket.once('close', () => {
      clearTimeout(impatience);
      // After the broker's own listener.
      setImmediate(() => this.#peers.delete(socket));
    });
    return true;
  }

  /** Ends the connections of accounts that are gone, from now on; until the returned function is called. */
  watch(): () => void {
    const { accounts, log } = this.#parts;
    return accounts.onChanged(() => {
      for (const [socket, { account }] of this.#peers) {
        if (account === undefined || accounts.holds(account.user, account.createdAt)) continue;
        log.info('connection of an MQTT account that was removed ended', { user: account.user });
        (socket as Socket).destroy();
      }
    });
  }

  /** What the broker asks about such connections; about others it asks `others`. */
  hooks(others: BrokerHooks): BrokerHooks {
    // The broker is answered once: a second answer of ours stalls what a terminal sends and ends its subscriptions.
    const {
      preConnect = (_client, _packet, done) => done(null, true),
      authenticate = (_client, _user, _password, done) => done(null, true),
      authorizePublish = (_client, _packet, done) => done(null),
      authorizeSubscribe = (_client, subscription, done) => done(null, subscription),
    }: BrokerHooks = others;
    return {
      ...others,
      preConnect: (client, packet, done) => {
        if (!this.#peers.has(client.conn)) return preConnect(client, packet, done);
        // A session that outlives the connection would collect messages in memory, and a will is a message.
        if (packet.clean !== true || packet.will !== undefined) return done(new Error('not permitted'), false);
        // Nobody throws a terminal off, nor another account, by its client id.
        packet.clientId = `${packet.username ?? ''}/${packet.clientId}`;
        done(null, true);
      },
      authenticate: (client, user, password, done) => {
        const peer = this.#peers.get(client.conn);
        if (peer === undefined) return authenticate(client, user, password, done);
        this.#admit(client, peer, user ?? '', password ?? Buffer.alloc(0)).then(
          (admitted) => done(admitted ? null : refusal(), admitted),
          () => done(refusal(), false),
        );
      },
      authorizePublish: (client, packet, done) => {
        const peer = client === null ? undefined : this.#peers.get(client.conn);
        if (peer === undefined) return authorizePublish(client, packet, done);
        this.#complain(peer.account?.user ?? '', `message on ${JSON.stringify(packet.topic.slice(0, 120))}`);
        done(new Error('not permitted: an account that listens'));
      },
      authorizeSubscribe: (client, subscription, done) => {
        const peer = this.#peers.get(client.conn);
        if (peer === undefined) return authorizeSubscribe(client, subscription, done);
        if (isEventTopic(subscription.topic)) return done(null, subscription);
        this.#complain(peer.account?.user ?? '', `subscription to ${JSON.stringify(subscription.topic.slice(0, 120))}`);
        done(null, null);
      },
      authorizeForward: (client, packet) => {
        const peer = this.#peers.get(client.conn);
        if (peer !== undefined && !this.#hears(peer, packet.topic)) return null;
        return others.authorizeForward === undefined ? packet : others.authorizeForward(client, packet);
      },
    };
  }

  async #admit(client: Client, peer: Peer, user: string, password: Buffer): Promise<boolean> {
    const { accounts, monotonic } = this.#parts;
    const from = (client.conn as Socket).remoteAddress ?? '';
    const succeeded = this.#tries.begin(from, monotonic());
    const account = succeeded === undefined ? undefined : await accounts.check(user, password);
    if (account === undefined || succeeded === undefined) {
      this.#complain(
        from,
        succeeded === undefined ? 'too many tries to log in' : 'a user name or password that does not hold',
      );
      return false;
    }
    succeeded();
    peer.account = { user, createdAt: account.createdAt };
    return true;
  }

  #hears({ account }: Peer, topic: string): boolean {
    const filter = account && this.#parts.accounts.filterOf(account.user);
    return filter !== undefined && isHeardBy(filter, topic);
  }

  #complain(who: string, what: string): void {
    if (!this.#complaints.allows(who, this.#parts.monotonic())) return;
    this.#parts.log.warn('an MQTT account did what it may not', { code: 'not-permitted', who, what });
  }
}

function refusal(): Error & { returnCode: number } {
  return Object.assign(new Error('not authorized'), { returnCode: 5 });
}
