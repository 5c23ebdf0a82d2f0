import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '@hymio/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { describeWith, program } from '../support/requirements.js';
import { runProgram } from '../support/run-command.js';
import { fillWithSample } from '../support/sample-store.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/report-job.md', import.meta.url)), 'utf8');
const EXAMPLE_URL = 'https://hymio.example.org';

/** Blocks of code of the page: their language, the file that they are, if they are one, and their text. */
const BLOCKS = [...PAGE.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language, file, text = '']) => ({
  language,
  file,
  text,
}));

/** The week seven days ago in Helsinki, worked out otherwise than on the page. */
function lastWeek(): string {
  const day = new Date(
    new Date(Date.now() - 7 * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Helsinki' }),
  );
  day.setUTCDate(day.getUTCDate() + 3 - ((day.getUTCDay() + 6) % 7));
  const week = Math.floor((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / (7 * 86_400_000)) + 1;
  return `${day.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

describeWith(['curl', 'sqlite3'], 'the page on a report job', () => {
  const bench = new TestBench('report-job');
  const folder = bench.path('job');
  let gateway: GatewayProgram;
  beforeAll(async () => {
    mkdirSync(folder);
    writeGatewayConfig(bench, 'job/gateway', {
      data: 'data',
      more: { http: { listen: '127.0.0.1:0', requireToken: true } },
    });
    const store = await openSqliteStore({ folder: `${folder}/data`, reads: 'in-thread' });
    await fillWithSample(store);
    await store.close();
    gateway = await GatewayProgram.start(bench, `${folder}/gateway.yaml`);
    // What is installed on a real machine.
    const installed = bench.write(
      'bin/hymio-gateway',
      `#!/bin/sh\nexec '${process.execPath}' '${GATEWAY_PROGRAM}' "$@"\n`,
    );
    chmodSync(installed, 0o755);
    for (const { file, text } of BLOCKS) if (file !== undefined) writeFileSync(`${folder}/${file}`, text);
  });
  afterAll(() => bench.clear());

  it('has commands that do what it says, in its own order', async () => {
    const commands = BLOCKS.filter(({ language, file }) => language === 'sh' && file === undefined);
    expect(commands.length).toBeGreaterThan(6);
    const script = commands.map(({ text }) => text.replaceAll(EXAMPLE_URL, gateway.http)).join('\n');
    const { code, stdout, stderr } = await runProgram('sh', ['-eux', '-c', script], {
      cwd: folder,
      env: { ...process.env, PATH: `${bench.path('bin')}:${process.env['PATH']}` },
    });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const week = lastWeek();
    const holds = (file: string, length: number) =>
      readFileSync(`${folder}/${file}`).subarray(0, length).toString('latin1');
    for (const file of [`hymio-${week}.pdf`, `hymio-${week}-health.pdf`, `hymio-${week}-social.pdf`]) {
      expect(holds(file, 5)).toBe('%PDF-');
    }
    expect(holds(`hymio-${week}-health.xlsx`, 2)).toBe('PK');
    expect(holds(`hymio-${week}.csv`, 13)).toBe('week,section,');
    expect(JSON.parse(readFileSync(`${folder}/places.json`, 'utf8')).servicePoints).toHaveLength(4);
    expect(stdout).toMatch(/^kallio-clinic\|\d+\|/m);
    expect(statSync(`${folder}/report.token`).mode & 0o077).toBe(0);
    expect(existsSync(`${folder}/hymio-${week}.csv.part`)).toBe(false);
  });

  it('has a script that may be run again', async () => {
    const again = await runProgram('sh', ['hymio-report.sh'], {
      cwd: folder,
      env: { ...process.env, HYMIO_URL: 'http://127.0.0.1:1', PATH: `${bench.path('bin')}:${process.env['PATH']}` },
    });
    expect(again).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('names codes that operations explains', () => {
    const operations = readFileSync(fileURLToPath(new URL('../../docs/operations.md', import.meta.url)), 'utf8');
    const codes = [...PAGE.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code),
    );
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !operations.includes(`\`${code}\``))).toEqual([]);
  });
});

describeWith(['systemd-analyze'], 'the units of the page on a report job', () => {
  it('are ones that systemd takes', () => {
    const bench = new TestBench('report-units');
    try {
      const files = BLOCKS.filter(({ language }) => language === 'ini').map(({ file = '', text }) =>
        bench.write(file, text),
      );
      expect(files).toHaveLength(2);
      const { status, stderr, stdout } = spawnSync(program('systemd-analyze'), ['verify', '--man=no', ...files], {
        encoding: 'utf8',
      });
      // What the machine itself lacks is not the page's fault.
      const said = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('hymio-report'));
      expect({ status, said }).toEqual({ status: 0, said: [] });
    } finally {
      void bench.clear();
    }
  });
});
