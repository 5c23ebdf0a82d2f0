import { randomUUID } from 'node:crypto';
import { type Log, NO_SUPERVISOR, SILENT_LOG, supervisorOf } from '@hymio/device';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenForNotifications, messagesOf, NOTIFY_PROGRAMS } from '../../support/notify-socket.js';
import { describeWith } from '../../support/requirements.js';
import { TestBench } from '../../support/test-bench.js';

let bench: TestBench;
const environment = { ...process.env };

beforeEach(() => {
  bench = new TestBench('notify');
});
afterEach(async () => {
  process.env = { ...environment };
  await bench.clear();
});

function remember(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const note = (event: string, fields?: Record<string, unknown>): void => {
    lines.push(`${event}: ${fields?.['error']}`);
  };
  return { log: { info: note, warn: note, error: note }, lines };
}

describe('who supervises', () => {
  const socket = '/run/systemd/notify';

  it('is nobody where no socket is named', () => {
    expect(supervisorOf({}, 7, SILENT_LOG)).toBe(NO_SUPERVISOR);
    expect(supervisorOf({ NOTIFY_SOCKET: '', WATCHDOG_USEC: '60000000' }, 7, SILENT_LOG)).toBe(NO_SUPERVISOR);
  });

  it.each([
    [{ WATCHDOG_USEC: '60000000' }, 20_000],
    [{ WATCHDOG_USEC: '60000000', WATCHDOG_PID: '7' }, 20_000],
    [{ WATCHDOG_USEC: '60000000', WATCHDOG_PID: '8' }, undefined],
    [{ WATCHDOG_USEC: '0' }, undefined],
    [{ WATCHDOG_USEC: 'often' }, undefined],
    [{}, undefined],
  ])('asks, by %j, to be fed every %s ms', (watchdog, feedEveryMs) => {
    expect(supervisorOf({ NOTIFY_SOCKET: socket, ...watchdog }, 7, SILENT_LOG).feedEveryMs).toBe(feedEveryMs);
  });
});

describeWith(NOTIFY_PROGRAMS, 'a notify socket', () => {
  it.each([
    ['in the file system', () => bench.path('notify')],
    ['with an abstract name', () => `@hymio-test-${randomUUID()}`],
  ])('%s hears every state in its order', async (_where, addressOf) => {
    const address = addressOf();
    const socket = await listenForNotifications(bench, address);
    process.env['NOTIFY_SOCKET'] = address;
    const { log, lines } = remember();
    const supervisor = supervisorOf({ ...process.env, WATCHDOG_USEC: '60000000' }, process.pid, log);
    supervisor.ready('Taking presses');
    supervisor.alive();
    supervisor.alive();
    supervisor.status('two\nlines\nREADY=0');
    await supervisor.stopping();
    await socket.line(/STOPPING=1/);
    expect(messagesOf(socket)).toEqual([
      'READY=1; STATUS=Taking presses',
      'WATCHDOG=1',
      'STATUS=two lines READY=0',
      'STOPPING=1; STATUS=Stopping',
    ]);
    expect(lines).toEqual([]);
  });
});

describeWith(['systemd-notify'], 'a notify socket on which nobody listens', () => {
  it('is told to the log once, and troubles nobody', async () => {
    process.env['NOTIFY_SOCKET'] = bench.path('nobody');
    const { log, lines } = remember();
    const supervisor = supervisorOf(process.env, process.pid, log);
    supervisor.ready('Taking presses');
    supervisor.alive();
    await supervisor.stopping();
    expect(lines).toEqual([expect.stringMatching(/^systemd not notified: .*No such file/)]);
  });
});

describe('a machine without systemd-notify', () => {
  it('is told to the log once, and troubles nobody', async () => {
    process.env['NOTIFY_SOCKET'] = bench.path('nobody');
    process.env['PATH'] = bench.folder;
    const { log, lines } = remember();
    const supervisor = supervisorOf(process.env, process.pid, log);
    supervisor.ready('Taking presses');
    await supervisor.stopping();
    expect(lines).toEqual([expect.stringMatching(/systemd-notify ENOENT/)]);
  });
});
