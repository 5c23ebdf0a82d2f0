import {
  type Cancel,
  type Clock,
  explainError,
  parseTopic,
  type Random,
  terminalClientId,
  terminalTopic,
} from '@hymio/protocol';
import type { IClientOptions, MqttClient } from 'mqtt';
import type { TerminalIdentity } from '../identity/terminal-identity.js';
import { TLS_FAULTS, tlsFault } from '../identity/tls-fault.js';
import type { Log } from '../log/log.js';
import { backoffMs } from '../uplink/backoff.js';
import { openBrokerStream } from './broker-stream.js';
import { LeanClient } from './lean-client.js';
import type { Publication, Transport, TransportListener } from './transport.js';

const RECONNECT_BASE_MS = 500;
/** Reconnects are at most this far apart. */
const RECONNECT_CAP_MS = 30_000;
/** A connection that held this long proves that all is well: longer than a rival with our id waits to come back. */
const STABLE_MS = 45_000;
/** So many connections closed young in a row look like another terminal with our id. */
const YOUNG_DEATHS = 4;
/** For taking leave of the broker, as a whole. */
const STOP_MS = 1_000;

export interface MqttTransportOptions {
  terminal: string;
  /** mqtt://host:port */
  url: string;
  username?: string;
  password?: string;
  /** With mqtts://: who the terminal is. */
  identity?: TerminalIdentity;
  clock: Clock;
  random: Random;
  log: Log;
}

type Link =
  | { kind: 'stopped' }
  | { kind: 'waiting'; cancel: Cancel }
  | { kind: 'connecting'; client: MqttClient }
  | { kind: 'online'; client: MqttClient; since: number; cancelStable: Cancel };

/**
 * MQTT 3.1.1 to the broker. Every attempt is a new client with a clean session: what was not acknowledged by the
 * gateway is sent again from the journal, never from the library's memory.
 */
export class MqttTransport implements Transport {
  readonly #options: MqttTransportOptions;
  #listener: TransportListener | undefined;
  #link: Link = { kind: 'stopped' };
  #attempt = 0;
  #diedYoung = 0;

  constructor(options: MqttTransportOptions) {
    this.#options = options;
  }

  start(listener: TransportListener): void {
    this.#listener = listener;
    this.#options.identity?.start((code, detail) => listener.fault(code, detail));
    this.#open();
  }

  publish({ kind, payload }: Publication): void {
    if (this.#link.kind !== 'online') return;
    const { client } = this.#link;
    const topic = terminalTopic(this.#options.terminal, kind);
    client.publish(topic, payload, { qos: 1, retain: kind === 'status' }, (error) => {
      // The library is still going through what was in flight: to end it there and then would pull that from under it.
      if (error) queueMicrotask(() => this.#lost(client, error.message));
    });
  }

  async stop(): Promise<void> {
    const link = this.#link;
    this.#link = { kind: 'stopped' };
    this.#options.identity?.stop();
    if (link.kind === 'waiting') link.cancel();
    if (link.kind === 'connecting') link.client.end(true);
    if (link.kind !== 'online') return;
    link.cancelStable();
    await this.#leave(link.client);
  }

  /** Says `offline` and takes leave of the broker, which would say it a second time of one that vanishes. */
  async #leave(client: MqttClient): Promise<void> {
    const topic = terminalTopic(this.#options.terminal, 'availability');
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(STOP_MS, resolve);
      const done = (): void => {
        cancel();
        resolve();
      };
      client.publish(topic, 'offline', { qos: 1, retain: true }, (error) => {
        if (error) done();
        else client.end(false, {}, done);
      });
    });
    client.end(true);
    // An end that waits for the broker's is not made quicker by a second one.
    client.stream.destroy();
  }

  #open(): void {
    const { url, terminal, username, password, identity } = this.#options;
    const options: IClientOptions = {
      clientId: terminalClientId(terminal),
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: 10_000,
      keepalive: 30,
      queueQoSZero: false,
      resubscribe: false,
      will: { topic: terminalTopic(terminal, 'availability'), payload: Buffer.from('offline'), qos: 1, retain: true },
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    };
    let client: MqttClient;
    try {
      client = new LeanClient(() => openBrokerStream(url, identity?.tls()), options);
    } catch (error) {
      this.#retry(explainError(error));
      return;
    }
    this.#link = { kind: 'connecting', client };
    let reason = 'connection closed';
    client.on('error', (error) => {
      reason = describe(error);
      // A broker that says no need not close the connection.
      if (!('code' in error)) return;
      if (typeof error.code === 'number') this.#refused(client, reason);
      const fault = tlsFault(String(error.code));
      if (fault !== undefined) this.#listener?.fault(fault, reason);
    });
    client.on('connect', () => this.#arrive(client));
    client.on('message', (topic, payload, packet) => this.#receive(client, topic, payload, packet.retain));
    client.on('close', () => this.#lost(client, reason));
  }

  #arrive(client: MqttClient): void {
    const { terminal, clock } = this.#options;
    // A broker that does not allow it keeps commands away, nothing else.
    client.subscribe(terminalTopic(terminal, 'command'), { qos: 1 }, () => undefined);
    const topics = [terminalTopic(terminal, 'ack'), terminalTopic(terminal, 'config')];
    client.subscribe(topics, { qos: 1 }, (error, granted) => {
      if (!this.#isCurrent(client)) return;
      if (error || granted?.some((each) => each.qos > 2)) {
        // See `publish`.
        queueMicrotask(() => this.#refused(client, `subscription refused: ${error?.message ?? 'not allowed'}`));
        return;
      }
      client.publish(terminalTopic(terminal, 'availability'), 'online', { qos: 1, retain: true });
      const cancelStable = clock.after(STABLE_MS, () => this.#stable());
      this.#link = { kind: 'online', client, since: clock.monotonic(), cancelStable };
      this.#listener?.fault('broker-unreachable', undefined);
      this.#listener?.fault('broker-refused', undefined);
      for (const code of TLS_FAULTS) this.#listener?.fault(code, undefined);
      this.#options.log.info('connected', { url: this.#options.url });
      this.#listener?.connected();
    });
  }

  #receive(client: MqttClient, topic: string, payload: Buffer, retained: boolean): void {
    if (!this.#isCurrent(client)) return;
    const kind = parseTopic(topic)?.kind;
    // An ack is an answer to something just sent, a command is for now; one that the broker kept is about another time.
    if ((kind === 'ack' || kind === 'command') && retained) return;
    if (kind === 'ack' || kind === 'config' || kind === 'command') this.#listener?.message(kind, payload);
  }

  #refused(client: MqttClient, reason: string): void {
    if (!this.#isCurrent(client)) return;
    // With a certificate there is no login: it is the certificate that is refused.
    const certified = this.#options.identity?.tls() !== undefined;
    this.#listener?.fault(certified ? 'certificate-refused' : 'broker-refused', reason);
    this.#lost(client, reason);
  }

  #lost(client: MqttClient, reason: string): void {
    const link = this.#link;
    if (!this.#isCurrent(client)) return;
    // First of all it is no longer the current one: its end tells of each message in flight that it is lost.
    this.#retry(reason);
    client.end(true);
    if (link.kind !== 'online') return;
    link.cancelStable();
    if (this.#options.clock.monotonic() - link.since < STABLE_MS) this.#judge();
    this.#listener?.disconnected();
  }

  #stable(): void {
    this.#attempt = 0;
    this.#diedYoung = 0;
    this.#listener?.fault('duplicate-terminal-id', undefined);
  }

  /** Two terminals with one id throw each other off: connections that never live long are the sign of it. */
  #judge(): void {
    this.#diedYoung += 1;
    if (this.#diedYoung < YOUNG_DEATHS) return;
    const detail = `closed by the broker ${this.#diedYoung} times within seconds of connecting: another terminal uses the id ${this.#options.terminal}?`;
    this.#listener?.fault('duplicate-terminal-id', detail);
  }

  #retry(reason: string): void {
    const { clock, random, log, url, identity } = this.#options;
    // The broker's word of it may be lost with the connection.
    const ended = identity?.endedAt();
    if (ended !== undefined) this.#listener?.fault('certificate-expired', `on ${new Date(ended).toISOString()}`);
    const delayMs = backoffMs(this.#attempt, RECONNECT_BASE_MS, RECONNECT_CAP_MS, random);
    this.#attempt += 1;
    log.warn('no connection to the broker', { url, reason, retryInMs: delayMs });
    this.#listener?.fault('broker-unreachable', `${url}: ${reason}`);
    this.#link = { kind: 'waiting', cancel: clock.after(delayMs, () => this.#open()) };
  }

  #isCurrent(client: MqttClient): boolean {
    return (this.#link.kind === 'connecting' || this.#link.kind === 'online') && this.#link.client === client;
  }
}

/** Node wraps several failed addresses in one error without a message. */
function describe(error: Error): string {
  const first = error instanceof AggregateError ? error.errors.find((each) => each instanceof Error) : undefined;
  return (first ?? error).message || error.name;
}
