import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bench, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { freePort } from '../harness/free-port.js';
import { memoryOf } from '../harness/process-usage.js';
import { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { FirmataBenchPanel } from '../panel-latency/firmata-bench-panel.js';
import { SerialBenchPanel } from '../panel-latency/serial-bench-panel.js';
import { writeTerminalConfig } from '../terminal/terminal-config.js';

const PRESSES = 200;
const EVERY_MS = 50;
const SETTLE_MS = 10_000;
const AT_MOST_MB = 90;

interface Memory {
  residentMb: number;
  peakMb: number;
}

/** The terminal's process with a panel that needs johnny-five, beside one that needs nothing. */
export const panelMemory: Bench = {
  name: 'panel-memory',
  title: `the terminal's process after ${PRESSES} presses: with johnny-five, with serialport alone, with neither`,
  obstacle: () => (spawnSync('socat', ['-V']).error !== undefined ? 'socat is not installed' : undefined),
  run: (_options, say) => inTemporaryFolder((folder) => measure(folder, say)),
};

async function measure(folder: string, say: (line: string) => void): Promise<BenchResult> {
  say('stdin');
  const bare = await onStdin(join(folder, 'stdin'));
  say('serial');
  const serial = await onSerial(join(folder, 'serial'));
  say('firmata');
  const firmata = await onFirmata(join(folder, 'firmata'));
  const figure = (name: string, of: (memory: Memory) => number, memory: Memory, barred: boolean): Figure => ({
    name,
    value: of(memory),
    unit: 'MB',
    baseline: { name: 'stdin', value: of(bare) },
    ...(barred ? { bar: { of: 'value', atMost: AT_MOST_MB } } : {}),
  });
  return {
    figures: [
      figure('firmata (johnny-five): resident', ({ residentMb }) => residentMb, firmata, true),
      figure('firmata (johnny-five): highest since the start', ({ peakMb }) => peakMb, firmata, false),
      figure('serial: resident', ({ residentMb }) => residentMb, serial, false),
      figure('serial: highest since the start', ({ peakMb }) => peakMb, serial, false),
    ],
    notes: [
      'MB are 10⁶ bytes; VmRSS and VmHWM of the one node process, ten seconds after the last press, without a broker',
      `${PRESSES} presses, ${1_000 / EVERY_MS} a second`,
    ],
  };
}

async function onStdin(folder: string): Promise<Memory> {
  return inTerminal(folder, '{ type: stdin }', 'ready for presses', (button, terminal) =>
    terminal.tell(String(button)),
  );
}

async function onSerial(folder: string): Promise<Memory> {
  mkdirSync(folder);
  const panel = await SerialBenchPanel.start(folder);
  try {
    const config = `{ type: serial, port: ${panel.path} }`;
    return await inTerminal(folder, config, 'panel ready', (button) => panel.push(button));
  } finally {
    await panel.stop();
  }
}

async function onFirmata(folder: string): Promise<Memory> {
  mkdirSync(folder);
  const panel = await FirmataBenchPanel.start(folder);
  try {
    return await inTerminal(folder, panel.config, 'panel ready', (button) => panel.push(button));
  } finally {
    await panel.stop();
  }
}

type Push = (button: 0 | 1 | 2 | 3, terminal: Program) => void;

async function inTerminal(folder: string, panel: string, ready: string, push: Push): Promise<Memory> {
  const config = writeTerminalConfig(folder, await freePort(), panel);
  const terminal = Program.node('device/dist/cli/main.js', 'run', '--config', config);
  try {
    await terminal.line(ready);
    for (let count = 0; count < PRESSES; count += 1) {
      push((count % 4) as 0 | 1 | 2 | 3, terminal);
      await wait(EVERY_MS);
    }
    await wait(SETTLE_MS);
    return memoryOf(terminal.pid);
  } finally {
    await terminal.stop();
  }
}
