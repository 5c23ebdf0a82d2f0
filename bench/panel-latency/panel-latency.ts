import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median, percentile } from '../harness/percentile.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import type { BenchPanel } from './bench-panel.js';
import { FirmataBenchPanel } from './firmata-bench-panel.js';
import { GpioBenchPanel } from './gpio-bench-panel.js';
import { BURST_PRESSES, recordedOfBurst } from './push-burst.js';
import { driverAlone, PUSHES, throughFirmware } from './push-times.js';
import { SerialBenchPanel } from './serial-bench-panel.js';

interface PanelKind {
  start: (folder: string) => Promise<BenchPanel>;
  /** Bars, ms. */
  median: number;
  p99?: number;
}
const PANELS: Record<string, PanelKind> = {
  firmata: { start: FirmataBenchPanel.start, median: 15, p99: 40 },
  gpio: { start: GpioBenchPanel.start, median: 10 },
  serial: { start: SerialBenchPanel.start, median: 10 },
};

/** A press on a panel with hardware, from the push to the light at the panel, with the commit in between. */
export const panelLatency: Bench = {
  name: 'panel-latency',
  title: 'push at the panel → committed → light command at the panel, through the drivers; 400 pushes in 10 s',
  obstacle: () => (spawnSync('socat', ['-V']).error !== undefined ? 'socat is not installed' : undefined),
  run: (_options, say) =>
    inTemporaryFolder(async (folder): Promise<BenchResult> => {
      const figures: Figure[] = [];
      for (const [name, kind] of Object.entries(PANELS)) {
        const place = join(folder, name);
        mkdirSync(place);
        say(`${name}: pushes`);
        figures.push(...(await latency(name, kind, place)));
        say(`${name}: ${BURST_PRESSES} pushes in 10 s`);
        figures.push(await burst(name, kind, place));
      }
      return { figures, notes: NOTES };
    }),
};

const NOTES = [
  `${PUSHES} pushes each; a press counts on the first edge, so no debounce is waited for`,
  'baseline: the same panel and driver in turn, lit at once on the edge, without debounce, commit, or firmware',
  "firmata: from the emulated pin's edge to the light's command read from the tty; the emulated board runs at half speed, in slices of 1 ms, on the same processor",
  "firmata, of it in the board: from the pin's edge to the report on the tty, all of it the emulator's and the sketch's time",
  'serial: line written into a pseudo-terminal → line read from it; at 115200 baud each way takes 2 to 4 ms more',
  'gpio: level told to the stand-in of gpiomon → line set by the stand-in of gpioset, a shell script, its start included',
];

async function latency(name: string, kind: PanelKind, folder: string): Promise<Figure[]> {
  const panel = await startIn(kind, join(folder, 'pushes'));
  try {
    const alone = await driverAlone(panel);
    const before = panel.ownMs?.length ?? 0;
    const ours = await throughFirmware(panel, join(folder, 'terminal'));
    const inBoard = panel.ownMs?.slice(before) ?? [];
    const compared = (what: string, of: (times: readonly number[]) => number, atMost?: number): Figure => ({
      name: `${name}: push → light, ${what}`,
      value: of(ours),
      unit: 'ms',
      baseline: { name: 'driver alone', value: of(alone) },
      ...(atMost === undefined ? {} : { bar: { of: 'value', atMost } }),
    });
    return [
      compared('median', median, kind.median),
      compared('p99', (times) => percentile(times, 0.99), kind.p99),
      ...(inBoard.length === 0
        ? []
        : [
            { name: `${name}: … of it in the board, median`, value: median(inBoard), unit: 'ms' },
            { name: `${name}: … of it in the board, p99`, value: percentile(inBoard, 0.99), unit: 'ms' },
          ]),
    ];
  } finally {
    await panel.stop();
  }
}

async function burst(name: string, kind: PanelKind, folder: string): Promise<Figure> {
  const panel = await startIn(kind, join(folder, 'burst'));
  try {
    return {
      name: `${name}: recorded of ${BURST_PRESSES}, 10 a second on each button`,
      value: await recordedOfBurst(panel, join(folder, 'burst-terminal')),
      unit: 'presses',
      bar: { of: 'value', atLeast: BURST_PRESSES, atMost: BURST_PRESSES },
    };
  } finally {
    await panel.stop();
  }
}

async function startIn({ start }: PanelKind, folder: string): Promise<BenchPanel> {
  mkdirSync(folder);
  return start(folder);
}
