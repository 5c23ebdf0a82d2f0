import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { openSqliteStore, REPORT_FORMATS } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { runCommand } from '../support/run-command.js';
import { fillWithSample } from '../support/sample-store.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

describe('the report of a gateway on another machine', () => {
  const bench = new TestBench('report-remote');
  let gateway: GatewayProgram;
  let config = '';
  let token = '';
  const report = (...more: string[]) => runCommand(GATEWAY_PROGRAM, 'report', 'weekly', '--week', '2026-W47', ...more);
  const ask = (...more: string[]) => report('--url', gateway.http, '--token-file', token, ...more);

  beforeAll(async () => {
    config = writeGatewayConfig(bench, 'remote', {
      more: { http: { listen: '127.0.0.1:0', requireToken: true }, log: { level: 'debug' } },
    });
    const store = await openSqliteStore({ folder: bench.path('remote-data'), reads: 'in-thread' });
    await fillWithSample(store);
    await store.close();
    gateway = await GatewayProgram.start(bench, config);
    const words = ['token', 'create', '--config', config, '--name', 'job', '--scope', 'reports:read'];
    const { stdout } = await runCommand(GATEWAY_PROGRAM, ...words);
    token = bench.write('token', stdout);
  });
  afterAll(() => bench.clear());

  it('is the same file as on the machine itself, in every format', async () => {
    await Promise.all(
      REPORT_FORMATS.map(async (format) => {
        const file = bench.path(`report.${format}`);
        const what = ['--format', format, '--lang', 'en', '--group', 'health'];
        const [remote, local] = [await ask(...what, '--out', file), await report('--config', config, ...what)];
        expect(remote).toEqual({ code: 0, stdout: '', stderr: '' });
        expect(local.code).toBe(0);
        if (format === 'csv') expect(readFileSync(file, 'utf8')).toBe(local.stdout);
        else expect(readFileSync(file).length).toBeGreaterThan(1_000);
      }),
    );
  });

  it('says what is wrong in the gateway’s words, and leaves nothing behind', async () => {
    mkdirSync(bench.path('wrong'));
    const out = ['--out', bench.path('wrong', 'report.html')];
    const none = bench.write('no-token', 'secret');
    const revoked = bench.write('foreign', `hymio_1_${'x'.repeat(43)}`);
    const cases: [string[], string][] = [
      [['--url', gateway.http], 'token-needed'],
      [['--url', gateway.http, '--token-file', revoked], 'token-unknown'],
      [['--url', gateway.http, '--token-file', none], 'token-unreadable'],
      [['--url', gateway.http, '--token-file', bench.path('missing')], 'token-unreadable'],
      [['--url', gateway.http, '--token-file', token, '--service-point', 'nowhere'], 'unknown-service-point'],
      [['--url', gateway.http, '--token-file', token, '--timeout', 'soon'], 'bad-arguments'],
      [['--token-file', token], 'bad-arguments'],
      [[], 'bad-arguments'],
    ];
    await Promise.all(
      cases.map(async ([words, code]) => {
        const result = await report(...words, ...out);
        expect(result).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`[${code}]`) });
        expect(result.stderr).not.toContain('secret');
      }),
    );
    expect((await ask('--config', config)).stderr).toContain("cannot be used with option '--url");
    expect(readdirSync(bench.path('wrong'))).toEqual([]);
  });

  it('takes the token from the environment too, and tells the log nothing of it', async () => {
    const secret = readFileSync(token, 'utf8').trim();
    const child = spawn(
      process.execPath,
      [GATEWAY_PROGRAM, 'report', 'weekly', '--week', '2026-W47', '--format', 'json', '--url', gateway.http],
      { env: { ...process.env, HYMIO_TOKEN: secret } },
    );
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ week: '2026-W47' });
    expect(gateway.child.lines.some((line) => line.includes('/api/v1/reports/weekly/2026-W47'))).toBe(true);
    expect(gateway.child.lines.join('\n')).not.toContain(secret);
  });

  it('is nothing where the answer is cut off, or the job is ended in the middle', async () => {
    const folder = bench.path('halves');
    mkdirSync(folder);
    let sayHalf: () => void = () => undefined;
    const halfSent = new Promise<void>((resolve) => {
      sayHalf = resolve;
    });
    const server = createServer((request, response) => {
      const name = { 'content-disposition': 'attachment; filename="hymio-2026-W47.csv"' };
      response.writeHead(200, { 'content-type': 'text/csv', ...name, 'content-length': '100000' });
      response.write('half', () => (request.url?.includes('lang=sv') ? response.destroy() : sayHalf()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    try {
      const file = `${folder}/report.csv`;
      const cut = await report('--url', url, '--lang', 'sv', '--format', 'csv', '--out', file);
      expect(cut).toMatchObject({ code: 75, stderr: expect.stringContaining('[remote-cut-off]') });
      const words = ['report', 'weekly', '--week', '2026-W47', '--url', url, '--format', 'csv', '--out', file];
      const job = bench.node('job', GATEWAY_PROGRAM, ...words);
      await halfSent;
      await until(
        'a draft',
        async () => readdirSync(folder),
        (names) => names.length === 1,
      );
      await job.kill('SIGTERM');
      expect(await job.exited).toMatchObject({ signal: 'SIGTERM' });
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
