import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Bench, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median, percentile } from '../harness/percentile.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { BareFile, layoutOf } from '../terminal/bare-file.js';
import { benchTerminal } from '../terminal/bench-terminal.js';
import { NoTransport } from '../terminal/stub-transports.js';
import { startTimes } from './start-times.js';

/** Until both write-ahead logs have reached their full size and are written over. */
const WARM_UP = 1_500;
const PRESSES = 4_000;

export const pressLatency: Bench = {
  name: 'press-latency',
  title: 'press → kept through the firmware, in turn with a bare insert-and-commit of the same row',
  run: () =>
    inTemporaryFolder(async (folder): Promise<BenchResult> => {
      const { ours, bare } = await measure(folder);
      const start = await startTimes(join(folder, 'start'));
      const figures: Figure[] = [
        compare('press → kept, median', median(ours), median(bare), 1.3),
        compare('press → kept, p99', percentile(ours, 0.99), percentile(bare, 0.99), 3),
        { name: 'process start → ready, median', value: median(start), unit: 's', bar: { of: 'value', atMost: 1 } },
        {
          name: 'process start → ready, slowest',
          value: Math.max(...start),
          unit: 's',
          bar: { of: 'value', atMost: 1 },
        },
      ];
      return { figures, notes: [`${PRESSES} presses each after ${WARM_UP} to warm up; ${start.length} starts`] };
    }),
};

function compare(name: string, value: number, base: number, atMost: number): Figure {
  return { name, value, unit: 'ms', baseline: { name: 'bare', value: base }, bar: { of: 'ratio', atMost } };
}

async function measure(folder: string): Promise<{ ours: number[]; bare: number[] }> {
  const { terminal, panel, file } = benchTerminal(join(folder, 'terminal'), new NoTransport());
  terminal.start();
  press();
  const bareFile = new BareFile(join(folder, 'bare.sqlite'), layoutOf(file));
  const ours: number[] = [];
  const bare: number[] = [];
  for (let count = 0; count < WARM_UP + PRESSES; count += 1) {
    // In turn, and who goes first changes: what one leaves behind for the other is shared evenly.
    const sides = [() => ours.push(timed(press)), () => bare.push(timed(() => bareFile.insertAndCommit()))];
    for (const side of count % 2 === 0 ? sides : sides.reverse()) {
      side();
      await turn();
    }
  }
  bareFile.close();
  await terminal.stop();
  return { ours: ours.slice(WARM_UP), bare: bare.slice(WARM_UP) };

  function press(): void {
    const outcome = panel.press(2);
    if (!outcome.kept) throw new Error(`press not kept: ${outcome.code}`);
  }
}

/** Duration, ms. */
function timed(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}
