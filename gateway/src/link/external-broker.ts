import { randomUUID } from 'node:crypto';
import {
  type Cancel,
  type Clock,
  EVENTS_LEVEL,
  isEventTopic,
  parseTopic,
  type Random,
  TOPIC_PREFIX,
  terminalTopic,
  topicFilter,
} from '@hymio/protocol';
import { connect, type IClientOptions, type ISubscriptionMap, type MqttClient } from 'mqtt';
import type { Log } from '../log/log.js';
import { CLAIM_TOPIC, type Claim, stepClaim } from './claim.js';
import {
  type EventLink,
  type GatewayLink,
  type GatewayLinkListener,
  HEARD_TOPICS,
  type HeardTopic,
  RETAINED_TOPICS,
} from './gateway-link.js';
import { LogLimit } from './log-limit.js';

/** Reconnects are between these bounds, full jitter, doubling. */
const RECONNECT_BASE_MS = 500;
const RECONNECT_CAP_MS = 30_000;
/** What one terminal does wrong is logged at most so often, ms. */
const LOG_INTERVAL_MS = 60_000;
/** When a connection breaks, thousands of messages may be on their way: so many of a kind are logged in that time. */
const MOST_LOSSES = 20;
/** With an underscore: no terminal's client id can be the same, and an instance cannot be thrown off by another. */
const CLIENT_ID_PREFIX = 'hymio_gateway_';

export interface ExternalBrokerOptions {
  /** mqtt://host:port */
  url: string;
  username?: string;
  password?: string;
  /** What it shows and trusts, PEM; left out: no certificate, and the authorities that Node trusts. */
  tls?: { cert: string; key: string; ca: string };
  /** Terminals whose certificates were all revoked: such a broker leaves the connections that they have. */
  isShutOut?: (terminal: string) => boolean;
  clock: Clock;
  random: Random;
  log: Log;
}

/**
 * Batches with QoS 0: the terminal waits for the gateway's own ack and sends again without it, so that the broker's
 * bookkeeping of each delivery (and its limit of some 20 under way) would only cost time.
 */
const SUBSCRIPTIONS: ISubscriptionMap = Object.fromEntries(
  HEARD_TOPICS.filter((kind) => kind !== 'answer').map((kind) => [
    topicFilter(kind),
    { qos: kind === 'presses' ? 0 : 1 },
  ]),
);

/** What the broker keeps of the gateway's own topics. */
const KEPT_EVENTS = `${TOPIC_PREFIX}/${EVENTS_LEVEL}/terminals/#`;

type Link =
  | { kind: 'stopped' }
  | { kind: 'waiting'; cancel: Cancel }
  | { kind: 'connecting' | 'online'; client: MqttClient; claim: Claim };

/**
 * An MQTT broker elsewhere. Clean session: after every connect the retained statuses come again, so that acknowledged
 * presses that the store does not have are asked for.
 */
export class ExternalBroker implements GatewayLink, EventLink {
  readonly #options: ExternalBrokerOptions;
  readonly #instance = randomUUID();
  #listener: GatewayLinkListener | undefined;
  #link: Link = { kind: 'stopped' };
  #attempt = 0;
  readonly #complaints = new LogLimit(LOG_INTERVAL_MS);
  readonly #losses = new LogLimit(LOG_INTERVAL_MS, MOST_LOSSES);

  constructor(options: ExternalBrokerOptions) {
    this.#options = options;
  }

  async start(listener: GatewayLinkListener): Promise<void> {
    this.#listener = listener;
    this.#open();
  }

  ack(terminal: string, payload: string): void {
    if (this.#link.kind !== 'online') return;
    const { client } = this.#link;
    client.publish(terminalTopic(terminal, 'ack'), payload, { qos: 1 }, (error) => {
      if (error && this.#losses.allows('ack', this.#options.clock.monotonic()))
        this.#options.log.warn('ack not delivered', { code: 'ack-not-delivered', terminal, error: error.message });
    });
  }

  tell(terminal: string, kind: 'config' | 'command', payload: string): boolean {
    if (this.#link.kind !== 'online' || !this.connected()) return false;
    const options = { qos: 1, retain: kind === 'config' } as const;
    this.#link.client.publish(terminalTopic(terminal, kind), payload, options, (error) => {
      if (error && this.#losses.allows(kind, this.#options.clock.monotonic()))
        this.#options.log.warn('not delivered', { code: 'not-delivered', terminal, kind, error: error.message });
    });
    return true;
  }

  forget(terminal: string): boolean {
    if (this.#link.kind !== 'online' || !this.connected()) return false;
    const { client } = this.#link;
    for (const kind of RETAINED_TOPICS) {
      client.publish(terminalTopic(terminal, kind), '', { qos: 1, retain: true }, (error) => {
        if (error && this.#losses.allows('clear', this.#options.clock.monotonic()))
          this.#options.log.warn('a retained message was not cleared', {
            code: 'not-cleared',
            terminal,
            error: error.message,
          });
      });
    }
    return true;
  }

  announce(topic: string, payload: string, retain: boolean): boolean {
    if (this.#link.kind !== 'online' || !this.connected() || this.#link.client.stream.writableNeedDrain) return false;
    this.#link.client.publish(topic, payload, { qos: 0, retain });
    return true;
  }

  /** False also where another gateway has taken the broker over. */
  connected(): boolean {
    return this.#link.kind === 'online' && this.#link.claim.kind === 'ours';
  }

  async stop(): Promise<void> {
    const link = this.#link;
    this.#link = { kind: 'stopped' };
    if (link.kind === 'waiting') link.cancel();
    if (link.kind === 'connecting' || link.kind === 'online') {
      if (link.kind === 'online' && link.claim.kind === 'ours') {
        link.client.publish(CLAIM_TOPIC, '', { qos: 1, retain: true });
      }
      await new Promise<void>((resolve) => link.client.end(link.kind === 'connecting', () => resolve()));
    }
  }

  #open(): void {
    const { url, username, password, tls } = this.#options;
    const options: IClientOptions = {
      clientId: `${CLIENT_ID_PREFIX}${this.#instance.slice(0, 8)}`,
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: 10_000,
      keepalive: 30,
      queueQoSZero: false,
      resubscribe: false,
      will: { topic: CLAIM_TOPIC, payload: Buffer.alloc(0), qos: 1, retain: true },
      ...tls,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    };
    const client = connect(url, options);
    this.#link = { kind: 'connecting', client, claim: { kind: 'unsettled' } };
    let reason = 'connection closed';
    client.on('error', (error) => {
      reason = error.message || error.name;
    });
    client.on('connect', () => this.#arrive(client));
    client.on('message', (topic, payload, packet) => {
      if (topic === CLAIM_TOPIC) this.#onClaim(client, payload.toString());
      if (!this.connected()) return;
      if (isEventTopic(topic)) return this.#onEvent(client, topic, payload, packet.retain);
      const parsed = parseTopic(topic);
      const kind = HEARD_TOPICS.find((each) => each === parsed?.kind);
      if (parsed && kind && !this.#turnedAway(parsed.terminal, kind, payload))
        this.#listener?.message(parsed.terminal, kind, payload, packet.retain);
    });
    client.on('close', () => this.#lost(client, reason));
  }

  /**
   * What a terminal that was shut out says is neither stored nor acknowledged: it comes again once the terminal has
   * enrolled anew. That it is gone is heard.
   */
  #turnedAway(terminal: string, what: HeardTopic, payload: Buffer): boolean {
    const { isShutOut, clock, log } = this.#options;
    if (isShutOut?.(terminal) !== true) return false;
    if (what === 'availability' && payload.toString() === 'offline') return false;
    if (this.#complaints.allows(terminal, clock.monotonic())) {
      const next = 'Restart the broker with a new list of `hymio-gateway mosquitto-config` to end its connection.';
      log.warn('a terminal that was shut out still speaks', { code: 'not-permitted', terminal, what, next });
    }
    return true;
  }

  #arrive(client: MqttClient): void {
    if ('setNoDelay' in client.stream && typeof client.stream.setNoDelay === 'function') client.stream.setNoDelay(true);
    this.#subscribe(client, { [CLAIM_TOPIC]: { qos: 1 } }, () => this.#claim(client));
  }

  #claim(client: MqttClient): void {
    this.#link = { kind: 'online', client, claim: { kind: 'unsettled' } };
    client.publish(CLAIM_TOPIC, this.#instance, { qos: 1, retain: true });
  }

  #onClaim(client: MqttClient, payload: string): void {
    const link = this.#link;
    if (link.kind !== 'online' || link.client !== client) return;
    const before = link.claim;
    const { claim, claimAgain } = stepClaim(before, this.#instance, payload);
    this.#link = { kind: 'online', client, claim };
    if (claimAgain) client.publish(CLAIM_TOPIC, this.#instance, { qos: 1, retain: true });
    if (claim.kind === before.kind) return;
    const { log, url } = this.#options;
    if (claim.kind === 'taken') {
      const next = 'Stop one of the two; this one acknowledges nothing until the other has gone.';
      log.error('another gateway has taken over this broker', { code: 'another-gateway', url, by: claim.by, next });
    }
    // Only now, so that the retained statuses come to whom they concern.
    if (claim.kind !== 'ours') return;
    // A broker that does not allow it keeps answers to commands away, nothing else.
    client.subscribe(topicFilter('answer'), { qos: 1 }, () => undefined);
    this.#subscribe(client, SUBSCRIPTIONS, () => this.#listening(client));
  }

  #listening(client: MqttClient): void {
    this.#attempt = 0;
    this.#options.log.info('connected to the broker', { url: this.#options.url });
    // A broker that does not allow it keeps what is said of terminals that are gone, nothing else.
    if (this.#listener?.keeps !== undefined) client.subscribe(KEPT_EVENTS, { qos: 0 }, () => undefined);
    this.#listener?.arrived?.();
  }

  /** What is kept comes first; the first of our own that comes back says that all of it has come. */
  #onEvent(client: MqttClient, topic: string, payload: Uint8Array, retained: boolean): void {
    if (!retained) client.unsubscribe(KEPT_EVENTS);
    else if (payload.length > 0) this.#listener?.keeps?.(topic);
  }

  #subscribe(client: MqttClient, topics: ISubscriptionMap, then: () => void): void {
    client.subscribe(topics, (error, granted) => {
      if (!this.#isCurrent(client)) return;
      if (error || granted?.some((each) => each.qos > 2)) {
        // The library may be going through what was in flight: to end it there and then would pull that from under it.
        queueMicrotask(() => this.#lost(client, `subscription refused: ${error?.message ?? 'not allowed'}`));
      } else then();
    });
  }

  #lost(client: MqttClient, reason: string): void {
    if (!this.#isCurrent(client)) return;
    const { clock, random, log, url } = this.#options;
    const ceiling = Math.min(RECONNECT_CAP_MS, RECONNECT_BASE_MS * 2 ** Math.min(this.#attempt + 1, 10));
    const delayMs = Math.round(RECONNECT_BASE_MS + random() * (ceiling - RECONNECT_BASE_MS));
    this.#attempt += 1;
    log.warn('no connection to the broker', { code: 'broker-unreachable', url, reason, retryInMs: delayMs });
    // First it is no longer the current one: its end tells of each message in flight that it is lost.
    this.#link = { kind: 'waiting', cancel: clock.after(delayMs, () => this.#open()) };
    client.end(true);
  }

  #isCurrent(client: MqttClient): boolean {
    return (this.#link.kind === 'connecting' || this.#link.kind === 'online') && this.#link.client === client;
  }
}
