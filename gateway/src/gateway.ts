import { HymioError } from '@hymio/protocol';
import { Administration } from './administration/administration.js';
import { Board } from './board/board.js';
import { Hearing } from './board/hearing.js';
import { QuietWatch } from './board/quiet-watch.js';
import type { GatewayConfig } from './config/gateway-config.js';
import { readSecret } from './config/read-secret.js';
import { HttpServer } from './http/http-server.js';
import { Ingest } from './ingest/ingest.js';
import { EmbeddedBroker } from './link/embedded-broker.js';
import { ExternalBroker } from './link/external-broker.js';
import type { GatewayLink } from './link/gateway-link.js';
import { LiveEvents } from './live/live-events.js';
import { errorFields } from './log/error-fields.js';
import type { Log } from './log/log.js';
import { requestLog } from './log/request-log.js';
import { ControlServer } from './maintenance/control-server.js';
import type { OperationTarget } from './maintenance/operations.js';
import { Retention } from './maintenance/retention.js';
import { gatewayMetrics } from './metrics/gateway-metrics.js';
import { alertingOf } from './notices/alerting-of.js';
import { PdfPrinter } from './pdf/pdf-printer.js';
import { Publisher } from './public/publisher.js';
import { openSqliteStore } from './store/sqlite/sqlite-store.js';
import { storeSize } from './store/sqlite/store-size.js';
import type { Store } from './store/store.js';
import { SYSTEM_CLOCK } from './system-clock.js';

/** Where a running gateway is reached. */
export interface GatewayAddresses {
  http: string;
  mqtt: string;
}

/** The gateway: broker, ingest, store, pages. Starts what others need first, stops in the opposite order. */
export class Gateway {
  readonly #config: GatewayConfig;
  readonly #log: Log;
  readonly #undo: (() => Promise<void> | void)[] = [];

  constructor(config: GatewayConfig, log: Log) {
    this.#config = config;
    this.#log = log;
  }

  /** Errors: the store's, `port-busy`, `address-unusable`. What was started before an error is stopped again. */
  async start(): Promise<GatewayAddresses> {
    try {
      return await this.#start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) await undo();
  }

  async #start(): Promise<GatewayAddresses> {
    const log = this.#log;
    const clock = SYSTEM_CLOCK;
    const { data, timezone: zone, http, retentionDays } = this.#config;
    const store = await openSqliteStore({ folder: data });
    this.#undo.push(() => store.close());
    const live = new LiveEvents();
    const link = this.#link();
    const readiness = async () => ({ broker: link.connected(), store: await isUp(store) });
    const refusals = () => ingest.refusals.counts();
    const hearing = new Hearing(clock, () => link.connected());
    const board = new Board({
      store,
      clock,
      zone,
      events: live,
      deafness: () => hearing.deafness(),
      quiet: new QuietWatch({ store, zone }),
      onError: (error) => log.warn('how terminals are could not be read', errorFields(error)),
    });
    const metrics = gatewayMetrics({
      board,
      clock,
      readiness,
      refusals,
      alerts: { openCount: () => alerting.engine.openCount, store: store.alerts },
      storeSize: () => storeSize(data),
      streams: () => server.streams,
      brokerClients: () => link.clients?.(),
      onError: (source, error) => log.warn('numbers left out of /metrics', { source, ...errorFields(error) }),
    });
    metrics.start();
    const ingest = new Ingest({ store, link, live, clock, log, observer: metrics.ingest });
    const administration = new Administration({ store, live, link });
    await administration.start();
    const logRequest = requestLog(log, this.#config.log.access);
    const alerting = alertingOf(this.#config, {
      ...{ store, board, live, clock, log },
      listening: () => link.connected(),
      publicUrl: http.publicUrl,
    });
    const printer = new PdfPrinter();
    this.#undo.push(() => printer.stop());
    const server: HttpServer = new HttpServer({
      store,
      administration,
      clock,
      zone,
      events: live,
      alerting,
      board,
      printer,
      readiness,
      refusals,
      metrics,
      observer: (request) => {
        metrics.request(request);
        logRequest(request);
      },
      listen: http.listen,
      requireToken: http.requireToken,
      ...(http.publicUrl === undefined ? {} : { publicUrl: http.publicUrl }),
      publicViews: this.#config.public,
      log: { error: (fields, message) => log.error(message, fields) },
    });
    const address = await server.start();
    this.#undo.push(() => server.stop());
    this.#undo.push(() => ingest.stop());
    await link.start({
      message: (terminal, kind, payload, retained) => {
        ingest.receive(terminal, kind, payload, retained);
        administration.heard(terminal, retained && payload.length > 0);
      },
    });
    this.#undo.push(() => link.stop());
    hearing.start();
    this.#undo.push(() => hearing.stop());
    const control = new ControlServer(servedOperations(store, administration), data);
    await alerting.start();
    this.#undo.push(() => alerting.stop());
    await control.start();
    this.#undo.push(() => control.stop());
    const publisher = new Publisher({ store, clock, log, zone });
    publisher.start();
    this.#undo.push(() => publisher.stop());
    const retention = new Retention({ store, clock, log, retentionDays });
    retention.start();
    this.#undo.push(() => retention.stop());
    return { http: address.url, mqtt: this.#mqttAddress(link) };
  }

  #link(): GatewayLink {
    const { mqtt } = this.#config;
    if ('listen' in mqtt) return new EmbeddedBroker(mqtt.listen, this.#log);
    const { url, username, passwordFile } = mqtt;
    return new ExternalBroker({
      url,
      clock: SYSTEM_CLOCK,
      random: Math.random,
      log: this.#log,
      ...(username === undefined ? {} : { username }),
      ...(passwordFile === undefined ? {} : { password: readSecret(passwordFile, 'mqtt.passwordFile') }),
    });
  }

  #mqttAddress(link: GatewayLink): string {
    const { mqtt } = this.#config;
    if (!('listen' in mqtt)) return mqtt.url;
    const port = link instanceof EmbeddedBroker ? (link.port ?? mqtt.listen.port) : mqtt.listen.port;
    return `mqtt://${mqtt.listen.host}:${port}`;
  }
}

/** What the command line asks for while the gateway runs: changes are told to those who look. */
function servedOperations(store: Store, administration: Administration): OperationTarget {
  return {
    importRegistry: (file) => administration.importRegistry(file),
    prune: (before) => store.prune(before),
    rebuildRollups: () => store.rebuildRollups(),
    backup: (file) => store.backup(file),
    tokens: store.tokens,
  };
}

async function isUp(store: Store): Promise<boolean> {
  try {
    await store.check();
    return true;
  } catch (error) {
    if (error instanceof HymioError) return false;
    throw error;
  }
}
