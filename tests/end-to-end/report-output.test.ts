import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { openSqliteStore } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGatewayConfig } from '../support/gateway-program.js';
import { describeWith } from '../support/requirements.js';
import { type CommandResult, runCommand } from '../support/run-command.js';
import { commitPresses, fillWithSample, sampleEpoch } from '../support/sample-store.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';

const bench = new TestBench('report-output');
let config = '';
const report = (...more: string[]): Promise<CommandResult> =>
  runCommand(GATEWAY_PROGRAM, 'report', 'weekly', '--config', config, '--week', '2026-W47', ...more);

beforeAll(async () => {
  config = writeGatewayConfig(bench, 'sample');
  const store = await openSqliteStore({ folder: bench.path('sample-data'), reads: 'in-thread' });
  await fillWithSample(store);
  const february = Array.from({ length: 12 }, (_, day) => {
    return { at: Date.parse('2026-02-02T10:00:00Z') + day * 86_400_000, rating: 3, clock: 'synced' } as const;
  });
  await commitPresses(store, 'kallio-1', sampleEpoch(90), february);
  await store.close();
});
afterAll(() => bench.clear());

function folder(name: string): string {
  const path = bench.path(name);
  mkdirSync(path);
  return path;
}

describe('the file of a report', () => {
  it('holds what standard output would, and nothing lies beside it', async () => {
    const into = folder('written');
    const [first, second] = await Promise.all([
      report('--format', 'csv', '--out', `${into}/report.csv`),
      report('--format', 'csv'),
    ]);
    expect(first).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(second.stdout).toContain('2026-W47,total,');
    expect(readdirSync(into)).toEqual(['report.csv']);
    expect(readFileSync(`${into}/report.csv`, 'utf8')).toBe(second.stdout);
  });

  it('is a PDF where one is asked for', async () => {
    const out = `${folder('pdf')}/report.pdf`;
    expect(await report('--format', 'pdf', '--lang', 'sv', '--out', out)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(out).subarray(0, 8).toString()).toBe('%PDF-1.7');
  });

  it('is never put in the place of another', async () => {
    const into = folder('taken');
    writeFileSync(`${into}/report.html`, 'of last week');
    symlinkSync('nowhere', `${into}/link.html`);
    const results = ['report.html', 'link.html'].map((name) => report('--out', `${into}/${name}`));
    for (const { code, stderr } of await Promise.all(results)) {
      expect(code).toBe(1);
      expect(stderr).toContain('[output-exists]');
    }
    expect(readFileSync(`${into}/report.html`, 'utf8')).toBe('of last week');
    expect(readdirSync(into).sort()).toEqual(['link.html', 'report.html']);
  });

  it('is one file, whoever wants to write it at the same time', async () => {
    const into = folder('race');
    const results = await Promise.all(
      ['csv', 'json', 'csv'].map((format) => report('--format', format, '--out', `${into}/x`)),
    );
    expect(results.map(({ code }) => code).sort()).toEqual([0, 1, 1]);
    for (const { code, stderr } of results) if (code === 1) expect(stderr).toContain('[output-exists]');
    expect(readdirSync(into)).toEqual(['x']);
  });

  it('is refused where --out cannot be a new file', async () => {
    const into = folder('refused');
    writeFileSync(`${into}/file`, '');
    const wrong = [
      ['', 'output-is-folder'],
      ['/new/', 'output-is-folder'],
      ['/missing/report.html', 'output-folder-missing'],
      ['/file/report.html', 'output-folder-missing'],
      [`/${'x'.repeat(300)}`, 'output-unwritable'],
    ] as const;
    await Promise.all(
      wrong.map(async ([path, code]) => {
        const result = await report('--out', `${into}${path}`);
        expect(result).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`[${code}]`) });
      }),
    );
    expect(readdirSync(into)).toEqual(['file']);
  });

  it('is not begun where there is nothing to report', async () => {
    const into = folder('nothing');
    const result = await runCommand(
      ...[GATEWAY_PROGRAM, 'report', 'weekly', '--config', config],
      ...['--week', '2026-W60', '--out', `${into}/report.html`],
    );
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('[no-such-week]');
    expect(readdirSync(into)).toEqual([]);
  });
});

describe('a report on standard output', () => {
  it('is cut off quietly by who has seen enough', async () => {
    const child = spawn(process.execPath, [
      ...[GATEWAY_PROGRAM, 'report', 'weekly', '--config', config],
      ...['--week', '2026-W47', '--format', 'json'],
    ]);
    child.stdout.destroy();
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });

  it('says so where it leads to a full disk', () => {
    const command = `"$0" "$1" report weekly --config "$2" --week 2026-W47 > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, GATEWAY_PROGRAM, config], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('[output-unwritable]');
  });
});

describeWith(['root', 'mount'], 'the file of a report on a disk', () => {
  const disks: string[] = [];
  function disk(name: string, options: string): string {
    const path = folder(name);
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    disks.push(path);
    return path;
  }
  afterAll(() => {
    for (const path of disks) spawnSync('umount', [path]);
  });

  it.each([
    ['without room', 'size=16k', 'output-full'],
    ['that is read only', 'ro', 'output-unwritable'],
  ])('%s is not begun, and says why', async (name, options, code) => {
    const path = disk(name, options);
    const result = await report('--format', 'html', '--out', `${path}/report.html`);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(`[${code}]`);
    expect(readdirSync(path)).toEqual([]);
  });
});

describe('the command for a poster', () => {
  const poster = (...more: string[]) =>
    runCommand(GATEWAY_PROGRAM, 'report', 'poster', '--config', config, '--service-point', 'kallio-clinic', ...more);

  it('writes one, and nothing where there is none to be had', async () => {
    const into = folder('poster');
    const [made, early, one] = await Promise.all([
      poster('--month', '2026-02', '--lang', 'sv,fi', '--out', `${into}/made.pdf`),
      poster('--month', '2026-01', '--out', `${into}/early.pdf`),
      poster('--month', '2026-02', '--lang', 'sv', '--out', `${into}/one.pdf`),
    ]);
    expect(made).toEqual({ code: 0, stdout: '', stderr: '' });
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('[month-before-first-press]')]);
    expect([one.code, one.stderr]).toEqual([1, expect.stringContaining('[not-two-languages]')]);
    expect(readdirSync(into)).toEqual(['made.pdf']);
    expect(readFileSync(`${into}/made.pdf`).subarray(0, 8).toString()).toBe('%PDF-1.7');
  });
});
