import { mkdirSync, renameSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChildProgram } from '../support/child-program.js';
import { listenForNotifications, messagesOf, NOTIFY_PROGRAMS } from '../support/notify-socket.js';
import { describeWith } from '../support/requirements.js';
import { writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';

const WATCHDOG_SECONDS = 1.5;

let bench: TestBench;
let systemd: ChildProgram;

beforeEach(async () => {
  bench = new TestBench('supervised');
  systemd = await listenForNotifications(bench, bench.path('notify'));
});
afterEach(() => bench.clear());

/** Starts the firmware as systemd would: same environment, no shell between. */
async function startService(more: Record<string, unknown> = {}): Promise<ChildProgram> {
  const config = writeTerminalConfig(bench, 'kallio-1', await freePort(), more);
  const environment = [`NOTIFY_SOCKET=${bench.path('notify')}`, `WATCHDOG_USEC=${WATCHDOG_SECONDS * 1e6}`];
  return bench.spawn('kallio-1', 'env', [
    ...environment,
    process.execPath,
    TERMINAL_PROGRAM,
    'run',
    '--config',
    config,
  ]);
}

describeWith(NOTIFY_PROGRAMS, 'the firmware as a service', () => {
  it('says that it is up once it takes presses, feeds the watchdog, and says that it stops', async () => {
    const terminal = await startService();
    await systemd.line(/READY=1; STATUS=Taking presses/);
    const from = terminal.lines.length;
    terminal.write('3\n');
    await terminal.line(/^kept /, from);
    for (let fed = 0, at = 0; fed < 3; fed += 1) {
      await systemd.line(/WATCHDOG=1/, at);
      at = systemd.lines.findIndex((line, index) => index >= at && line.includes('WATCHDOG=1')) + 1;
    }
    const { code } = await terminal.kill('SIGTERM');
    expect(code).toBe(0);
    await systemd.line(/STOPPING=1/);
    expect(new Set(messagesOf(systemd))).toEqual(
      new Set(['READY=1; STATUS=Taking presses', 'WATCHDOG=1', 'STOPPING=1; STATUS=Stopping']),
    );
  });

  it('never says that it is up where the journal cannot be opened', async () => {
    const terminal = await startService({ data: bench.write('a-file', 'no folder') });
    expect((await terminal.exited).code).toBe(1);
    expect(messagesOf(systemd)).toEqual([]);
  });

  it('says so while its folder is away, and when it is back', async () => {
    await startService();
    await systemd.line(/READY=1/);
    renameSync(bench.path('kallio-1-data'), bench.path('away'));
    await systemd.line(/STATUS=Presses are not kept: journal-unwritable/);
    const from = systemd.lines.length;
    mkdirSync(bench.path('kallio-1-data'));
    await systemd.line(/STATUS=Taking presses/, from);
  });
});
