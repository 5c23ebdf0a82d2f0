import { REFUSAL_CODES } from '@hymio/protocol';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AnsweredRequest } from '../http/http-observer.js';
import type { MetricsText } from '../http/routes/metrics-routes.js';
import { IngestTally, QUICK_SECONDS } from './ingest-tally.js';
import type { MetricSources } from './metric-sources.js';

/** Reasons that are there from the start, so that the first refusal is a rise from 0 and not a new series. */
const REFUSAL_REASONS = [...REFUSAL_CODES, 'overload', 'internal'] as const;

export interface GatewayBuild {
  version: string;
}

/**
 * The gateway's numbers in Prometheus' text format. No number is told by rating, and none by terminal or place: a press
 * would be one step of one series, and a thousand terminals would be thousands of series.
 */
export class PrometheusMetrics implements MetricsText {
  readonly #registry: Registry;
  readonly #sources: MetricSources;
  /** To be told what ingest does. */
  readonly ingest = new IngestTally();
  readonly #requests: ReturnType<typeof requestDurations>;
  readonly #asked: ReturnType<typeof askedMetrics>;
  /** Told already as failing: an error is said when it begins. */
  readonly #failing = new Set<string>();

  constructor(build: GatewayBuild, sources: MetricSources, registry: Registry = new Registry()) {
    this.#registry = registry;
    this.#sources = sources;
    this.#requests = requestDurations(registry);
    this.#asked = askedMetrics(registry);
    gauge(registry, 'build_info', 'Always 1; says which version runs.', ['version', 'node']).set(
      { version: build.version, node: process.version },
      1,
    );
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Begins to watch the process itself: memory, processor time, garbage collection, event loop. */
  start(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Hears of an answered request. */
  request({ method, route, status, durationMs }: AnsweredRequest): void {
    this.#requests.observe({ method, route, status: String(status) }, durationMs / 1000);
  }

  async text(): Promise<string> {
    const { readiness, census, storeSize, alerts } = this.#sources;
    const { ready, terminals, registered, unassigned, pending, lost, missing, storeBytes, freeBytes } = this.#asked;
    this.#askNow();
    await Promise.all([
      this.#ask('readiness', [ready], readiness, (found) => {
        for (const part of ['broker', 'store'] as const) ready.set({ part }, found[part] ? 1 : 0);
      }),
      this.#ask('terminals', [terminals, registered, unassigned, pending, lost, missing], census, (found) => {
        for (const [state, count] of found.states) terminals.set({ state }, count);
        registered.set(found.registered);
        unassigned.set(found.unassigned);
        pending.set(found.pendingPresses);
        lost.set(found.lostPresses);
        missing.set(found.missingPresses);
      }),
      this.#ask('alerts', [this.#asked.alertsOpen, this.#asked.undelivered], alerts, (found) => {
        this.#asked.alertsOpen.set(found.open);
        this.#asked.undelivered.set(found.undelivered);
      }),
      this.#ask('store-size', [storeBytes, freeBytes], storeSize, (found) => {
        storeBytes.set({ file: 'database' }, found.database);
        storeBytes.set({ file: 'log' }, found.log);
        freeBytes.set(found.free);
      }),
    ]);
    return `${this.ingest.text()}\n${await this.#registry.metrics()}`;
  }

  #askNow(): void {
    const { refusals, streams, brokerClients, brokerRefusals } = this.#sources;
    const { presses, failures, refused, clients, turnedAway } = this.#asked;
    for (const one of [presses, failures, refused]) one.reset();
    for (const [clock, count] of Object.entries(this.ingest.presses)) presses.inc({ clock }, count);
    for (const [code, count] of this.ingest.failures) failures.inc({ code }, count);
    for (const reason of REFUSAL_REASONS) refused.inc({ reason }, 0);
    for (const [reason, count] of Object.entries(refusals())) refused.inc({ reason }, count);
    this.#asked.streams.set(streams());
    const connected = brokerClients();
    if (connected === undefined) clients.remove({});
    else clients.set(connected);
    const away = brokerRefusals();
    turnedAway.reset();
    if (away === undefined) turnedAway.remove({});
    else turnedAway.inc(away);
  }

  /** A source that fails leaves its numbers out, rather than old ones; the others are told all the same. */
  async #ask<T>(
    source: string,
    gauges: readonly Pick<Gauge, 'reset' | 'remove'>[],
    read: () => Promise<T>,
    show: (found: T) => void,
  ): Promise<void> {
    const { failed } = this.#asked;
    try {
      show(await read());
      failed.set({ source }, 0);
      this.#failing.delete(source);
    } catch (error) {
      for (const gauge of gauges) {
        gauge.reset();
        // Without labels a reset leaves a 0, which would be a lie.
        gauge.remove({});
      }
      failed.set({ source }, 1);
      if (!this.#failing.has(source)) this.#sources.onError(source, error);
      this.#failing.add(source);
    }
  }
}

function gauge<L extends string = never>(registry: Registry, name: string, help: string, labelNames: L[] = []) {
  return new Gauge<L>({ name: `hymio_${name}`, help, labelNames, registers: [registry] });
}

function counter<L extends string = never>(registry: Registry, name: string, help: string, labelNames: L[] = []) {
  return new Counter<L>({ name: `hymio_${name}`, help, labelNames, registers: [registry] });
}

function requestDurations(to: Registry) {
  return new Histogram({
    name: 'hymio_http_request_duration_seconds',
    help: 'Answered requests, event streams left out.',
    buckets: QUICK_SECONDS,
    labelNames: ['method', 'route', 'status'],
    registers: [to],
  });
}

/** What is looked at when the numbers are asked for. */
function askedMetrics(to: Registry) {
  return {
    presses: counter(to, 'presses_total', 'Presses stored since the start, repeats included.', ['clock']),
    failures: counter(to, 'commit_failures_total', 'Transactions that were not carried out, by code.', ['code']),
    refused: counter(to, 'refused_messages_total', 'Messages of terminals refused since the start.', ['reason']),
    terminals: gauge(to, 'terminals', 'Terminals, registered or seen, by state.', ['state']),
    registered: gauge(to, 'terminals_registered', 'Terminals that the operator has announced.'),
    unassigned: gauge(to, 'terminals_unassigned', 'Terminals that stand at no service point now.'),
    pending: gauge(to, 'pending_presses', 'Presses that terminals hold and have not delivered, by their statuses.'),
    lost: gauge(to, 'lost_presses', 'Presses recorded as lost in the whole history.'),
    missing: gauge(to, 'missing_presses', 'Presses that terminals once reported, not delivered and gone.'),
    ready: gauge(to, 'ready', '1 where the part is up, as in /readyz.', ['part']),
    alertsOpen: gauge(to, 'alerts_open', 'Alerts that are open and that nobody has in hand.'),
    undelivered: gauge(
      to,
      'notices_undelivered',
      'Notices of alerts and mails with reports that were tried and are not delivered yet, up to 500 of each.',
    ),
    storeBytes: gauge(to, 'store_bytes', 'Size of the files of the store.', ['file']),
    freeBytes: gauge(to, 'store_free_bytes', 'Room left on the disk of the store.'),
    streams: gauge(to, 'event_streams', 'Event streams open now: pages looked at and other programs.'),
    clients: gauge(to, 'broker_connections', 'Programs connected to the embedded broker.'),
    turnedAway: counter(
      to,
      'broker_connections_refused_total',
      'Connections that the embedded broker refused since the start, since there were too many.',
    ),
    failed: gauge(to, 'metrics_source_failed', '1 where numbers could not be read; they are left out.', ['source']),
  };
}
