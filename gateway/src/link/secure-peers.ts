import type { TLSSocket } from 'node:tls';
import { parseTopic, terminalClientId } from '@hymio/protocol';
import type { AedesOptions, Client } from 'aedes';
import { type ShownCertificate, terminalOf } from '../identity/issued-certificate.js';
import type { Log } from '../log/log.js';
import { brokerTopicFault } from './broker-topic.js';
import { LogLimit } from './log-limit.js';
import { MessageRate } from './message-rate.js';
import { type Introduction, introductionFault, mayPublish, maySubscribe } from './terminal-permission.js';

/** A terminal with a week's presses sends some hundred batches at once; for long nobody sends so many. */
const RATE_LIMITS = { burst: 2_000, perSecond: 100 };
/** What one terminal does wrong is logged at most so often, ms. */
const LOG_INTERVAL_MS = 60_000;

const CLIENT_ID_PREFIX = terminalClientId('');

/** What a broker with certificates asks: all of it is answered. */
export type PeerHooks = Required<
  Pick<AedesOptions, 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe'>
>;

interface Peer {
  terminal: string;
  certificate: ShownCertificate;
  rate: MessageRate;
}

export interface SecurePeersParts {
  /** Whether a certificate was revoked. */
  isRevoked(certificate: ShownCertificate): boolean;
  /** Monotonic, ms. */
  monotonic(): number;
  log: Log;
}

/** The terminals behind TLS connections: who each is by its certificate, and what that allows it at the broker. */
export class SecurePeers {
  readonly #parts: SecurePeersParts;
  readonly #peers = new Map<object, Peer>();
  /** Terminals that came with a certificate since the start: they have no business on a plain listener any more. */
  readonly #certified = new Set<string>();
  readonly #introductions = new WeakMap<Client, Introduction>();
  readonly #complaints = new LogLimit(LOG_INTERVAL_MS);

  constructor(parts: SecurePeersParts) {
    this.#parts = parts;
  }

  /** Takes a connection whose certificate is of our authority; false where it names no terminal. */
  greet(socket: TLSSocket): boolean {
    const certificate = socket.getPeerX509Certificate();
    const terminal = certificate === undefined ? undefined : terminalOf(certificate);
    if (certificate === undefined || terminal === undefined) return false;
    const rate = new MessageRate(RATE_LIMITS, this.#parts.monotonic());
    if (!this.#parts.isRevoked(certificate)) this.#certified.add(terminal);
    const { serialNumber, subject, validFrom } = certificate;
    this.#peers.set(socket, { terminal, certificate: { serialNumber, subject, validFrom }, rate });
    // After the broker's own listener, which still sends the will.
    socket.once('close', () => setImmediate(() => this.#peers.delete(socket)));
    return true;
  }

  /** Ends the connections of certificates that were revoked meanwhile. */
  endRevoked(): void {
    for (const [socket, { terminal, certificate }] of this.#peers) {
      if (!this.#parts.isRevoked(certificate)) continue;
      this.#certified.delete(terminal);
      this.#parts.log.info('connection of a terminal that was shut out ended', { terminal });
      (socket as TLSSocket).destroy();
    }
  }

  /**
   * What the broker asks. Connections without a certificate, of a plain listener, may do all but speak for a terminal
   * that came with one.
   */
  hooks(): PeerHooks {
    return {
      preConnect: (client, packet, done) => {
        const { clientId, clean = true, will } = packet;
        const said = will && { topic: will.topic, retain: will.retain === true };
        this.#introductions.set(client, { clientId, clean, will: said });
        done(null, true);
      },
      authenticate: (client, _username, _password, done) => {
        const peer = this.#peers.get(client.conn);
        const fault = peer === undefined ? this.#plainFault(client) : this.#introductionFault(client, peer);
        if (fault === undefined) return done(null, true);
        this.#complain(peer?.terminal ?? client.id, fault);
        done(Object.assign(new Error('not authorized'), { returnCode: 5 }), false);
      },
      authorizePublish: (client, packet, done) => {
        const peer = client === null ? undefined : this.#peers.get(client.conn);
        const fault =
          peer === undefined ? this.#plainTopicFault(packet.topic) : this.#publishFault(peer, client, packet);
        if (fault === undefined) return done(null);
        this.#complain(peer?.terminal ?? client?.id ?? '', fault);
        done(new Error(`not permitted: ${fault}`));
      },
      authorizeSubscribe: (client, subscription, done) => {
        const peer = this.#peers.get(client.conn);
        if (peer === undefined || maySubscribe(peer.terminal, subscription.topic)) return done(null, subscription);
        this.#complain(peer.terminal, `subscription to ${JSON.stringify(subscription.topic.slice(0, 120))}`);
        done(null, null);
      },
    };
  }

  #introductionFault(client: Client, { terminal, certificate }: Peer): string | undefined {
    if (this.#parts.isRevoked(certificate)) return 'a revoked certificate';
    const introduction = this.#introductions.get(client);
    return introduction === undefined ? 'no introduction' : introductionFault(terminal, introduction);
  }

  /** Who comes with such a terminal's client id would throw it off. */
  #plainFault(client: Client): string | undefined {
    const { clientId = '', will } = this.#introductions.get(client) ?? {};
    const terminal = clientId.slice(CLIENT_ID_PREFIX.length);
    if (clientId.startsWith(CLIENT_ID_PREFIX) && this.#certified.has(terminal))
      return `client id ${clientId} without its certificate`;
    return will && this.#plainTopicFault(will.topic);
  }

  #plainTopicFault(topic: string): string | undefined {
    const fault = brokerTopicFault(topic);
    if (fault !== undefined) return fault;
    const terminal = parseTopic(topic)?.terminal;
    return terminal !== undefined && this.#certified.has(terminal) ? `${topic} without its certificate` : undefined;
  }

  #publishFault(peer: Peer, client: Client | null, packet: { topic: string; retain: boolean }): string | undefined {
    if (!mayPublish(peer.terminal, packet)) return `message on ${JSON.stringify(packet.topic.slice(0, 120))}`;
    // The will of one that was sent away for its many messages still tells that it is gone.
    if (client?.closed === true || peer.rate.allows(this.#parts.monotonic())) return undefined;
    return `more than ${RATE_LIMITS.perSecond} messages a second`;
  }

  #complain(terminal: string, what: string): void {
    if (!this.#complaints.allows(terminal, this.#parts.monotonic())) return;
    this.#parts.log.warn('a terminal did what it may not', { code: 'not-permitted', terminal, what });
  }
}
