import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { isEventTopic } from '@hymio/protocol';
import type { AedesOptions, Client } from 'aedes';
import { isHeardBy, type MqttAccounts } from '../accounts/mqtt-accounts.js';
import type { Log } from '../log/log.js';
import { LogLimit } from './log-limit.js';
import type { PeerHooks } from './secure-peers.js';

/** Connections without a certificate at once, whoever they are. */
const MOST_CONNECTIONS = 500;
/** Of these, from one address, those that have not shown an account yet. */
const MOST_STRANGERS_OF_ADDRESS = 50;
/** Who has not shown an account by then has to go, ms. */
const PATIENCE_MS = 10_000;
/**
 * A wrong password is answered after so long, ms, which slows a program that tries again and again. It bounds no guesses:
 * the password is looked at before, so that whoever has an account gets in at once, and is not kept out for what others
 * try from the same address; who opens new connections meanwhile has those that wait for their answer ended, and may try
 * on. Against guessing the passwords themselves are enough: 256 bits of chance.
 */
const REFUSED_AFTER_MS = 250;
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

/** All that a broker with events and certificates asks. */
export type AccountHooks = PeerHooks & Required<Pick<AedesOptions, 'authorizeForward'>>;

/** Programs that come over TLS with user name and password: they hear the events that are theirs, and say nothing. */
export class AccountPeers {
  readonly #parts: AccountPeersParts;
  readonly #peers = new Map<object, Peer>();
  /** Connections that have not shown an account, with their addresses, those that came first at the front. */
  readonly #strangers = new Map<Socket, string>();
  readonly #complaints = new LogLimit(LOG_INTERVAL_MS);

  constructor(parts: AccountPeersParts) {
    this.#parts = parts;
  }

  /**
   * Takes a connection without a certificate; false where there are too many that have an account. One that has shown none
   * makes room: who waits longest, so that whoever has an account gets in whatever others do.
   */
  greet(socket: Socket): boolean {
    const from = socket.remoteAddress ?? '';
    const neighbours = [...this.#strangers].filter(([, address]) => address === from);
    if (neighbours.length >= MOST_STRANGERS_OF_ADDRESS) this.#makeRoom(neighbours[0]?.[0]);
    else if (this.#peers.size >= MOST_CONNECTIONS && !this.#makeRoom([...this.#strangers.keys()][0])) return false;
    this.#peers.set(socket, {});
    this.#strangers.set(socket, from);
    const impatience = setTimeout(() => {
      if (this.#strangers.has(socket)) socket.destroy();
    }, this.#parts.patienceMs ?? PATIENCE_MS);
    socket.once('close', () => {
      clearTimeout(impatience);
      this.#strangers.delete(socket);
      // After the broker's own listener.
      setImmediate(() => this.#peers.delete(socket));
    });
    return true;
  }

  #makeRoom(stranger: Socket | undefined): boolean {
    if (stranger === undefined) return false;
    this.#strangers.delete(stranger);
    stranger.destroy();
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
  hooks(others: AccountHooks): AccountHooks {
    return {
      // The broker is answered once: a second answer of ours stalls what a terminal sends and ends its subscriptions.
      preConnect: (client, packet, done) => {
        if (!this.#peers.has(client.conn)) return others.preConnect(client, packet, done);
        // A session that outlives the connection would collect messages in memory, and a will is a message.
        if (packet.clean !== true || packet.will !== undefined) return done(new Error('not permitted'), false);
        // Nobody throws a terminal off, nor another account, by its client id; who gives none is nobody else.
        packet.clientId = `${packet.username ?? ''}/${packet.clientId || randomUUID()}`;
        done(null, true);
      },
      authenticate: (client, user, password, done) => {
        const peer = this.#peers.get(client.conn);
        if (peer === undefined) return others.authenticate(client, user, password, done);
        this.#admit(client, peer, user ?? '', password ?? Buffer.alloc(0)).then(
          (admitted) => done(admitted ? null : refusal(), admitted),
          () => done(refusal(), false),
        );
      },
      authorizePublish: (client, packet, done) => {
        const peer = client === null ? undefined : this.#peers.get(client.conn);
        if (peer === undefined) return others.authorizePublish(client, packet, done);
        this.#complain(peer.account?.user ?? '', `message on ${JSON.stringify(packet.topic.slice(0, 120))}`);
        done(new Error('not permitted: an account that listens'));
      },
      authorizeSubscribe: (client, subscription, done) => {
        const peer = this.#peers.get(client.conn);
        if (peer === undefined) return others.authorizeSubscribe(client, subscription, done);
        if (isEventTopic(subscription.topic)) return done(null, subscription);
        this.#complain(peer.account?.user ?? '', `subscription to ${JSON.stringify(subscription.topic.slice(0, 120))}`);
        done(null, null);
      },
      authorizeForward: (client, packet) => {
        const peer = this.#peers.get(client.conn);
        if (peer !== undefined && !this.#hears(peer, packet.topic)) return null;
        return others.authorizeForward(client, packet);
      },
    };
  }

  async #admit(client: Client, peer: Peer, user: string, password: Buffer): Promise<boolean> {
    const socket = client.conn as Socket;
    const account = await this.#parts.accounts.check(user, password);
    if (account === undefined) {
      this.#complain(socket.remoteAddress ?? '', 'a user name or password that does not hold');
      await wait(REFUSED_AFTER_MS, undefined, { ref: false });
      return false;
    }
    this.#strangers.delete(socket);
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
