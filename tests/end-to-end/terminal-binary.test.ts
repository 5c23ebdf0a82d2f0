import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onThisMachine } from '../support/on-this-machine.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { ON_DISK, TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';
import { TestBroker } from '../support/test-broker.js';
import { until } from '../support/until.js';

let bench: TestBench;
/** Nobody listens there: the terminal has no network. */
const NO_BROKER = 1;

beforeEach(() => {
  bench = new TestBench('terminal', ON_DISK);
});
afterEach(() => bench.clear());

const ready = /"msg":"ready for presses"/;

async function ended(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = bench.node('terminal', TERMINAL_PROGRAM, ...args);
  const { code } = await child.exited;
  return { code, text: child.lines.join('\n') };
}

async function summary(config: string) {
  const { code, text } = await ended('status', '--json', '--config', config);
  expect(code).toBe(0);
  return JSON.parse(text) as { held: number; pending: number; epochs: { epoch: string; lastSeq: number }[] };
}

describe('hymio-terminal run', () => {
  it('takes presses without a network, also after the end of its input, until it is told to stop', async () => {
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    const terminal = new TerminalProgram(bench, 'kallio-1', config);
    expect(await terminal.press(3)).toMatchObject({ seq: 1, rating: 3 });
    expect(await terminal.press(0)).toMatchObject({ seq: 2, rating: 0 });
    terminal.child.endInput();
    await terminal.child.line(/no connection to the broker/, terminal.child.lines.length);
    expect(terminal.child.running).toBe(true);
    expect(await terminal.child.kill('SIGTERM')).toMatchObject({ code: 0 });
    expect(await summary(config)).toMatchObject({ held: 2, pending: 2 });
  });

  it('has on disk what it said is kept, after a kill -9 behind each line', async () => {
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    const kept: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const terminal = new TerminalProgram(bench, 'kallio-1', config);
      terminal.push(...Array.from({ length: 50 }, (_, index) => (index % 4) as 0));
      await terminal.child.line(new RegExp(`^kept epoch=\\S+ seq=${1 + round * 6} `));
      await terminal.stop('SIGKILL');
      kept.push(...terminal.kept().map(({ epoch, seq }) => `${epoch} ${seq}`));
    }
    expect(kept.length).toBeGreaterThan(8);
    const { epochs } = await summary(config);
    const held = new Set(
      epochs.flatMap(({ epoch, lastSeq }) => Array.from({ length: lastSeq }, (_, index) => `${epoch} ${index + 1}`)),
    );
    expect(kept.filter((press) => !held.has(press))).toEqual([]);
  });

  it('says online, delivers, and says offline when it is told to stop', async () => {
    const broker = new TestBroker();
    await broker.start();
    const gateway = await connectAsync(broker.url, { reconnectPeriod: 0 });
    const heard: string[] = [];
    gateway.on('message', (topic, payload) => heard.push(`${topic.split('/').at(-1)} ${payload}`));
    await gateway.subscribeAsync('hymio/v1/kallio-1/#', { qos: 1 });
    const terminal = new TerminalProgram(bench, 'kallio-1', writeTerminalConfig(bench, 'kallio-1', broker.port));
    const { epoch } = await terminal.press(2);
    const look = async (): Promise<string[]> => heard;
    await until('a batch', look, (lines) => lines.some((line) => line.startsWith('presses ')));
    expect(heard[0]).toBe('availability online');
    const batch = JSON.parse((heard.find((line) => line.startsWith('presses ')) ?? '').slice(8));
    expect(batch).toMatchObject({ epoch, firstSeq: 1, oldestSeq: 1, presses: [{ rating: 2, clock: 'synced' }] });
    await terminal.child.kill('SIGTERM');
    await until('offline', look, (lines) => lines.includes('availability offline'));
    await gateway.endAsync(true);
    await broker.stop();
  });

  it('is ready within a second', async () => {
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    const startedAt = performance.now();
    const terminal = new TerminalProgram(bench, 'kallio-1', config);
    await terminal.child.line(ready);
    // The figure itself is a benchmark's; here only that nothing is waited for, on a machine that may be busy.
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeLessThan(await onThisMachine(5_000));
  });

  it('ends with a code where it fails once it is ready, and lets go of its journal', async () => {
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    // Loaded before the firmware: it cannot have the timer that keeps it alive.
    const failing = `const real = setInterval; globalThis.setInterval = (run, ms, ...more) => {
      if (ms === 2 ** 30) throw new Error('no timer to be had');
      return real(run, ms, ...more);
    };`;
    const program = ['--import', `data:text/javascript,${encodeURIComponent(failing)}`, TERMINAL_PROGRAM] as const;
    const child = bench.node('failing', ...program, 'run', '--config', config);
    await child.line(ready);
    expect(await child.exited).toMatchObject({ code: 1 });
    expect(child.lines.at(-1)).toMatch(/^hymio-terminal: .*no timer to be had.* \[internal\]$/);
    expect(await new TerminalProgram(bench, 'kallio-1', config).press(1)).toMatchObject({ seq: 1 });
  });

  it('refuses a data folder that it cannot use, with a code', async () => {
    writeFileSync(bench.path('blocked'), 'a file');
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER, { data: 'blocked/data' });
    const { code, text } = await ended('run', '--config', config);
    expect(code).toBe(1);
    expect(text).toContain('[journal-unwritable]');
  });

  it('refuses a data folder that another firmware uses', async () => {
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    const first = new TerminalProgram(bench, 'kallio-1', config);
    await first.child.line(ready);
    const { code, text } = await ended('run', '--config', config);
    expect(code).toBe(1);
    expect(text).toContain('[journal-in-use]');
    expect(await first.press(1)).toMatchObject({ seq: 1 });
  });

  it('goes on where its journal is destroyed while it runs', async () => {
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    const terminal = new TerminalProgram(bench, 'kallio-1', config);
    const before = await terminal.press(1);
    writeFileSync(bench.path('kallio-1-data', 'journal.sqlite'), '');
    const after = await terminal.press(2);
    expect(after).toMatchObject({ seq: 1 });
    expect(after.epoch).not.toBe(before.epoch);
    await terminal.child.line(/journal-damaged/);
    await terminal.stop('SIGKILL');
    expect((await summary(config)).epochs.map(({ epoch }) => epoch)).toContain(after.epoch);
  });
});

describe('hymio-terminal', () => {
  it('checks a configuration and says all that is wrong', async () => {
    const good = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    expect(await ended('check-config', '--config', good)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^ok:/),
    });
    const bad = bench.write('bad.yaml', { terminal: 'NO', colour: 'red' });
    const { code, text } = await ended('check-config', '--config', bad);
    expect(code).toBe(1);
    for (const word of ['terminal', 'colour', 'data', 'broker', 'panel', '[config-invalid]'])
      expect(text).toContain(word);
  });

  it.each([
    [['status', '--config', 'none.yaml'], '[config-unreadable]'],
    [['run'], '--config'],
    [['dance'], 'unknown command'],
  ])('fails with a word of help: %j', async (args, word) => {
    const { code, text } = await ended(...args);
    expect(code).toBe(1);
    expect(text).toContain(word);
  });

  it('shows the status beside a running firmware, and says so where there is no journal', async () => {
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    expect((await ended('status', '--config', config)).text).toContain('[journal-missing]');
    const terminal = new TerminalProgram(bench, 'kallio-1', config);
    await terminal.press(3);
    const { code, text } = await ended('status', '--config', config);
    expect(code).toBe(0);
    expect(text).toMatch(/pending +1 presses/);
    expect(await terminal.press(3)).toMatchObject({ seq: 2 });
  });

  it('names in the status what is wrong now, without a network too, and nothing of a firmware that is gone', async () => {
    const panel = { type: 'firmata', port: bench.path('no-panel'), pins: [2, 3, 4, 5] };
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER, { panel });
    const firmware = bench.node('kallio-1', TERMINAL_PROGRAM, 'run', '--config', config);
    await firmware.line(/"code":"panel-not-found"/);
    const { text } = await ended('status', '--config', config);
    expect(text).toMatch(/^firmware +runs$/m);
    expect(text).toMatch(/^fault +panel-not-found since 20\S+: .*no-panel: nothing is plugged in there/m);
    const { code } = await firmware.kill('SIGKILL');
    expect(code).toBeNull();
    const after = await ended('status', '--config', config);
    expect(after.text).toMatch(/^firmware +does not run$/m);
    expect(after.text).not.toContain('panel-not-found');
    const next = new TerminalProgram(bench, 'kallio-1', writeTerminalConfig(bench, 'kallio-1', NO_BROKER));
    await next.press(1);
    expect(await summary(config)).toMatchObject({ running: true });
    expect((await next.child.kill('SIGTERM')).code).toBe(0);
    expect(await summary(config)).toMatchObject({ running: false, faults: [] });
  });

  it('says its version and explains itself', async () => {
    expect(await ended('--version')).toMatchObject({ code: 0, text: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect((await ended('--help')).text).toContain('check-config');
  });

  it('leaves a journal of a newer firmware alone', async () => {
    const config = writeTerminalConfig(bench, 'kallio-1', NO_BROKER);
    const { default: Database } = await import('better-sqlite3');
    mkdirSync(bench.path('kallio-1-data'));
    const file = bench.path('kallio-1-data', 'journal.sqlite');
    const db = new Database(file);
    db.exec(
      "CREATE TABLE meta(key TEXT PRIMARY KEY,value TEXT NOT NULL)WITHOUT ROWID; INSERT INTO meta VALUES('schema','2')",
    );
    db.pragma('user_version = 2');
    db.pragma('journal_mode = WAL');
    db.close();
    const before = readFileSync(file);
    const { code, text } = await ended('run', '--config', config);
    expect(code).toBe(1);
    expect(text).toContain('[journal-newer-schema]');
    expect(readFileSync(file)).toEqual(before);
  });
});
