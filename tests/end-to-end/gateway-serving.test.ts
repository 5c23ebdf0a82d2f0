import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { weekOf } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExportedPress, GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { onThisMachine } from '../support/on-this-machine.js';
import { describeWith } from '../support/requirements.js';
import { runCommand } from '../support/run-command.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const EXAMPLE = fileURLToPath(new URL('../../docs/examples/registry.yaml', import.meta.url));
const ZONE = 'Europe/Helsinki';
const DAY_MS = 24 * 3_600_000;
const gatewayCommand = (...args: string[]) => runCommand(GATEWAY_PROGRAM, ...args);

describe('a serving gateway', () => {
  const bench = new TestBench('serving');
  let config: string;
  let gateway: GatewayProgram;
  let terminal: TerminalProgram;

  beforeAll(async () => {
    // `report` finds the serving gateway by the port in its configuration.
    config = writeGatewayConfig(bench, 'gateway', { httpPort: await freePort() });
    gateway = await GatewayProgram.start(bench, config);
    const terminalConfig = writeTerminalConfig(bench, 'kallio-1', gateway.mqttPort);
    terminal = new TerminalProgram(bench, 'kallio-1', terminalConfig);
    await terminal.connected();
    terminal.push(3, 2, 1, 0);
    await delivered(4);
  });
  afterAll(() => bench.clear());

  const delivered = (count: number) =>
    until(
      `${count} presses`,
      () => gateway.presses('kallio-1'),
      (presses) => presses.length >= count,
    );

  it('keeps a second gateway off its store', async () => {
    const second = writeGatewayConfig(bench, 'second', { data: 'gateway-data' });
    const { code, stdout, stderr } = await gatewayCommand('serve', '--config', second);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('[store-in-use]');
    expect((await gateway.fetch('/readyz')).status).toBe(200);
  });

  it('imports, and has it at once', async () => {
    const { code, stdout } = await gatewayCommand('import', EXAMPLE, '--config', config);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^added [1-9]\d*, changed 0, unchanged 0/);
    const { servicePoints } = await gateway.json<{ servicePoints: { id: string }[] }>('/api/v1/service-points');
    expect(servicePoints.map(({ id }) => id)).toContain('kallio-health-station');
    const bad = bench.write('bad.yaml', { groups: [{ id: 'island', parent: 'atlantis', name: { en: 'Island' } }] });
    const refused = await gatewayCommand('import', bad, '--config', config);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('[registry-contradiction]') });
  });

  it('prunes and counts again while it serves', async () => {
    expect((await gatewayCommand('prune', '--config', config)).stdout).toMatch(/^0 raw presses removed/);
    expect((await gatewayCommand('rebuild-rollups', '--config', config)).stdout).toMatch(/ 0 differed\n$/);
    expect(statSync(bench.path('gateway-data', 'control.json')).mode & 0o077).toBe(0);
  });

  it('makes a backup while presses come in, and the backup is whole', async () => {
    const copy = bench.path('copy.sqlite');
    const before = terminal.kept().length;
    const running = gatewayCommand('backup', '--out', copy, '--config', config);
    let pressing = true;
    const presses = (async () => {
      while (pressing) await terminal.press(3);
    })();
    expect(await running).toMatchObject({ code: 0, stderr: '' });
    pressing = false;
    await presses;
    expect(await gatewayCommand('backup', '--out', copy, '--config', config)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[backup-exists]'),
    });
    const other = writeGatewayConfig(bench, 'other');
    expect((await gatewayCommand('restore', '--from', copy, '--config', other)).code).toBe(0);
    expect((await gatewayCommand('rebuild-rollups', '--config', other)).stdout).toMatch(/ 0 differed\n$/);
    const restored = await GatewayProgram.start(bench, other);
    const stored = await restored.presses('kallio-1');
    await restored.stop();
    expect(stored.length).toBeGreaterThanOrEqual(before);
    expect(stored.length).toBeLessThanOrEqual(terminal.kept().length);
    expect(stored.map(({ seq }: ExportedPress) => seq)).toEqual(stored.map((_, index) => index + 1));
  });

  it('refuses to be restored over', async () => {
    const copy = bench.path('copy-2.sqlite');
    await gatewayCommand('backup', '--out', copy, '--config', config);
    const { code, stderr } = await gatewayCommand('restore', '--from', copy, '--config', config);
    expect(code).toBe(1);
    expect(stderr).toContain('[store-in-use]');
    await terminal.press(0);
    await delivered(terminal.kept().length);
  });

  it('knows at once that a terminal died, by its will', async () => {
    const config = writeTerminalConfig(bench, 'short-1', gateway.mqttPort);
    const short = new TerminalProgram(bench, 'short-1', config);
    const state = async () => {
      const response = await gateway.fetch('/api/v1/terminals/short-1');
      return response.ok ? ((await response.json()) as { state: { kind: string } }).state.kind : 'unknown';
    };
    await until('working', state, (kind) => kind === 'working');
    await short.stop('SIGKILL');
    await until('offline', state, (kind) => kind === 'offline');
  });

  it('goes on when its standard input ends', async () => {
    gateway.child.endInput();
    terminal.child.endInput();
    expect((await gateway.fetch('/healthz')).status).toBe(200);
    expect(terminal.child.running).toBe(true);
    const { state } = await gateway.json<{ state: { kind: string } }>('/api/v1/terminals/kallio-1');
    expect(state.kind).toBe('working');
  });

  describe('answers what cannot be with a problem document:', () => {
    it.each([
      ['/api/v1/aggregates?bucket=minute', 400, 'invalid-parameter'],
      ['/api/v1/aggregates?from=yesterday', 400, 'invalid-parameter'],
      ['/api/v1/aggregates?from=2026-01-02T00:00:00', 400, 'invalid-parameter'],
      ['/api/v1/aggregates?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', 400, 'bad-range'],
      ['/api/v1/aggregates?from=2001-01-01T00:00:00Z&bucket=15min', 400, 'range-too-large'],
      ['/api/v1/aggregates?from=2026-01-01T00:00:00Z&colour=green', 400, 'invalid-parameter'],
      ['/api/v1/presses?limit=0', 400, 'invalid-parameter'],
      ['/api/v1/presses?limit=100001', 400, 'invalid-parameter'],
      ['/api/v1/presses?after=-1', 400, 'invalid-parameter'],
      ['/api/v1/presses?after=1e99', 400, 'invalid-parameter'],
      ['/api/v1/presses?terminal=UPPER', 400, 'invalid-parameter'],
      ['/api/v1/terminals/nobody', 404, 'unknown-terminal'],
      ['/api/v1/terminals/..%2F..%2Fetc', 400, 'invalid-parameter'],
      ['/api/v1/reports/weekly/2026-W54', 404, 'no-such-week'],
      ['/api/v1/reports/weekly/next', 400, 'malformed-week'],
      ['/api/v1/reports/weekly/2199-W01', 404, 'future-week'],
      ['/api/v1/reports/weekly/2026-W01?format=docx', 400, 'invalid-parameter'],
      ['/api/v1/reports/weekly/2026-W01?service-point=nowhere', 404, 'unknown-service-point'],
      ['/api/v1/nothing', 404, 'unknown-route'],
    ])('%s', async (path, status, code) => {
      const response = await gateway.fetch(path);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const problem = (await response.json()) as Record<string, unknown>;
      expect(problem).toMatchObject({ status, code, type: `urn:hymio:problem:${code}` });
      expect(response.status).toBe(status);
      expect(problem['detail']).toEqual(expect.any(String));
      expect(problem['next']).toEqual(expect.any(String));
    });
  });

  describe('and one that is stopped', () => {
    const week = weekOf(Date.now(), ZONE).id;
    const report = (...more: string[]) =>
      gatewayCommand('report', 'weekly', '--config', config, '--week', week, ...more);

    it('write the same weekly report in every format and language', async () => {
      const wanted = ['html', 'csv', 'json'].flatMap((format) => ['fi', 'sv', 'en'].map((lang) => [format, lang]));
      const make = async ([format = '', lang = '']: string[]) => {
        const { code, stdout, stderr } = await report('--format', format, '--lang', lang);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        return [`${format} ${lang}`, stdout] as const;
      };
      const serving = Object.fromEntries(await Promise.all(wanted.map(make)));
      for (const lang of ['fi', 'sv', 'en']) {
        expect(serving[`html ${lang}`]).toContain(`<html lang="${lang}"`);
        const { counts } = JSON.parse(serving[`json ${lang}`] ?? '') as { counts: { n: number; repeats: number } };
        expect(counts.n + counts.repeats).toBe(terminal.kept().length);
      }
      expect(new Set(Object.values(serving).map((text) => text.slice(0, 2_000))).size).toBeGreaterThan(6);
      await stopWithin(3_000);
      const [one, other] = [serving['json fi'], (await make(['json', 'fi']))[1]].map((text) => JSON.parse(text ?? ''));
      expect(other).toMatchObject({ counts: one.counts, servicePoints: one.servicePoints, change: one.change });
    });

    it('never write over a file, and refuse weeks and places that are not', async () => {
      const out = bench.path('report.html');
      expect(await report('--out', out)).toMatchObject({ code: 0, stdout: '' });
      const written = readFileSync(out, 'utf8');
      expect(written).toContain('</html>');
      expect(await report('--out', out)).toMatchObject({ code: 1, stderr: expect.stringContaining('[output-exists]') });
      expect(readFileSync(out, 'utf8')).toBe(written);
      const future = weekOf(Date.now() + 14 * DAY_MS, ZONE).id;
      const refused: [string, string[]][] = [
        ['[future-week]', ['--week', future]],
        ['[malformed-week]', ['--week', '2026-47']],
        ['[no-such-week]', ['--week', '2025-W53']],
        ['[unknown-service-point]', ['--week', week, '--service-point', 'nowhere']],
        ['[output-folder-missing]', ['--week', week, '--out', bench.path('no', 'folder')]],
      ];
      const answers = refused.map(async ([expected, args]) => {
        const { code, stderr } = await gatewayCommand('report', 'weekly', '--config', config, ...args);
        expect(code).toBe(1);
        expect(stderr).toContain(expected);
      });
      await Promise.all(answers);
    });

    /** SIGTERM with a terminal connected and someone listening to live events. */
    async function stopWithin(ms: number): Promise<void> {
      const streams = await Promise.all([gateway.fetch('/api/v1/events'), gateway.fetch('/api/v1/events')]);
      for (const stream of streams) expect(stream.status).toBe(200);
      const start = performance.now();
      const ended = await gateway.child.kill('SIGTERM');
      expect(ended).toEqual({ code: 0, signal: null });
      const tookMs = performance.now() - start;
      expect(tookMs).toBeLessThan(await onThisMachine(ms));
      await Promise.allSettled(streams.map((stream) => stream.body?.cancel()));
    }
  });
});

describeWith(['mosquitto'], 'a gateway with a broker elsewhere', () => {
  const bench = new TestBench('elsewhere');
  afterAll(() => bench.clear());

  it('starts without it, is ready once it is there, and says when it is gone', async () => {
    const broker = await MosquittoProgram.start(bench);
    await broker.stop('SIGKILL');
    const gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway', { brokerUrl: broker.url }));
    const readiness = async () => {
      const response = await gateway.fetch('/readyz');
      return `${response.status} ${await response.text()}`;
    };
    expect(await readiness()).toMatch(/^503 .*broker/);
    await broker.start();
    await until('ready', readiness, (said) => said.startsWith('200'));
    const config = writeTerminalConfig(bench, 'elsewhere-1', broker.port);
    const terminal = new TerminalProgram(bench, 'elsewhere-1', config);
    await terminal.connected();
    await broker.stop('SIGKILL');
    await until('not ready', readiness, (said) => said.startsWith('503'));
    await terminal.press(3);
    await broker.start();
    await until(
      'delivered',
      () => gateway.presses(),
      (presses) => presses.length === 1,
    );
    await gateway.stop();
  });
});
