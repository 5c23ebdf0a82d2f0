import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SILENT_LOG, SupervisedPanel, SystemClock } from '@hymio/device';
import type { Bench, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median, percentile } from '../harness/percentile.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { terminalWith } from '../terminal/bench-terminal.js';
import { NoTransport } from '../terminal/stub-transports.js';
import type { BenchPanel } from './bench-panel.js';
import { GpioBenchPanel } from './gpio-bench-panel.js';
import { SerialBenchPanel } from './serial-bench-panel.js';

const WARM_UP = 5;
const PUSHES = 25;
const AT_MOST_MS = 10;
/** The firmware's greeting is over by then. */
const GREETING_MS = 1_000;
/** Between a light that went off and the next push. */
const PAUSE_MS = 100;

type PanelKind = (folder: string) => Promise<BenchPanel>;
const PANELS: Record<string, PanelKind> = { serial: SerialBenchPanel.start, gpio: GpioBenchPanel.start };

/** A press on a panel with hardware, from the push to the light at the panel, with the commit in between. */
export const panelLatency: Bench = {
  name: 'panel-latency',
  title: 'push at the panel → committed → light at the panel, through the drivers',
  obstacle: () => (spawnSync('socat', ['-V']).error !== undefined ? 'socat is not installed' : undefined),
  run: () =>
    inTemporaryFolder(async (folder): Promise<BenchResult> => {
      const figures: Figure[] = [];
      for (const [name, start] of Object.entries(PANELS)) {
        const times = await measure(join(folder, name), start);
        const bar = { of: 'value', atMost: AT_MOST_MS } as const;
        figures.push({ name: `${name}: push → light, median`, value: median(times), unit: 'ms', bar });
        figures.push({ name: `${name}: push → light, slowest`, value: Math.max(...times), unit: 'ms' });
        figures.push({ name: `${name}: push → light, p90`, value: percentile(times, 0.9), unit: 'ms' });
      }
      return { figures, notes: NOTES };
    }),
};

const NOTES = [
  `${PUSHES} pushes each after ${WARM_UP} to warm up; a press counts on the first edge, so no debounce is waited for`,
  'serial: line written into a pseudo-terminal → line read from it; at 115200 baud each way takes 2 to 4 ms more',
  'gpio: level told to the stand-in of gpiomon → line set by the stand-in of gpioset, a shell script, its start included',
];

async function measure(folder: string, start: PanelKind): Promise<number[]> {
  mkdirSync(folder);
  const panel = await start(folder);
  const { promise: ready, resolve, reject } = deferred();
  const supervised = new SupervisedPanel({
    makeDriver: () => panel.makeDriver(),
    clock: new SystemClock('system', 0),
    random: Math.random,
    log: SILENT_LOG,
    usage: { load: () => undefined, save: () => undefined },
    observer: { ready: () => resolve(), failed: (code, detail) => reject(new Error(`${code}: ${detail}`)) },
  });
  const terminal = terminalWith(join(folder, 'terminal'), new NoTransport(), supervised);
  terminal.start();
  try {
    await ready;
    await wait(GREETING_MS);
    const times: number[] = [];
    for (let count = 0; count < WARM_UP + PUSHES; count += 1) times.push(await pushOnce(panel));
    return times.slice(WARM_UP);
  } finally {
    await terminal.stop();
    await panel.stop();
  }
}

/** ms from the push to the light; returns when the light is off again. */
async function pushOnce(panel: BenchPanel): Promise<number> {
  const start = performance.now();
  let took = Number.NaN;
  await new Promise<void>((resolve) => {
    panel.onLight = (on) => {
      if (on) took = performance.now() - start;
      else resolve();
    };
    panel.push();
  });
  await wait(PAUSE_MS);
  return took;
}

function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, resolve: () => settle?.resolve(), reject: (error) => settle?.reject(error) };
}
