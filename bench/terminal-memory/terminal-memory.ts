import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openSqliteStore, type SqliteStore } from '@hymio/gateway';
import { startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { freePort } from '../harness/free-port.js';
import { cpuSecondsOf, memoryOf } from '../harness/process-usage.js';
import { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { BENCH_TERMINAL, writeTerminalConfig } from '../terminal/terminal-config.js';
import { fillJournal } from './fill-journal.js';

const PRESSES = 100_000;
/** Between presses: 100,000 of them are a busy place's half year. */
const EVERY_MS = 150_000;
const SETTLE_MS = 10_000;
const IDLE_MS = 20_000;
const POLL_MS = 20;
const DRAIN_TIMEOUT_MS = 60_000;

export const terminalMemory: Bench = {
  name: 'terminal-memory',
  title: `the terminal's process with ${PRESSES.toLocaleString('en')} pending presses: idle, then draining into a gateway`,
  run: (_options, say) => inTemporaryFolder((folder) => measure(folder, say)),
};

async function measure(folder: string, say: (line: string) => void): Promise<BenchResult> {
  say('filling the journal');
  const port = await freePort();
  const config = writeTerminalConfig(folder, port);
  await fillJournal(join(folder, 'data'), PRESSES, EVERY_MS);
  const terminal = Program.node('device/dist/cli/main.js', 'run', '--config', config);
  try {
    await terminal.line('ready for presses');
    say(`idle without a broker, ${(SETTLE_MS + IDLE_MS) / 1000} s`);
    await wait(SETTLE_MS);
    const offlineCpu = await cpuShare(terminal.pid);
    const idle = memoryOf(terminal.pid);
    const { program: gateway } = await startGateway(join(folder, 'gateway'), { listen: port });
    try {
      say('gateway started, waiting for the terminal to connect');
      const drainSeconds = await drain(terminal, join(folder, 'gateway', 'data'));
      const drained = memoryOf(terminal.pid);
      say(`drained; idle and connected, ${(SETTLE_MS + IDLE_MS) / 1000} s`);
      await wait(SETTLE_MS);
      const onlineCpu = await cpuShare(terminal.pid);
      return { figures: figuresOf({ idle, drained, drainSeconds, offlineCpu, onlineCpu }), notes: NOTES };
    } finally {
      await gateway.stop();
    }
  } finally {
    await terminal.stop();
  }
}

/** Share of one core that a process uses while nothing happens, per cent. */
async function cpuShare(pid: number): Promise<number> {
  const before = cpuSecondsOf(pid);
  const start = performance.now();
  await wait(IDLE_MS);
  return ((cpuSecondsOf(pid) - before) / ((performance.now() - start) / 1000)) * 100;
}

/** Seconds from the terminal's connection until the gateway has committed everything, as seen in its store. */
async function drain(terminal: Program, data: string): Promise<number> {
  const connected = await terminal.line('"connected"', DRAIN_TIMEOUT_MS);
  // Read beside the gateway: asking it would keep it from its work.
  const store = await openSqliteStore({ folder: data, access: 'read', reads: 'in-thread' });
  try {
    while (performance.now() < connected.at + DRAIN_TIMEOUT_MS) {
      if ((await committed(store)) >= PRESSES) return (performance.now() - connected.at) / 1000;
      await wait(POLL_MS);
    }
    throw new Error(`only ${await committed(store)} of ${PRESSES} presses arrived`);
  } finally {
    await store.close();
  }
}

async function committed(store: SqliteStore): Promise<number> {
  const detail = await store.terminal(BENCH_TERMINAL, Date.now());
  return detail?.epochs.reduce((sum, { mark }) => sum + mark, 0) ?? 0;
}

interface Measured {
  idle: { residentMb: number; peakMb: number };
  drained: { residentMb: number; peakMb: number };
  drainSeconds: number;
  offlineCpu: number;
  onlineCpu: number;
}

function figuresOf({ idle, drained, drainSeconds, offlineCpu, onlineCpu }: Measured): Figure[] {
  const atMost = (name: string, value: number, unit: string, limit: number): Figure => ({
    name,
    value,
    unit,
    bar: { of: 'value', atMost: limit },
  });
  return [
    atMost('resident, idle with all pending', idle.residentMb, 'MB', 80),
    atMost('resident, highest since the start, drained', drained.peakMb, 'MB', 110),
    { name: 'resident after the drain', value: drained.residentMb, unit: 'MB' },
    atMost('idle processor share, no broker', offlineCpu, '% of a core', 0.5),
    atMost('idle processor share, connected', onlineCpu, '% of a core', 0.5),
    atMost('connection → all presses in the store', drainSeconds, 's', 3),
  ];
}

const NOTES = [
  'MB are 10⁶ bytes; VmRSS and VmHWM of the one node process',
  'processor times have a resolution of 10 ms',
];
