import { randomUUID } from 'node:crypto';
import { type Clock, HymioError } from '@hymio/protocol';
import type { MqttAccounts } from './accounts/mqtt-accounts.js';
import { Administration } from './administration/administration.js';
import { Board } from './board/board.js';
import { Hearing } from './board/hearing.js';
import { QuietWatch } from './board/quiet-watch.js';
import { Commands } from './commands/commands.js';
import type { GatewayConfig } from './config/gateway-config.js';
import { readSecret } from './config/read-secret.js';
import { EventPublisher } from './events/event-publisher.js';
import { HttpServer } from './http/http-server.js';
import type { EnrolmentDesk } from './identity/enrolment-desk.js';
import { Ingest } from './ingest/ingest.js';
import type { EventLink, GatewayLink } from './link/gateway-link.js';
import { LiveEvents } from './live/live-events.js';
import { errorFields } from './log/error-fields.js';
import type { Log } from './log/log.js';
import { requestLog } from './log/request-log.js';
import { gatewayMetrics } from './metrics/gateway-metrics.js';
import type { PrometheusMetrics } from './metrics/prometheus-metrics.js';
import type { Alerting } from './notices/alerting.js';
import { alertingOf } from './notices/alerting-of.js';
import { PdfPrinter } from './pdf/pdf-printer.js';
import type { DirectoryLogin } from './people/directory/directory-login.js';
import type { Logins } from './people/logins.js';
import type { People } from './people/people.js';
import { peopleOf } from './people/people-of.js';
import type { Reporting } from './reporting/reporting.js';
import { reportingOf } from './reporting/reporting-of.js';
import type { SqliteStore } from './store/sqlite/sqlite-store.js';
import { storeSize } from './store/sqlite/store-size.js';
import type { Store } from './store/store.js';
import { ConfigPublisher } from './terminal-settings/config-publisher.js';

/** What the parts of a gateway stand on. */
export interface GatewayBasis {
  config: GatewayConfig;
  store: SqliteStore;
  link: GatewayLink & EventLink;
  accounts: MqttAccounts;
  /** Absent: terminals get no certificates here. */
  enrolment: EnrolmentDesk | undefined;
  clock: Clock;
  log: Log;
}

/** The parts of a gateway, put together and not started. */
export interface GatewayParts {
  board: Board;
  hearing: Hearing;
  metrics: PrometheusMetrics;
  ingest: Ingest;
  administration: Administration;
  people: People;
  accounts: MqttAccounts;
  logins: Logins;
  /** Absent: nobody logs in by a directory. */
  directory?: DirectoryLogin;
  commands: Commands;
  configs: ConfigPublisher;
  /** There where the configuration wants events told. */
  events?: EventPublisher;
  alerting: Alerting;
  reporting: Reporting;
  printer: PdfPrinter;
  server: HttpServer;
}

/** Error: HymioError `config-invalid` where a secret cannot be read. */
export function buildGatewayParts(basis: GatewayBasis): GatewayParts {
  const { config, store, link, accounts, clock, log } = basis;
  const live = new LiveEvents();
  const readiness = async () => ({ broker: link.connected(), store: await isUp(store) });
  const hearing = new Hearing(clock, () => link.connected());
  const board = boardOf(basis, live, hearing);
  const alerting = alertingOf(config, {
    ...{ store, board, live, clock, log },
    listening: () => link.connected(),
    publicUrl: config.http.publicUrl,
  });
  const printer = new PdfPrinter();
  const reporting = reportingOf(config, { store, clock, log, printer });
  const refusals = () => ingest.refusals.counts();
  const metrics = gatewayMetrics({
    board,
    clock,
    readiness,
    refusals,
    alerts: { openCount: () => alerting.engine.openCount, store: store.alerts },
    reports: store.reports,
    storeSize: () => storeSize(config.data),
    streams: () => server.streams,
    brokerClients: () => link.clients?.(),
    brokerRefusals: () => link.refusedClients?.(),
    onError: (source, error) => log.warn('numbers left out of /metrics', { source, ...errorFields(error) }),
  });
  const ingest = new Ingest({ store, link, live, clock, log, observer: metrics.ingest });
  const administration = new Administration({ store, live, link });
  const { people, logins, directory } = peopleOf(config, { store, clock, log });
  const commands = new Commands({ store, link, live, clock, log, makeId: randomUUID });
  const configs = new ConfigPublisher({ store, link, clock, log });
  live.subscribe(({ kind }) => {
    if (kind !== 'registry') return;
    void configs.refresh();
    accounts.refresh().catch((error) => log.warn('MQTT accounts could not be read', errorFields(error)));
  });
  const shown = {
    administration,
    people,
    logins,
    ...(directory !== undefined && { directory }),
    commands,
    alerting,
    reporting,
    printer,
    board,
    readiness,
    refusals,
    metrics,
  };
  const server: HttpServer = serverOf(basis, { ...shown, events: live });
  return {
    board,
    hearing,
    metrics,
    ingest,
    administration,
    people,
    accounts,
    logins,
    commands,
    configs,
    alerting,
    reporting,
    printer,
    server,
    ...eventsOf(basis, live, board),
  };
}

function eventsOf({ config, store, link, clock, log }: GatewayBasis, live: LiveEvents, board: Board) {
  if (!config.mqtt.events) return {};
  return { events: new EventPublisher({ live, board, store, alerts: store.alerts, link, clock, log }) };
}

function boardOf({ config, store, clock, log }: GatewayBasis, live: LiveEvents, hearing: Hearing): Board {
  const zone = config.timezone;
  return new Board({
    store,
    clock,
    zone,
    events: live,
    deafness: () => hearing.deafness(),
    quiet: new QuietWatch({ store, zone }),
    onError: (error) => log.warn('how terminals are could not be read', errorFields(error)),
  });
}

type Shown = Pick<
  GatewayParts,
  'administration' | 'people' | 'logins' | 'directory' | 'commands' | 'alerting' | 'reporting' | 'printer' | 'metrics'
> & {
  board: Board;
  events: LiveEvents;
  readiness: () => Promise<{ broker: boolean; store: boolean }>;
  refusals: () => Record<string, number>;
};

function serverOf({ config, store, enrolment, clock, log }: GatewayBasis, shown: Shown): HttpServer {
  const { timezone: zone, http } = config;
  const logRequest = requestLog(log, config.log.access);
  return new HttpServer({
    ...shown,
    store,
    ...(enrolment !== undefined && { enrolment }),
    clock,
    zone,
    observer: (request) => {
      shown.metrics.request(request);
      logRequest(request);
    },
    listen: http.listen,
    requireToken: http.requireToken,
    trustedProxies: http.trustedProxies,
    requestsPerMinute: http.requestsPerMinute,
    ...(http.tls === undefined ? {} : { tls: readHttpTls(http.tls) }),
    ...(http.publicUrl === undefined ? {} : { publicUrl: http.publicUrl }),
    publicViews: config.public,
    log: { error: (fields, message) => log.error(message, fields) },
  });
}

/** Error: HymioError `config-invalid`. */
function readHttpTls({ certificateFile, keyFile }: { certificateFile: string; keyFile: string }) {
  return {
    cert: readSecret(certificateFile, 'http.tls.certificateFile'),
    key: readSecret(keyFile, 'http.tls.keyFile'),
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
