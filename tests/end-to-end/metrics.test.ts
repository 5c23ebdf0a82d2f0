import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { ForeignClient } from '../support/foreign-client.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { readMetrics, type Sample, sampleValue } from '../support/metrics-text.js';
import { promqlNames } from '../support/promql-names.js';
import { describeWith } from '../support/requirements.js';
import { TestBench } from '../support/test-bench.js';

const FOLDER = fileURLToPath(new URL('../../docs/monitoring/', import.meta.url));
const EPOCH = '0b5e3c1e-6f0f-4a52-9a8e-2b9b8b1d2c3f';
/** Prometheus makes these itself for everything that it scrapes. */
const OF_PROMETHEUS = { metrics: ['up'], labels: ['job', 'instance'] };

const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string().min(1),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Hymio[A-Za-z]+$/),
          expr: z.string().min(1),
          for: z
            .string()
            .regex(/^\d+[smhd]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.strictObject({ summary: z.string().min(1), description: z.string().min(1) }),
        }),
      ),
    }),
  ),
});

const datasourceSchema = z.object({ type: z.literal('prometheus'), uid: z.literal('${' + 'datasource}') });
const panelSchema = z.object({
  id: z.int(),
  type: z.enum(['row', 'stat', 'timeseries']),
  title: z.string().min(1),
  gridPos: z.strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) }),
  datasource: datasourceSchema.optional(),
  targets: z
    .array(z.object({ refId: z.string().length(1), expr: z.string().min(1), datasource: datasourceSchema }))
    .default([]),
});
const variableSchema = z.object({
  name: z.string(),
  type: z.enum(['datasource', 'query']),
  definition: z.string().optional(),
});
const dashboardSchema = z.object({
  title: z.string().min(1),
  uid: z.string().min(1),
  id: z.null(),
  schemaVersion: z.int().min(39),
  templating: z.object({ list: z.array(variableSchema) }),
  panels: z.array(panelSchema).min(1),
});

const read = (name: string) => readFileSync(`${FOLDER}${name}`, 'utf8');
const rules = () => rulesSchema.parse(parse(read('prometheus-rules.yml'))).groups.flatMap((group) => group.rules);
const dashboard = () => dashboardSchema.parse(JSON.parse(read('grafana-dashboard.json')));

describeWith(['mosquitto_pub', 'mosquitto_sub'], 'the numbers of a running gateway', () => {
  const bench = new TestBench('metrics');
  let gateway: GatewayProgram;
  let samples: Sample[];

  beforeAll(async () => {
    const config = writeGatewayConfig(bench, 'gateway', { more: { log: { access: true } } });
    gateway = await GatewayProgram.start(bench, config);
    const client = await ForeignClient.start(bench, gateway.mqttPort, 'kallio-1');
    const press = (rating: number) => ({ at: Date.now() - 500, rating, clock: 'synced' });
    await client.publish('presses', { epoch: EPOCH, firstSeq: 1, oldestSeq: 1, presses: [press(3), press(0)] });
    expect(await client.ack()).toMatchObject({ upTo: 2 });
    await client.publish('presses', 'no JSON');
    await gateway.child.line(/message refused/);
    await gateway.fetch('/api/v1/terminals');
    await gateway.fetch('/nothing?who=me');
    const response = await gateway.fetch('/metrics');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    samples = readMetrics(await response.text());
  });
  afterAll(() => bench.clear());

  it('tell what has happened', () => {
    expect(sampleValue(samples, 'hymio_presses_total', { clock: 'synced' })).toBe(2);
    expect(sampleValue(samples, 'hymio_press_lag_seconds_count')).toBe(2);
    expect(sampleValue(samples, 'hymio_ack_latency_seconds_count')).toBe(1);
    expect(sampleValue(samples, 'hymio_refused_messages_total', { reason: 'malformed' })).toBe(1);
    expect(sampleValue(samples, 'hymio_terminals', { state: 'working' })).toBe(1);
    expect(sampleValue(samples, 'hymio_ready', { part: 'store' })).toBe(1);
    expect(sampleValue(samples, 'hymio_broker_connections')).toBeGreaterThanOrEqual(1);
    expect(sampleValue(samples, 'hymio_broker_connections_refused_total')).toBe(0);
    expect(sampleValue(samples, 'hymio_store_bytes', { file: 'database' })).toBeGreaterThan(0);
    expect(sampleValue(samples, 'hymio_store_free_bytes')).toBeGreaterThan(0);
    expect(sampleValue(samples, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    const labels = { method: 'GET', route: '/api/v1/terminals', status: '200' };
    expect(sampleValue(samples, 'hymio_http_request_duration_seconds_count', labels)).toBe(1);
  });

  it('know event streams only while they are open, and not as requests', async () => {
    const controller = new AbortController();
    const stream = await fetch(`${gateway.http}/api/v1/events`, { signal: controller.signal });
    const open = readMetrics(await (await gateway.fetch('/metrics')).text());
    expect(sampleValue(open, 'hymio_event_streams')).toBe(1);
    controller.abort();
    await expect(stream.text()).rejects.toThrow();
    await expect
      .poll(async () => sampleValue(readMetrics(await (await gateway.fetch('/metrics')).text()), 'hymio_event_streams'))
      .toBe(0);
    const routes = readMetrics(await (await gateway.fetch('/metrics')).text()).map(({ labels }) => labels['route']);
    expect(routes).not.toContain('/api/v1/events');
  });

  it('are beside a log of requests, without what follows the question mark', async () => {
    const [line] = await gateway.child.line(/^.*"path":"\/nothing".*$/);
    expect(JSON.parse(line)).toMatchObject({ method: 'GET', route: 'unmatched', status: 404, msg: 'request answered' });
    expect(line).not.toContain('who');
  });

  it.each(rules().map(({ alert, expr }) => [alert, expr]))('hold what the alert %s looks at', (_alert, expr) => {
    expectKnown(expr);
  });

  it.each(expressions())('hold what the dashboard shows: %s', (_title, expr) => {
    expectKnown(expr);
  });

  /** Every metric is there, and every label is one of the series that it filters or groups. */
  function expectKnown(expression: string): void {
    const { selected, grouped } = promqlNames(expression);
    expect(selected.length, expression).toBeGreaterThan(0);
    const labelsOf = (metric: string): string[] => [
      ...OF_PROMETHEUS.labels,
      ...samples.filter((sample) => sample.metric === metric).flatMap((sample) => Object.keys(sample.labels)),
    ];
    for (const { metric, labels } of selected) {
      const known = OF_PROMETHEUS.metrics.includes(metric) || samples.some((sample) => sample.metric === metric);
      expect(known, `${metric} in ${expression}`).toBe(true);
      expect(labelsOf(metric), expression).toEqual(expect.arrayContaining(labels));
    }
    expect(
      selected.flatMap(({ metric }) => labelsOf(metric)),
      expression,
    ).toEqual(expect.arrayContaining(grouped));
  }
});

/** Every expression of the dashboard with where it stands. */
function expressions(): [string, string][] {
  const { panels, templating } = dashboard();
  const asked = panels.flatMap(({ title, targets }) =>
    targets.map(({ refId, expr }): [string, string] => [`${title} ${refId}`, expr]),
  );
  const variables = templating.list.flatMap(({ name, definition }): [string, string][] => {
    const [, selector] = /^label_values\((.+), \w+\)$/.exec(definition ?? '') ?? [];
    return selector === undefined ? [] : [[`variable ${name}`, selector]];
  });
  return [...variables, ...asked];
}

describeWith([], 'the files for monitoring', () => {
  it('are a scrape configuration that names the rules', () => {
    const config: unknown = parse(read('prometheus.yml'));
    expect(config).toMatchObject({ rule_files: ['prometheus-rules.yml'], scrape_configs: [{ job_name: 'hymio' }] });
    expect(readdirSync(FOLDER)).toContain('prometheus-rules.yml');
  });

  it('name each alert once, and say in each what to do', () => {
    const names = rules().map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are a dashboard for any data source, with panels that do not cover each other', () => {
    const { panels, templating } = dashboard();
    expect(templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });

  it('are read as PromQL that refuses what is none', () => {
    expect(promqlNames('sum by (a, b) (rate(m_total{c=~"x,}", d!="y"}[$__rate_interval])) > 2e3 * on (e) n')).toEqual({
      selected: [
        { metric: 'm_total', labels: ['c', 'd'] },
        { metric: 'n', labels: [] },
      ],
      grouped: ['a', 'b', 'e'],
    });
    expect(promqlNames('sum(m) without (a) / clamp_min(n, 1)').selected.map(({ metric }) => metric)).toEqual([
      'm',
      'n',
    ]);
    expect(() => promqlNames('m ; n')).toThrow('not PromQL');
  });
});
