import { REFUSAL_CODES } from '@hymio/protocol';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AnsweredRequest } from '../http/http-observer.js';
import type { MetricsText } from '../http/routes/metrics-routes.js';
import type { AnsweredArrival, IngestObserver } from '../ingest/ingest-observer.js';
import type { MetricSources } from './metric-sources.js';

/** Labels that are there from the start, so that the first refusal or failure is a rise from 0 and not a new series. */
const REFUSAL_REASONS = [...REFUSAL_CODES, 'overload', 'internal'] as const;
const CLOCKS = ['synced', 'corrected', 'estimated'] as const;
const FAILURE_CODES = ['store-full', 'store-unwritable', 'store-corrupt', 'internal'] as const;

const QUICK_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** From a press that goes at once to one of a terminal that was cut off for a week. */
const LAG_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400, 604_800];
const BATCH_PRESSES = [1, 2, 5, 10, 25, 50, 100, 250, 500];
const GROUP_MESSAGES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];

export interface GatewayBuild {
  version: string;
}

/**
 * The gateway's numbers in Prometheus' text format. No number is told by rating, and none by terminal or place: a press
 * would be one step of one series, and a thousand terminals would be thousands of series.
 */
export class PrometheusMetrics implements IngestObserver, MetricsText {
  readonly #registry: Registry;
  readonly #sources: MetricSources;
  readonly #hot: ReturnType<typeof hotMetrics>;
  readonly #asked: ReturnType<typeof askedMetrics>;
  /** Told already as failing: an error is said when it begins. */
  readonly #failing = new Set<string>();

  constructor(build: GatewayBuild, sources: MetricSources, registry: Registry = new Registry()) {
    this.#registry = registry;
    this.#sources = sources;
    this.#hot = hotMetrics(registry);
    this.#asked = askedMetrics(registry);
    gauge(registry, 'build_info', 'Always 1; says which version runs.', ['version', 'node']).set(
      { version: build.version, node: process.version },
      1,
    );
    for (const clock of CLOCKS) this.#hot.presses.inc({ clock }, 0);
    for (const code of FAILURE_CODES) this.#hot.commitFailures.inc({ code }, 0);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Begins to watch the process itself: memory, processor time, garbage collection, event loop. */
  start(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  committed(messages: number, durationMs: number): void {
    this.#hot.commitSeconds.observe(durationMs / 1000);
    this.#hot.commitMessages.observe(messages);
  }

  commitFailed(code: string): void {
    this.#hot.commitFailures.inc({ code });
  }

  answered({ arrival, outcome, answerMs, committedAt }: AnsweredArrival): void {
    if (arrival.kind !== 'presses') return;
    const { presses, pressLag, batchPresses, ackSeconds } = this.#hot;
    batchPresses.observe(arrival.message.presses.length);
    if (outcome.acks.length > 0) ackSeconds.observe(answerMs / 1000);
    const counts = { synced: 0, corrected: 0, estimated: 0 };
    for (const { clock, at } of outcome.presses) {
      counts[clock] += 1;
      // A clock that is known to the millisecond may still be ahead of ours by some.
      if (clock !== 'estimated') pressLag.observe(Math.max(0, committedAt - at) / 1000);
    }
    for (const clock of CLOCKS) if (counts[clock] > 0) presses.inc({ clock }, counts[clock]);
  }

  /** Hears of an answered request. */
  request({ method, route, status, durationMs }: AnsweredRequest): void {
    this.#hot.requests.observe({ method, route, status: String(status) }, durationMs / 1000);
  }

  async text(): Promise<string> {
    const { readiness, census, storeSize } = this.#sources;
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
      this.#ask('store-size', [storeBytes, freeBytes], storeSize, (found) => {
        storeBytes.set({ file: 'database' }, found.database);
        storeBytes.set({ file: 'log' }, found.log);
        freeBytes.set(found.free);
      }),
    ]);
    return this.#registry.metrics();
  }

  #askNow(): void {
    const { refusals, streams, brokerClients } = this.#sources;
    const { refused, clients } = this.#asked;
    refused.reset();
    for (const reason of REFUSAL_REASONS) refused.inc({ reason }, 0);
    for (const [reason, count] of Object.entries(refusals())) refused.inc({ reason }, count);
    this.#asked.streams.set(streams());
    const connected = brokerClients();
    if (connected === undefined) clients.remove({});
    else clients.set(connected);
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

function histogram<L extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  buckets: number[],
  labelNames: L[] = [],
) {
  return new Histogram<L>({ name: `hymio_${name}`, help, buckets, labelNames, registers: [registry] });
}

/** What is counted as it happens. */
function hotMetrics(to: Registry) {
  return {
    presses: counter(to, 'presses_total', 'Presses stored since the start, repeats included.', ['clock']),
    pressLag: histogram(
      to,
      'press_lag_seconds',
      'From the press until it was stored; only presses whose time is not estimated.',
      LAG_SECONDS,
    ),
    ackSeconds: histogram(
      to,
      'ack_latency_seconds',
      'From the receipt of a batch until its ack was handed to the broker, after the COMMIT.',
      QUICK_SECONDS,
    ),
    batchPresses: histogram(to, 'batch_presses', 'Presses in one message of a terminal.', BATCH_PRESSES),
    commitSeconds: histogram(to, 'commit_duration_seconds', 'One transaction of the store.', QUICK_SECONDS),
    commitMessages: histogram(to, 'commit_messages', 'Messages in one transaction of the store.', GROUP_MESSAGES),
    commitFailures: counter(to, 'commit_failures_total', 'Transactions that were not carried out, by code.', ['code']),
    requests: histogram(
      to,
      'http_request_duration_seconds',
      'Answered requests, event streams left out.',
      QUICK_SECONDS,
      ['method', 'route', 'status'],
    ),
  };
}

/** What is looked at when the numbers are asked for. */
function askedMetrics(to: Registry) {
  return {
    refused: counter(to, 'refused_messages_total', 'Messages of terminals refused since the start.', ['reason']),
    terminals: gauge(to, 'terminals', 'Terminals, registered or seen, by state.', ['state']),
    registered: gauge(to, 'terminals_registered', 'Terminals that the operator has announced.'),
    unassigned: gauge(to, 'terminals_unassigned', 'Terminals that stand at no service point now.'),
    pending: gauge(to, 'pending_presses', 'Presses that terminals hold and have not delivered, by their statuses.'),
    lost: gauge(to, 'lost_presses', 'Presses recorded as lost in the whole history.'),
    missing: gauge(to, 'missing_presses', 'Presses that terminals once reported, not delivered and gone.'),
    ready: gauge(to, 'ready', '1 where the part is up, as in /readyz.', ['part']),
    storeBytes: gauge(to, 'store_bytes', 'Size of the files of the store.', ['file']),
    freeBytes: gauge(to, 'store_free_bytes', 'Room left on the disk of the store.'),
    streams: gauge(to, 'event_streams', 'Event streams open now: pages looked at and other programs.'),
    clients: gauge(to, 'broker_connections', 'Programs connected to the embedded broker.'),
    failed: gauge(to, 'metrics_source_failed', '1 where numbers could not be read; they are left out.', ['source']),
  };
}
