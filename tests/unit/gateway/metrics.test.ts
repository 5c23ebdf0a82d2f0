import { Board, gatewayMetrics, Ingest, LiveEvents, MemoryStore, type ReportMail } from '@hymio/gateway';
import { type Clock, HymioError } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { readMetrics, sampleValue } from '../../support/metrics-text.js';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const EPOCH = '0b5e3c1e-6f0f-4a52-9a8e-2b9b8b1d2c3f';

/** Ingest over a MemoryStore, watched by the metrics; what is asked for can be made to fail. */
function rig() {
  let monotonic = 0;
  const clock: Clock = { now: () => NOW, monotonic: () => monotonic, after: () => () => undefined };
  const store = new MemoryStore({ now: () => NOW });
  const errors: string[] = [];
  const seen = { reads: 0, failing: false };
  const board = new Board({
    store: {
      registry: () => store.registry(),
      rollups: (query) => store.rollups(query),
      terminalBriefs: (at, wanted) => {
        seen.reads += 1;
        if (seen.failing) throw new HymioError('store-read-failed', 'no', 'try again');
        return store.terminalBriefs(at, wanted);
      },
    },
    clock,
    zone: 'Europe/Helsinki',
    events: new LiveEvents(),
    onError: () => undefined,
  });
  const metrics = gatewayMetrics({
    clock,
    board,
    readiness: async () => ({ broker: true, store: false }),
    refusals: () => ingest.refusals.counts(),
    alerts: { openCount: () => 2, store: { waitingNotices: async () => [] } },
    reports: { waitingMails: async () => [0, 3].map(mailAfter) },
    storeSize: async () => ({ database: 4096, log: 0, free: 1e9 }),
    streams: () => 3,
    brokerClients: () => undefined,
    brokerRefusals: () => undefined,
    onError: (source) => errors.push(source),
  });
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const link = { ack: () => undefined };
  const ingest = new Ingest({ store, link, live: new LiveEvents(), clock, log, observer: metrics.ingest });
  const send = async (terminal: string, payload: object | string, topic: 'presses' | 'status' = 'presses') => {
    ingest.receive(
      terminal,
      topic,
      Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
      false,
    );
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const pass = (ms: number) => {
    monotonic += ms;
  };
  return { metrics, send, pass, errors, seen, read: async () => readMetrics(await metrics.text()) };
}

function batch(...presses: object[]) {
  return { epoch: EPOCH, firstSeq: 1, oldestSeq: 1, presses };
}

function mailAfter(attempts: number): ReportMail {
  const addressee = { id: 1, address: 'boss@example.org', language: 'fi', format: 'pdf' } as const;
  const state = { kind: 'waiting', nextAt: NOW, attempts, refusals: 0 } as const;
  return {
    id: 1,
    report: 1,
    week: '2026-W47',
    subject: 'organisation',
    addressee,
    delivery: 'x',
    createdAt: NOW,
    state,
  };
}

describe('metrics', () => {
  it('count presses by how their time is known and measure the lag of those whose time is', async () => {
    const { send, read } = rig();
    await send(
      'kallio-1',
      batch(
        { at: NOW - 2_000, rating: 3, clock: 'synced' },
        { at: NOW - 60_000, rating: 0, clock: 'corrected' },
        { at: NOW - 86_400_000, rating: 1, clock: 'estimated', uncertaintyMs: 1000 },
        { at: 5, rating: 1, clock: 'synced' },
      ),
    );
    const samples = await read();
    expect(sampleValue(samples, 'hymio_presses_total', { clock: 'synced' })).toBe(1);
    expect(sampleValue(samples, 'hymio_presses_total', { clock: 'corrected' })).toBe(1);
    // One said so itself, the other has a time that cannot be.
    expect(sampleValue(samples, 'hymio_presses_total', { clock: 'estimated' })).toBe(2);
    expect(sampleValue(samples, 'hymio_press_lag_seconds_count')).toBe(2);
    expect(sampleValue(samples, 'hymio_press_lag_seconds_sum')).toBe(62);
    // Buckets are cumulative and hold what is as large as their bound; the last one is all.
    const buckets = samples.filter(({ metric }) => metric === 'hymio_press_lag_seconds_bucket');
    expect(Object.fromEntries(buckets.map(({ labels, value }) => [labels['le'], value]))).toMatchObject({
      '0.05': 0,
      '1': 0,
      '2.5': 1,
      '30': 1,
      '60': 2,
      '604800': 2,
      '+Inf': 2,
    });
    expect(sampleValue(samples, 'hymio_batch_presses_sum')).toBe(4);
    expect(sampleValue(samples, 'hymio_ack_latency_seconds_count')).toBe(1);
    expect(sampleValue(samples, 'hymio_commit_messages_sum')).toBe(1);
  });

  it('count a batch that comes again once, and its ack twice', async () => {
    const { send, read } = rig();
    const same = batch({ at: NOW, rating: 3, clock: 'synced' });
    await send('kallio-1', same);
    await send('kallio-1', same);
    const samples = await read();
    expect(sampleValue(samples, 'hymio_presses_total', { clock: 'synced' })).toBe(1);
    expect(sampleValue(samples, 'hymio_ack_latency_seconds_count')).toBe(2);
  });

  it('tell no rating, terminal or place', async () => {
    const { send, read } = rig();
    await send('kallio-1', batch({ at: NOW, rating: 3, clock: 'synced' }));
    for (const { metric, labels } of await read()) {
      const told = Object.entries(labels).flat();
      expect(told, metric).not.toContain('rating');
      expect(told.join(' '), metric).not.toContain('kallio');
    }
  });

  it('count refusals by reason, the known ones from 0', async () => {
    const { send, read } = rig();
    expect(sampleValue(await read(), 'hymio_refused_messages_total', { reason: 'malformed' })).toBe(0);
    await send('kallio-1', 'no JSON');
    await send('kallio-1', { epoch: EPOCH, firstSeq: 2_000_002, oldestSeq: 2_000_002, presses: [null] });
    const samples = await read();
    expect(sampleValue(samples, 'hymio_refused_messages_total', { reason: 'malformed' })).toBe(1);
    expect(sampleValue(samples, 'hymio_refused_messages_total', { reason: 'gap-too-large' })).toBe(1);
  });

  it('read the terminals once for all who ask within seconds', async () => {
    const { send, read, pass, seen } = rig();
    await send('kallio-1', batch({ at: NOW, rating: 3, clock: 'synced' }));
    await Promise.all(Array.from({ length: 20 }, read));
    expect(seen.reads).toBe(1);
    pass(4_999);
    await read();
    expect(seen.reads).toBe(1);
    pass(1);
    const samples = await read();
    expect(seen.reads).toBe(2);
    expect(sampleValue(samples, 'hymio_terminals', { state: 'working' })).toBe(1);
    expect(sampleValue(samples, 'hymio_terminals', { state: 'offline' })).toBe(0);
    expect(sampleValue(samples, 'hymio_terminals_unassigned')).toBe(1);
  });

  it('leave out what cannot be read, say so once, and come back', async () => {
    const { read, pass, errors, seen } = rig();
    await read();
    seen.failing = true;
    for (let round = 0; round < 3; round += 1) {
      pass(5_000);
      const samples = await read();
      expect(samples.filter(({ metric }) => /^hymio_(terminals|pending|lost|missing)/.test(metric))).toEqual([]);
      expect(sampleValue(samples, 'hymio_metrics_source_failed', { source: 'terminals' })).toBe(1);
      expect(sampleValue(samples, 'hymio_store_bytes', { file: 'database' })).toBe(4096);
    }
    expect(errors).toEqual(['terminals']);
    seen.failing = false;
    const samples = await read();
    expect(sampleValue(samples, 'hymio_terminals', { state: 'working' })).toBe(0);
    expect(sampleValue(samples, 'hymio_metrics_source_failed', { source: 'terminals' })).toBe(0);
  });

  it('tell what is up, how many listen, and nothing of a broker that is elsewhere', async () => {
    const samples = await rig().read();
    expect(sampleValue(samples, 'hymio_ready', { part: 'broker' })).toBe(1);
    expect(sampleValue(samples, 'hymio_ready', { part: 'store' })).toBe(0);
    expect(sampleValue(samples, 'hymio_event_streams')).toBe(3);
    expect(sampleValue(samples, 'hymio_alerts_open')).toBe(2);
    // Of two mails with reports one was tried.
    expect(sampleValue(samples, 'hymio_notices_undelivered')).toBe(1);
    expect(sampleValue(samples, 'hymio_broker_connections')).toBeUndefined();
    expect(sampleValue(samples, 'hymio_broker_connections_refused_total')).toBeUndefined();
  });

  it('measure requests by route and status', async () => {
    const { metrics, read } = rig();
    const one = { method: 'GET', route: '/reports/weekly/:week', path: '/reports/weekly/2026-W47', durationMs: 20 };
    metrics.request({ ...one, status: 200 });
    metrics.request({ ...one, status: 404 });
    const samples = await read();
    const labels = { method: 'GET', route: '/reports/weekly/:week', status: '404' };
    expect(sampleValue(samples, 'hymio_http_request_duration_seconds_count', labels)).toBe(1);
    expect(JSON.stringify(samples)).not.toContain('2026-W47');
  });
});
